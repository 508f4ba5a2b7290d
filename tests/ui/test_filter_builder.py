"""Building a filter by keys and by mouse, in the tree and in the editor of a node."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input, Static

from peekui.api.models import Asset
from peekui.browse.filter_draft import NOTHING, NodeNote
from peekui.filters.comparing import Verdict
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import Condition, Operator
from peekui.filters.wire import from_json
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.filter import FilterScreen
from peekui.ui.widgets.key_bar import KeyBar
from peekui.ui.widgets.value_chips import ValueChips

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from typing import TypeAlias

    from peekui.filters.nodes import Group, Value
    from peekui.filters.paths import Path
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

EXAMPLE = {
    "case_sensitive": True,
    "AND": [
        {"key": "metadata.author", "operator": "eq", "value": "John"},
        {"key": "metadata.age", "operator": "gte", "value": 30},
    ],
    "OR": [
        {"key": "status", "operator": "eq", "value": "DONE"},
        {"AND": [{"key": "entities[].node", "operator": "in", "value": ["n1", "n2"]}]},
    ],
    "NOR": [
        {"key": "error", "operator": "exists", "value": True},
        {"key": "metadata.title", "operator": "text", "value": "draft"},
    ],
}
"""The reference's example of one object with all three lists (mixpeek-api.md, section 6)."""

FILTER = "status = FAILED and modality in (video, image) and none(error exists, metadata.title ~ draft)"


class Building(NamedTuple):
    """A builder on show.

    Attributes:
        driver: Of the app.
        screen: The builder.
        applied: Filters that were applied.
    """

    driver: Driver
    screen: FilterScreen
    applied: list[Group | None]

    @property
    def text(self) -> str:
        """The filter as it is now."""
        return to_expression(self.screen.draft.tree)

    async def press(self, *keys: str) -> None:
        """Press keys; what names no key is typed, as fast as it can be."""
        for key in keys:
            if key in _NAMED:
                await self.driver.pilot.press(key)
            for letter in "" if key in _NAMED else key:
                name = letter if letter.isalnum() else _character_to_key(letter)
                self.driver.app.post_message(events.Key(name, letter))
            await self.driver.pilot.pause()

    async def begin(self, text: str) -> None:
        """Take a filter, and go to its outermost group."""
        self.screen.draft.replace(parse(text))
        self.screen.draft.select(())
        self.screen.set_focus(self.screen.tree_rows)
        await self.driver.pilot.pause()


if TYPE_CHECKING:
    Open: TypeAlias = Callable[..., AbstractAsyncContextManager[Building]]

_NAMED = {
    "enter", "tab", "shift+tab", "escape", "up", "down", "left", "right", "space", "delete", "backspace", "ctrl+s",
    "ctrl+r", "shift+down", "shift+up", "end", "home", "pagedown",
}  # fmt: skip


@pytest.fixture
def building(driving: Driving, demo: Service) -> Open:
    """Open the builder over the demo's rows, with the focus in the tree."""

    @asynccontextmanager
    async def build(
        text: str = "", *, size: tuple[int, int] = (120, 40), path: Path = (), more: tuple[Asset, ...] = ()
    ) -> AsyncIterator[Building]:
        async with driving(demo, size=size) as driver:
            place = driver.browse.place
            applied: list[Group | None] = []
            query = place.query()
            assert query
            query = replace(query, filter=parse(text) if text else None)
            rows = (*more, *driver.browse.panes.rows.window.held())
            screen = FilterScreen(driver.session, place.namespace, query, rows, applied.append, path=path)
            await driver.app.push_screen(screen)
            await driver.pilot.pause()
            yield Building(driver, screen, applied)

    return build


def asked(here: Building) -> bool:
    return isinstance(here.driver.app.screen, AskingScreen)


def lines_of(here: Building, widget: object) -> list[str]:
    region = here.screen.tree_rows.region if widget is here.screen.tree_rows else here.screen.editor.region
    return [line[region.x : region.right].rstrip() for line in here.driver.text().splitlines()][
        region.y : region.bottom
    ]


def tree_lines(here: Building) -> list[str]:
    return [line.strip() for line in lines_of(here, here.screen.tree_rows) if line.strip()]


def said(here: Building, line: Input) -> str:
    """What stands under a line of the editor."""
    assert line.parent
    return str(line.parent.query_one(".editor-note", Static).visual)


# -- from nothing -------------------------------------------------------------------------------------------------


