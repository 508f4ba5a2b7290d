"""Changing the tree of a filter by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from tests.ui.building import FILTER, Building, tree_lines

if TYPE_CHECKING:
    from tests.ui.building import Open


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
