"""Comparing copies in review: pictures where there is room, and two of them by turns in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.browse.pictures.gallery import Gallery
from peekui.ui.triage.duplicates import DuplicatesScreen
from peekui.ui.triage.review import ReviewScreen
from peekui.ui.widgets.picture_view import PictureView
from tests.ui.triaging import a_state_of_its_own, shelf, shows

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.triage.duplicates import DuplicateGroup
    from tests.service import Service
    from tests.triage.shelf import Shelf
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

__all__ = ["a_state_of_its_own", "shelf"]

FILES = {"a1.txt": "one", "a2.txt": "one", "a3.txt": "one"}


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    return Gallery(tmp_path / "pictures", always=True)


async def reviewing(driver: Driver, words: str = "") -> ReviewScreen:
    """Review the first group that has some words."""
    await driver.press("U")
    screen = driver.app.screen
    assert isinstance(screen, DuplicatesScreen)
    await driver.until(lambda: screen.reading.progress.ended and screen.review and screen.table.has_focus)
    if words:
        await driver.press("/", *words, "enter")
        await driver.until(lambda: len(screen.listed.groups) < len(screen.judged))
    await driver.press("enter")
    review = driver.app.screen
    assert isinstance(review, ReviewScreen)
    return review


def last_note(driver: Driver) -> str:
    return [note.message for note in driver.app._notifications][-1]


def on_show(screen: ReviewScreen) -> list[PictureView]:
    return [view for view in screen.query(PictureView) if view.display and screen.pictures.display]


async def called(driver: Driver, group: DuplicateGroup) -> int:
    """Say how many calls were made for the addresses of pictures of a group's members."""
    calls = [call for call in (await driver.session.client()).calls if "return_url" in str(call.query)]
    return len([call for call in calls if any(row.asset_id in call.path for row in group.members)])


async def test_pictures_stand_above_what_the_copies_say(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        screen = await reviewing(driver, "veil Lofoten")
        members = screen.group.members
        await driver.until(lambda: len([view for view in on_show(screen) if view.raster]) == len(members) == 3)
        assert len({view.raster.points for view in on_show(screen) if view.raster}) == 1
        heading = screen.table.heading
        fates = heading.render().plain.splitlines()[0]
        left = heading.content_region.x
        assert [view.region.x - left for view in on_show(screen)] == [fates.index(f"{number} ") for number in (1, 2, 3)]
        assert await called(driver, screen.group) == 1  # the bytes are the same, and so is the picture
        await driver.press("p")
        assert not on_show(screen)
        await driver.press("p")
        await driver.until(lambda: all(view.raster for view in on_show(screen)))
        await driver.pilot.resize_terminal(80, 24)
        await driver.until(lambda: not on_show(screen))
        await driver.press("p")
        assert last_note(driver) == "Pictures take a screen of 30 lines."


async def test_there_is_no_room_kept_for_pictures_of_text(driving: Driving, shelf: Shelf, gallery: Gallery) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service, gallery=gallery) as driver:
        screen = await reviewing(driver)
        assert not on_show(screen)
        await driver.press("p")
        assert last_note(driver) == "There are no pictures of these copies."


async def test_pictures_that_take_calls_of_a_budget_are_for_the_user_to_ask_for(
    driving: Driving, demo: Service, gallery: Gallery
) -> None:
    rationed = demo.__class__(**{**vars(demo), "calls_per_minute": 600})
    async with driving(rationed, gallery=gallery) as driver:
        screen = await reviewing(driver, "veil Lofoten")
        assert not on_show(screen)
        await driver.press("p")
        await driver.until(lambda: [view for view in on_show(screen) if view.raster])


async def test_two_copies_take_turns_in_one_place(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES, {"a3.txt": {"rights": "ours"}})
    async with driving(shelf.service) as driver:
        await reviewing(driver)
        assert shows(driver, "1 KEEP", "2 drop", "3 drop", "rights", "ours")
        await driver.press("x")
        assert shows(driver, "A 1 KEEP", "▶ B 2 drop", "a2.txt")
        assert not shows(driver, "a1.txt")
        assert not shows(driver, "rights")  # the two have none
        await driver.press("x")
        assert shows(driver, "▶ A 1 KEEP", "B 2 drop", "a1.txt")
        await driver.press("x", "tab", "tab")
        assert shows(driver, "▶ B 3 drop", "a3.txt", "rights", "ours")
        await driver.press("3")
        assert shows(driver, "A 3 KEEP", "▶ B 1 drop", "a1.txt")
        await driver.press("escape")
        assert shows(driver, "1 drop", "2 drop", "3 KEEP ◂", "a1.txt", "a2.txt")
        await driver.press("escape")
        assert isinstance(driver.app.screen, DuplicatesScreen)


async def test_they_take_turns_by_themselves_unless_nothing_is_to_move(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        driver.app.animation_level = "full"
        screen = await reviewing(driver)
        await driver.press("X")
        for name in ("a1.txt", "a2.txt", "a1.txt"):
            await driver.until(lambda: shows(driver, name) and screen.table.flicker)  # noqa: B023  (awaited)
        await driver.press("X")
        assert screen._turns is None
        await driver.press("escape")
        driver.app.animation_level = "none"
        await driver.press("X")
        assert (screen._turns, shows(driver, "▶ B 2 drop")) == (None, True)
        assert "Nothing moves by itself" in last_note(driver)


async def test_dates_are_told_both_ways_and_the_rest_on_demand(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        screen = await reviewing(driver)
        assert shows(driver, "2023-11-14 22:13, 3 y", "2023-11-14 23:13", "duplicate_of", "copy of 1")
        assert not shows(driver, "file_hash")
        await driver.press("f")
        assert shows(driver, "file_hash", screen.group.members[0].asset_id[:20], "modality")