async def test_the_reference_example_is_built_by_keys_alone(building: Open) -> None:
    async with building() as here:
        await here.press("C")
        await here.press("i", "metadata.author", "enter", "enter", "John", "enter")
        await here.press("i", "metadata.age", "enter", ">=", "enter", "30", "enter")
        await here.press("i", "stat", "tab", "tab", "DONE", "enter", "o")
        await here.press("i", "entities[].node", "enter", "one of", "enter", "n1", "enter", "n2", "enter", "enter", "a")
        await here.press("g", "i", "error", "enter", "exists", "enter", "enter", "n")
        await here.press("i", "metadata.title", "enter", "words", "enter", "draft", "enter")
        assert here.screen.draft.tree == from_json(EXAMPLE)
        await here.press("A")
        assert here.applied == [from_json(EXAMPLE)]
        assert here.driver.app.screen is here.driver.browse


async def test_an_empty_filter_is_applied_as_none(building: Open) -> None:
    async with building("status = DONE") as here:
        await here.press("j", "d", "A")
        assert here.applied == [None]


async def test_what_is_still_being_typed_is_applied(building: Open) -> None:
    async with building() as here:
        await here.press("i", "status", "enter", "enter", "DONE", "ctrl+s")
        assert here.applied == [parse("status = DONE")]


async def test_what_is_missing_is_said_before_it_is_applied(building: Open) -> None:
    async with building("status = DONE") as here:
        await here.press("i", "modality", "enter", "ctrl+s")
        assert here.applied == []
        assert "expected a value" in said(here, here.screen.editor.condition.value)
        await here.press("escape", "j", "enter", "2024-99-01", "ctrl+s")
        assert here.applied == []
        assert "no such date" in said(here, here.screen.editor.condition.value)
        await here.press("escape", "i", "ctrl+s")
        assert here.applied == [parse("status = DONE")]  # nothing was said of the new one


# -- leaving ------------------------------------------------------------------------------------------------------


async def test_without_a_change_it_is_left_at_once(building: Open) -> None:
    async with building(FILTER) as here:
        await here.press("enter", "escape", "x", "u", "escape")
        assert here.driver.app.screen is here.driver.browse
        assert here.applied == []


@pytest.mark.parametrize(
    ("answer", "applied", "open_"), [("apply", 1, False), ("go on", 0, True), ("leave", 0, False), ("escape", 0, True)]
)
async def test_a_change_is_asked_about(building: Open, answer: str, applied: int, open_: bool) -> None:
    async with building(FILTER) as here:
        await here.press("j", "x", "escape")
        assert asked(here)
        await here.press(*([answer] if answer == "escape" else [answer, "enter"]))
        assert len(here.applied) == applied
        assert (here.driver.app.screen is here.screen) is open_
        if open_:
            assert here.text.startswith("muted(status = FAILED)")


# -- the tree -----------------------------------------------------------------------------------------------------


REST = "modality in (video, image) and none(error exists, metadata.title ~ draft)"
EDITS = [
    ("o", "status = FAILED or modality in (video, image) or none(error exists, metadata.title ~ draft)"),
    ("n", "none(status = FAILED, modality in (video, image), none(error exists, metadata.title ~ draft))"),
    ("jo", f"any(status = FAILED) and {REST}"),
    ("jjja", "status = FAILED and modality in (video, image) and (error exists and metadata.title ~ draft)"),
    ("jw", f"all(status = FAILED) and {REST}"),
    ("jjjW", "status = FAILED and modality in (video, image) and error exists and metadata.title ~ draft"),
    ("j!", f"status != FAILED and {REST}"),
    ("jx", f"muted(status = FAILED) and {REST}"),
    ("jd", REST),
    ("jD", f"status = FAILED and status = FAILED and {REST}"),
    ("jJ", "modality in (video, image) and status = FAILED and none(error exists, metadata.title ~ draft)"),
    ("jjJ", "status = FAILED and none(modality in (video, image), error exists, metadata.title ~ draft)"),
    ("jjjjK", "status = FAILED and modality in (video, image) and error exists and none(metadata.title ~ draft)"),
    ("C", f"case(status = FAILED and {REST})"),
    ("CC", f"nocase(status = FAILED and {REST})"),
    ("CCC", FILTER),
    ("ja=", FILTER),
    ("jxu", FILTER),
    ("jxuU", f"muted(status = FAILED) and {REST}"),
]


