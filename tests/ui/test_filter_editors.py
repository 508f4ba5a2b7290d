"""The editor of a node of a filter, by keys and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.api.models import Asset
from peekui.browse.filter_draft import NodeNote
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import Condition, Operator
from peekui.ui.widgets.value_chips import ValueChips
from tests.ui.building import FILTER, said, tree_lines

if TYPE_CHECKING:
    from peekui.filters.nodes import Value
    from tests.ui.building import Open


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
