"""The panes beside the table: filtering names, more room for one of them, back to places and forward again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.ui.widgets.browse_panes import CollectionList

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


def listed(driver: Driver) -> list[str]:
    return [name.title for name in driver.browse.panes.collections.names.listed]


async def test_typing_leaves_the_names_with_those_letters(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        everything = listed(driver)
        await driver.press("2", "slash", "P", "h", "o")
        assert listed(driver) == [name for name in everything if "pho" in name.casefold()] != []
        assert "/Pho" in str(driver.browse.panes.collections.border_subtitle)
        await driver.press("enter")
        assert driver.browse.panes.current is driver.browse.panes.collections
        await driver.press("enter")
        await driver.until_rows()
        [chosen] = driver.browse.place.crumbs()[1:]
        assert "pho" in chosen.casefold()


async def test_escape_lists_all_names_again_before_anything_else(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        everything = listed(driver)
        await driver.press("b")
        await driver.until_rows()
        await driver.press("2", "slash", "z", "z", "z")
        assert listed(driver) == []
        assert "No name has" in driver.text()
        assert "F failures" not in driver.text().splitlines()[-1]
        await driver.press("escape")
        assert listed(driver) == everything
        assert driver.browse.place.failed_only
        await driver.press("escape")
        assert not driver.browse.place.failed_only


async def test_a_filtered_name_is_opened_not_the_one_in_its_old_row(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        last = driver.browse.panes.namespaces.names.listed[-1]
        await driver.press("1", "slash", *last.title, "down")
        assert driver.browse.panes.namespaces.names.listed == (last,)
        await driver.press("enter")
        await driver.until_rows()
        assert driver.browse.place.scope == last.key


async def test_slash_searches_when_the_focus_is_elsewhere(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("3", "slash")
        assert driver.browse.panes.search.has_focus_within


async def test_the_footer_tells_the_nearer_meaning_of_a_key(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        assert "/ search" in driver.text().splitlines()[-1]
        await driver.press("2")
        await driver.pilot.pause()
        assert "/ filter" in driver.text().splitlines()[-1]


@pytest.mark.parametrize("key", ["1", "2", "3", "4"])
async def test_a_pane_can_have_the_whole_screen(driving: Driving, demo: Service, key: str) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        await driver.press(key)
        pane = panes.current
        assert pane
        before = pane.size.width
        await driver.press("plus", "plus")
        everyone = (panes.namespaces, panes.collections, panes.assets, panes.detail)
        assert [other for other in everyone if other.region] == [pane]
        assert pane.size.width > before
        assert pane.size.height >= panes.size.height - 2
        await driver.press("minus", "minus")
        assert all(other.region for other in everyone)
        assert pane.size.width == before


async def test_another_pane_gets_the_room_when_it_gets_the_focus(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        await driver.press("plus", "plus", "2")
        assert panes.collections.region
        assert not panes.assets.region


async def test_wide_gives_the_lists_room_to_the_table(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        before = panes.assets.size.width
        await driver.press("plus")
        assert not panes.collections.region
        assert panes.detail.region
        assert panes.assets.size.width > before


async def test_back_and_forward_through_places(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        browse, rows = driver.browse, driver.browse.panes.rows
        everything = rows.row_count
        await driver.press("b")
        await driver.until_rows()
        failed = rows.row_count
        await driver.press("2", "down", "enter")
        await driver.until_rows()
        inside = browse.place.spot
        await driver.press("[")
        await driver.until_rows()
        assert (rows.row_count, browse.place.failed_only) == (failed, True)
        await driver.press("[")
        await driver.until_rows()
        assert rows.row_count == everything
        await driver.press("]", "]")
        await driver.until_rows()
        assert browse.place.spot == inside


async def test_back_into_another_namespace(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        browse = driver.browse
        await driver.press("2", "down", "enter")
        await driver.until_rows()
        here = browse.place.spot
        count = browse.panes.rows.row_count
        await driver.press("1", "down", "enter")
        await driver.until_rows()
        assert browse.place.scope != here.namespace
        await driver.press("[")
        await driver.until(lambda: browse.place.collections)
        await driver.until_rows()
        assert browse.place.spot == here
        assert browse.panes.rows.row_count == count


async def test_there_is_nothing_before_the_beginning(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        before = driver.browse.place
        await driver.press("[")
        assert driver.browse.place is before
        assert "this is where you began" in driver.text()


async def test_nothing_found_is_not_counted(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        assert "1–" in driver.text()
        await driver.press("slash", *"qqqqzzzz", "enter")
        await driver.until(lambda: "Nothing matches" in driver.text())
        assert "1–" not in driver.text()
        await driver.press("escape")
        await driver.until_rows()
        assert "1–" in driver.text()


async def test_a_name_that_is_listed_no_more_is_not_chosen(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        before, names = driver.browse.place, driver.browse.panes.collections.names
        assert isinstance(names, CollectionList)
        for choose in (names.command_collections_toggle, names.command_rows_open):
            names.cursor = 2
            choose()
            names.wanted = "zzz"  # before the browser reads what was chosen
            await driver.pilot.pause()
            assert driver.browse.place == before
            names.wanted = ""