async def test_each_key_edits_the_node_in_hand(building: Open) -> None:
    async with building() as here:
        for keys, after in EDITS:
            await here.begin(FILTER)
            await here.press(keys)
            assert here.text == to_expression(parse(after)), keys
            assert here.screen.tree_rows.has_focus


@pytest.mark.parametrize("keys", ["d", "D", "J", "K", "f", "jK", "jJ", "W", "u", "U"])
async def test_what_cannot_be_done_says_why(building: Open, keys: str) -> None:
    async with building("status = FAILED") as here:
        await here.press(keys)
        assert here.text == "status = FAILED"
        reasons = ("Cannot", "Not done", "nothing to")
        await here.driver.until(lambda: any(reason in here.driver.text() for reason in reasons))


async def test_the_tree_is_drawn_with_lines_kinds_and_marks(building: Open) -> None:
    async with building("case(status = failed and muted(any(a = 1, b = 2)) and none())") as here:
        assert tree_lines(here) == [
            "all of · exact case",
            "├─ status = failed ⚠",
            "├─ muted any of",
            "│  ├─ a = 1",
            "│  └─ b = 2",
            "└─ none of · nothing yet ⚠",
        ]
        struck = here.screen.tree_rows.render_line(3)
        assert [bool(segment.style and segment.style.strike) for segment in struck if segment.text.strip()][1:] == (
            [True] * 2
        )
        assert "⚠ 2" in here.driver.text()


async def test_notes_verdicts_and_the_total_stand_beside_the_nodes(building: Open) -> None:
    async with building(FILTER) as here:
        draft = here.screen.draft
        await here.driver.until(lambda: draft.total is not None)  # the service's own comes first
        draft.note({(0,): NodeNote("alone 7", Verdict.TRUE), (1,): NodeNote("b", Verdict.FALSE), (2, 0): NodeNote("c")})
        draft.count(1204)
        await here.driver.pilot.pause()
        rows = tree_lines(here)
        assert rows[1].startswith("✓ ├─ status = FAILED")
        assert rows[1].endswith("alone 7")
        assert rows[2].startswith("✗ ├─")
        assert rows[4].startswith("├─ error exists")
        assert "1,204 match" in here.driver.text()


async def test_the_footer_says_what_can_be_done_here(building: Open) -> None:
    async with building("status = failed") as here:
        await here.press("j")
        hints = [command.id for command in here.screen.query_one(KeyBar).hints]
        assert len(hints) <= 7
        assert hints[:2] == ["filter.apply", "filter.fix"]
        await here.press("f")
        assert "filter.fix" not in [command.id for command in here.screen.query_one(KeyBar).hints]


async def test_a_problem_is_mended_by_one_key(building: Open) -> None:
    async with building("status = failed") as here:
        await here.press("j", "f")
        assert here.text == "status = FAILED"


async def test_of_several_problems_one_is_chosen(building: Open) -> None:
    async with building("status = failed and status = failed") as here:
        await here.press("G")
        assert len([one for one in here.screen.draft.problems if one.path == (1,)]) == 2
        await here.press("f")
        assert asked(here)
        await here.press("remove", "enter")
        assert here.text == to_expression(parse("status = failed"))


async def test_a_problem_is_mended_by_a_click(building: Open) -> None:
    async with building("status = failed") as here:
        await here.press("j")
        await here.driver.pilot.click("#node-problems")
        await here.driver.until(lambda: here.text == "status = FAILED")


