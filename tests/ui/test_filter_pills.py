"""The active filter above the table: its pills by keys and by mouse, and what the rows below it answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from peekui.filters.expression.parse import parse
from peekui.ui.screens.filter import FilterScreen
from tests.ui.filtered import filter_of, filtered, pill_line, told, total
from tests.ui.holding import hold_answers

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving

PARTS = "status = DONE and modality in (image, video) and file_data.file_size_bytes > 10kB"


async def test_there_is_no_line_without_a_filter(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        height = panes.assets.size.height
        assert not panes.pills.region
        await driver.press("5")
        assert "there is no filter" in told(driver)
        await driver.press("b")
        await driver.until_rows()
        assert "status = FAILED ✕" in pill_line(driver)
        assert panes.assets.size.height == height - 1


async def test_failed_goes_in_and_out_beside_other_parts(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await filtered(driver, "modality = image")
        await driver.press("b")
        await driver.until_rows()
        assert filter_of(driver) == "modality = image and status = FAILED"
        assert driver.browse.panes.rows.row_count == total(demo, driver.browse.place.filter)
        await driver.press("b")
        await driver.until_rows()
        assert filter_of(driver) == "modality = image"


async def test_pills_are_changed_by_keys(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(160, 40)) as driver:
        await filtered(driver, PARTS)
        rows = driver.browse.panes.rows
        await driver.press("5", "right", "x")
        await driver.until_rows()
        assert filter_of(driver) == PARTS.replace("modality in (image, video)", "muted(modality in (image, video))")
        assert "⊘ modality in (image, video) ✕" in pill_line(driver)
        assert rows.row_count == total(demo, driver.browse.place.filter)
        await driver.press("x", "!")
        await driver.until_rows()
        assert filter_of(driver) == PARTS.replace("in (image, video)", "not in (image, video)")
        assert rows.row_count == total(demo, driver.browse.place.filter)
        await driver.press("d")
        await driver.until_rows()
        assert filter_of(driver) == "status = DONE and file_data.file_size_bytes > 10kB"
        await driver.press("d", "d")
        await driver.until_rows()
        assert filter_of(driver) == ""
        assert driver.browse.panes.current is driver.browse.panes.assets
        await driver.press("[")
        await driver.until_rows()
        assert filter_of(driver) == "status = DONE"


async def test_the_ends_of_the_line_lead_to_the_panes(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        await filtered(driver, "status = DONE")
        await driver.press("5", "right", "right")
        assert panes.current is panes.detail
        await driver.press("5", "left")
        assert panes.pills.has_focus
        await driver.press("left")
        assert panes.current is panes.collections
        await driver.press("5", "escape")
        assert panes.current is panes.assets
        assert filter_of(driver) == "status = DONE"


async def test_pills_are_changed_by_mouse(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(200, 40)) as driver:
        pills = driver.browse.panes.pills
        await filtered(driver, PARTS)
        crosses = [index for index, letter in enumerate(pill_line(driver)) if letter == "✕"]
        await driver.pilot.click(pills, offset=(crosses[1] - 5, 0))
        assert (pills.cursor, pills.has_focus) == (1, True)
        assert filter_of(driver) == PARTS
        await driver.pilot.click(pills, offset=(crosses[1], 0))
        await driver.until_rows()
        assert filter_of(driver) == "status = DONE and file_data.file_size_bytes > 10kB"
        await driver.pilot.click(pills, offset=(pill_line(driver).index("+ filter"), 0))
        await driver.until(lambda: isinstance(driver.app.screen, FilterScreen))


async def test_a_pill_opens_the_builder_at_its_node(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await filtered(driver, PARTS)
        await driver.press("5", "right", "enter")
        screen = driver.app.screen
        assert isinstance(screen, FilterScreen)
        assert (screen.draft.tree, screen.draft.path) == (parse(PARTS), (1,))


async def test_a_filter_that_is_no_list_of_parts_is_one_pill(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(160, 40)) as driver:
        await filtered(driver, "status = FAILED or modality = image")
        assert "status = FAILED or modality = image ✕" in pill_line(driver)
        await driver.press("5", "!")
        await driver.until_rows()
        assert filter_of(driver) == "status != FAILED and modality != image"
        await filtered(driver, "case(status = FAILED)")
        await driver.press("5", "d")
        await driver.until_rows()
        assert filter_of(driver) == ""


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15)])
async def test_many_pills_stay_on_one_line(driving: Driving, demo: Service, size: tuple[int, int]) -> None:
    async with driving(demo, size=size) as driver:
        await filtered(driver, " and ".join(f"metadata.field_{number} is null" for number in range(12)))
        line = driver.browse.panes.asked.region
        assert line.height == 1
        await driver.press("5")
        seen = set()
        for _ in range(12):
            text = pill_line(driver)
            assert cell_len(text) <= size[0]
            assert f"field_{driver.browse.panes.pills.cursor}" in text or "…" in text
            seen.add(text)
            await driver.press("right")
        assert "‹" in pill_line(driver)
        assert pill_line(driver).rstrip().endswith(("+ filter", "+"))
        assert len(seen) > 2, "other pills come into sight"


async def test_the_focus_goes_to_the_table_when_the_line_goes(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await filtered(driver, "status = DONE")
        await driver.press("5", "&")
        driver.browse.filter_by(None)
        await driver.until_rows()
        await driver.press("escape", "down")
        assert driver.browse.panes.current is driver.browse.panes.assets
        assert driver.browse.panes.rows.cursor == 1


async def test_words_and_order_stand_beside_the_pills(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("s", "b")
        await driver.until_rows()
        assert "newest first" in driver.text()
        assert driver.browse.panes.asked.region.height == 1


# -- what the rows answer -------------------------------------------------------------------------------------


async def test_until_the_answer_comes_the_table_says_what_its_rows_answer(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold_answers(monkeypatch, "NOR")
    async with driving(demo) as driver:
        panes = driver.browse.panes
        await driver.press("b")
        await driver.until_rows()
        driver.browse.filter_by(parse("none(status = FAILED)"))
        await driver.until(lambda: "not status = FAILED ✕" in pill_line(driver))
        assert panes.rows.stale
        assert "Assets still of: all collections · status =" in driver.text()
        held.set()
        await driver.until_rows()
        assert "still of" not in driver.text()


async def test_all_pages_of_a_question_count_from_one_moment_and_a_new_one_from_now(
    driving: Driving, demo: Service
) -> None:
    async with driving(demo) as driver:
        await filtered(driver, "created_at > -36500d")
        await driver.press("G")
        await driver.until(driver.browse.panes.asset)
        client = await driver.session.client()

        def bodies() -> list[str]:
            return [call.body for call in client.calls if call.body and "created_at" in call.body]

        assert len(bodies()) > 1
        assert len(set(bodies())) == 1
        before = driver.browse._feed.query
        await driver.press("r")
        await driver.until_rows()
        assert driver.browse._feed.query == before
        assert driver.browse._feed.query is not before
        assert driver.browse._feed.query
        assert before
        assert driver.browse._feed.query.asked_at > before.asked_at


async def test_a_line_of_no_room_is_drawn(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(2, 10)) as driver:
        await driver.press("b")
        await driver.until_rows()
        await driver.press("b")
        await driver.until_rows()
        line = driver.browse.panes.pills
        assert [strip.cell_length for strip in line.render_lines(line.region.reset_offset)] == [2] * line.size.height
