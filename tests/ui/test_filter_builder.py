"""Building a filter by keys: the tree, and ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from peekui.browse.filter_draft import NOTHING, NodeNote
from peekui.filters.comparing import Verdict
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.nodes import Condition, Operator
from peekui.filters.wire import from_json
from peekui.ui.screens.filter import FilterScreen
from peekui.ui.widgets.key_bar import KeyBar
from tests.filters.trees import ALL_THREE_LISTS
from tests.ui.building import FILTER, asked, said, tree_lines

if TYPE_CHECKING:
    from tests.ui.building import Open


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
        assert here.screen.draft.tree == from_json(ALL_THREE_LISTS)
        await here.press("A")
        assert here.applied == [from_json(ALL_THREE_LISTS)]
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