async def test_the_expression_is_copied(building: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    async def keep(_: FilterScreen, __: str, text: str) -> None:
        copied.append(text)

    monkeypatch.setattr(FilterScreen, "copy_text", keep)
    async with building(FILTER) as here:
        await here.press("y")
        assert copied == [FILTER.replace("draft", '"draft"')]


# -- the mouse ----------------------------------------------------------------------------------------------------


async def drag(here: Building, source: int, target: int) -> None:
    tree = here.screen.tree_rows
    await here.driver.pilot.mouse_down(tree, offset=(12, source))
    step = 1 if target > source else -1
    for row in range(source, target + step, step):
        await here.driver.pilot.hover(tree, offset=(12, row))


IMAGES, NONE = "modality in (video, image)", "none(error exists, metadata.title ~ draft)"
DRAGS = [
    (1, 3, "into this", f"{IMAGES} and none(status = FAILED, error exists, metadata.title ~ draft)"),
    (1, 4, "after this", f"{IMAGES} and none(error exists, status = FAILED, metadata.title ~ draft)"),
    (5, 1, "before this", f"metadata.title ~ draft and status = FAILED and {IMAGES} and none(error exists)"),
    (3, 1, "before this", f"{NONE} and status = FAILED and {IMAGES}"),
    (4, 5, "after this", f"status = FAILED and {IMAGES} and none(metadata.title ~ draft, error exists)"),
    (3, 4, "", FILTER),
    (0, 3, "", FILTER),
]


async def test_nodes_are_dragged_to_other_places(building: Open) -> None:
    async with building() as here:
        for source, target, words, after in DRAGS:
            await here.begin(FILTER)
            await drag(here, source, target)
            assert words in tree_lines(here)[target]
            await here.driver.pilot.mouse_up(here.screen.tree_rows, offset=(12, target))
            await here.driver.pilot.pause()
            assert here.text == to_expression(parse(after))
            assert "this" not in "".join(tree_lines(here))


async def test_a_drag_is_undone_in_one_step(building: Open) -> None:
    async with building(FILTER) as here:
        await drag(here, 1, 4)
        await here.driver.pilot.mouse_up(here.screen.tree_rows, offset=(12, 4))
        assert here.screen.draft.path == (1, 1)
        assert here.screen.draft.undo()
        assert here.text == to_expression(parse(FILTER))
        assert not here.screen.draft.undo()


async def test_a_node_that_goes_while_it_is_dragged_is_let_go(building: Open) -> None:
    async with building(FILTER) as here:
        await here.press("jjj")
        await drag(here, 5, 1)
        await here.press("d")
        await here.driver.pilot.mouse_up(here.screen.tree_rows, offset=(12, 1))
        await here.driver.pilot.pause()
        assert here.text == to_expression(parse("status = FAILED and modality in (video, image)"))
        assert here.screen.tree_rows.over is None


async def test_a_click_selects_and_a_double_click_edits(building: Open) -> None:
    async with building(FILTER) as here:
        await here.driver.pilot.click(here.screen.tree_rows, offset=(12, 4))
        assert list(here.screen.draft.path) == [2, 0]
        await here.driver.pilot.click(here.screen.tree_rows, offset=(12, 2), times=2)
        assert list(here.screen.draft.path) == [1]
        assert here.screen.editor.has_focus_within


async def test_a_drag_beyond_the_edge_scrolls(building: Open) -> None:
    many = " and ".join(f"f{number} = {number}" for number in range(60))
    async with building(many) as here:
        tree = here.screen.tree_rows
        await here.driver.pilot.mouse_down(tree, offset=(12, 1))
        for _ in range(4):
            await here.driver.pilot.hover(tree, offset=(12, tree.size.height + 1))
        assert tree.scroll_offset.y >= 3


# -- the editor ---------------------------------------------------------------------------------------------------


VALUES: list[tuple[str, Value]] = [
    ("30", 30),
    ('"30"', "30"),
    ("10MB", 10_000_000),
    ("true", True),
    ("null", None),
    ("a[/]b", "a[/]b"),
    ("two words", "two words"),
]


async def test_values_are_typed_as_in_the_expression(building: Open) -> None:
    async with building() as here:
        for typed, value in VALUES:
            await here.begin("")
            await here.press("i", "anything", "enter", "enter", typed, "enter")
            assert here.screen.draft.tree.children == (Condition("anything", Operator.EQ, value),)
            assert here.screen.tree_rows.has_focus


async def test_a_relative_time_is_for_dates(building: Open) -> None:
    async with building() as here:
        await here.press("i", "created_at", "enter", "enter", "-7d", "enter")
        assert here.screen.draft.tree.children == (Condition("created_at", Operator.GT, RelativeTime(-7, "d")),)
        await here.press("enter", "shift+tab", "=", "enter")
        assert here.text == "created_at > -7d"  # the new way to compare waits for a value that it can have
        await here.press("-7d", "enter")
        assert "relative time" in said(here, here.screen.editor.condition.value)
        assert here.text == "created_at > -7d"
        await here.press("escape")
        assert here.screen.editor.condition.operator.value == "is after"


async def test_bad_input_leaves_the_filter_as_it_was(building: Open) -> None:
    async with building("created_at > -7d") as here:
        await here.press("j", "enter", "2024-13-01", "enter")
        assert here.screen.editor.condition.value.has_focus
        assert said(here, here.screen.editor.condition.value).startswith("✗ there is no such date")
        assert here.text == "created_at > -7d"
        await here.press("shift+tab", "soundslike", "enter")
        assert "no such comparison" in said(here, here.screen.editor.condition.operator)
        await here.press("escape")
        assert here.screen.tree_rows.has_focus
        assert here.text == "created_at > -7d"


async def test_fields_are_completed_and_offered_with_what_is_known(building: Open) -> None:
    async with building() as here:
        await here.press("i")
        editor = here.screen.editor.condition
        assert editor.field.has_focus
        await here.press("heigh")
        assert [offer.text for offer in editor.offers.offers] == ["metadata.height"]
        await here.press("tab")
        assert editor.field.value == "metadata.height"
        assert "indexed" in said(here, editor.field)
        assert " %" in said(here, editor.field)
        assert editor.operator.has_focus


async def test_a_field_nobody_knows_is_taken_and_said_to_be_unknown(building: Open) -> None:
    async with building() as here:
        await here.press("i", "nobody.knows", "enter")
        assert "no index and no loaded row" in said(here, here.screen.editor.condition.field)
        await here.press("enter", "x", "enter")
        assert here.text == "nobody.knows = x"
        assert "⚠" in tree_lines(here)[1]


async def test_only_operators_that_fit_the_type_are_offered(building: Open) -> None:
    async with building("file_data.file_size_bytes > 1") as here:
        await here.press("j", "enter", "shift+tab")
        offered = [offer.text for offer in here.screen.editor.condition.offers.offers]
        assert "is at least" in offered
        assert "has the words" not in offered


async def test_values_seen_are_picked_with_the_arrows(building: Open) -> None:
    async with building("status = FAILED") as here:
        await here.press("j", "enter")
        offers = here.screen.editor.condition.offers
        assert [offer.text for offer in offers.offers] == ["DONE", "FAILED"]
        assert offers.chosen
        assert offers.chosen.text == "FAILED"
        await here.press("up", "enter")
        assert here.text == "status = DONE"


async def test_a_value_seen_is_picked_by_a_click(building: Open) -> None:
    async with building("status = FAILED") as here:
        await here.press("j", "enter")
        await here.driver.pilot.click(here.screen.editor.condition.offers, offset=(4, 0))
        await here.driver.until(lambda: here.text == "status = DONE")


async def test_tab_goes_on_and_changes_nothing(building: Open) -> None:
    async with building(FILTER) as here:
        await here.press("j", "enter", "shift+tab", "shift+tab", "tab", "tab", "tab", "tab")
        assert here.text == to_expression(parse(FILTER))


async def test_a_list_is_filled_and_emptied_by_keys(building: Open) -> None:
    async with building("modality in (video, image)") as here:
        await here.press("j", "enter", "audio", "enter", "enter")
        assert here.text == "modality in (video, image, audio)"
        await here.press("enter", "shift+tab", "right", "delete")
        assert here.text == "modality in (video, audio)"
        await here.press("escape", "enter")
        offers = here.screen.editor.condition.offers
        assert {offer.text for offer in offers.offers if offer.taken} == {"video", "audio"}
        await here.press("audio", "down", "enter", "enter")
        assert here.text == "modality in (video)"


async def test_a_list_is_filled_and_emptied_by_mouse(building: Open) -> None:
    async with building("modality in (video, image)") as here:
        await here.press("j", "enter")
        await here.driver.pilot.click(ValueChips, offset=(7, 0))
        await here.driver.until(lambda: here.text == "modality in (image)")
        editor = here.screen.editor.condition
        await here.driver.pilot.click(editor.value)
        offered = [offer.text for offer in editor.offers.offers]
        await here.driver.pilot.click(editor.offers, offset=(4, offered.index("audio")))
        await here.driver.until(lambda: here.text == "modality in (image, audio)")


async def test_a_list_of_many_shows_those_around_the_cursor(building: Open) -> None:
    values = ", ".join(f"v{number}" for number in range(1000))
    async with building(f"modality in ({values})") as here:
        await here.press("j", "enter", "shift+tab")
        assert here.screen.editor.condition.chips.size.height == 3
        assert "v0 ×" in here.driver.text()
        await here.press(*["right"] * 20, "delete")
        assert "v20," not in here.text
        assert "v21 ×" in here.driver.text()


async def test_what_exists_is_said_with_yes_or_no(building: Open) -> None:
    async with building() as here:
        await here.press("i", "error", "enter", "exists", "enter")
        assert here.text == "error exists"
        assert here.screen.editor.condition.options.has_focus
        await here.press("down", "enter")
        assert here.text == "error missing"
        await here.press("enter", "shift+tab", "null", "enter", "up", "space")
        assert here.text == "error is null"


async def test_a_boolean_is_chosen(building: Open) -> None:
    async with building(more=(Asset(metadata={"flag": True}),)) as here:
        await here.press("i", "metadata.flag", "enter", "enter")
        options = here.screen.editor.condition.options
        assert options.has_focus
        assert [(option.text, option.note) for option in options.options] == [("true", "1"), ("false", "")]
        assert options.chosen is None
        await here.press("enter")
        assert here.text == "metadata.flag = true"
        await here.press("enter", "down", "space")
        assert here.text == "metadata.flag = false"


async def test_a_group_is_edited_beside_the_tree(building: Open) -> None:
    async with building("status = DONE and modality = image") as here:
        await here.press("enter", "down", "enter")
        assert here.text == "status = DONE or modality = image"
        await here.press("enter", "tab", "down", "enter")
        assert here.text == "case(status = DONE or modality = image)"
        await here.driver.pilot.click(here.screen.editor.group.kind, offset=(5, 2))
        await here.driver.until(lambda: here.text == "case(none(status = DONE, modality = image))")


async def test_what_was_typed_is_taken_when_the_line_is_left_by_mouse(building: Open) -> None:
    async with building("status = DONE") as here:
        await here.press("j", "enter", "FAILED")
        await here.driver.pilot.click(here.screen.tree_rows, offset=(3, 0))
        await here.driver.until(lambda: here.text == "status = FAILED")


async def test_a_new_condition_is_given_up_with_escape(building: Open) -> None:
    async with building("status = DONE") as here:
        await here.press("j", "i", "moda")
        assert tree_lines(here)[-1] == "└─ … a new condition"
        await here.press("escape")
        assert tree_lines(here)[-1] == "└─ status = DONE"
        assert here.screen.draft.path == (0,)


async def test_what_becomes_known_meanwhile_leaves_what_is_typed(building: Open) -> None:
    async with building("status = DONE") as here:
        await here.press("j", "enter", "FAI")
        here.screen.draft.count(7)
        here.screen.draft.note({(): NodeNote("x")})
        await here.press("LED", "enter")
        assert here.text == "status = FAILED"


# -- sizes, and what comes from others ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15)])
async def test_it_is_usable_at_every_size(building: Open, size: tuple[int, int]) -> None:
    async with building(size=size) as here:
        await here.press("i", "status", "enter", "enter", "DONE", "enter")
        assert here.text == "status = DONE"
        await here.press("2")
        assert here.screen.editor.has_focus_within
        assert here.screen.editor.region.area
        await here.press("escape", "3")
        assert here.screen.panels.has_focus_within
        assert here.screen.panels.region.area
        await here.press("escape", "escape")
        assert here.screen.tree_rows.has_focus or asked(here)
        assert here.screen.tree_rows.region.area


async def test_it_begins_at_the_node_that_is_to_be_edited(building: Open) -> None:
    async with building(FILTER, path=(2, 1)) as here:
        assert here.screen.editor.condition.field.value == "metadata.title"
        assert here.screen.editor.has_focus_within


HOSTILE = ["a[/]b", "[bold]x[/bold]", "\x1b[31mred\x9b", "\u202eexe.jpg", "x" * 3000, "a\nb"]


async def test_hostile_text_is_shown_and_kept(building: Open) -> None:
    async with building() as here:
        for text in HOSTILE:
            tree = replace(NOTHING, children=(Condition(text, value=text), Condition("k", Operator.IN, [text])))
            await here.begin(to_expression(tree))
            assert here.screen.draft.tree == tree
            await here.press("j", "enter", "shift+tab", "shift+tab", "escape", "j", "enter", "tab", "escape")
            assert here.screen.draft.tree == tree
            shown = here.driver.text()
            assert not {"\x1b", "\x9b", "\u202e"} & {*shown}


async def test_hostile_text_that_is_typed_is_kept(building: Open) -> None:
    async with building() as here:
        await here.press("i", "a[/]b", "enter", "enter", "[red]x[/]", "enter")
        assert here.screen.draft.tree.children == (Condition("a[/]b", value="[red]x[/]"),)
        assert "[red]x[/]" in here.driver.text()
