"""Failures by cause on screen, by keys only: found, grouped, looked at, marked, acknowledged, left out, explained."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.filters.expression.parse import parse
from peekui.triage.failures import Axis
from peekui.triage.gathering import Gathering
from peekui.triage.notebook import Notebook
from peekui.triage.remembered import acknowledgements
from peekui.ui.screens.asset import AssetScreen
from peekui.ui.screens.filter import FilterScreen
from peekui.ui.screens.value import ValueScreen
from peekui.ui.triage.duplicates import DuplicatesScreen
from peekui.ui.triage.failures import FailuresScreen
from peekui.ui.triage.files import notebook_path
from peekui.ui.triage.screen import TriageScreen
from tests.ui.test_browse import server_ids
from tests.ui.triaging import a_state_of_its_own, shelf, shows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.service import Service
    from tests.triage.shelf import Shelf
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

__all__ = ["a_state_of_its_own", "shelf"]


def failed_ids(demo: Service) -> set[str]:
    """Ask the service itself."""
    ids, _ = server_ids(demo, "media", filters={"AND": [{"key": "status", "operator": "eq", "value": "FAILED"}]})
    return set(ids)


async def opened(driver: Driver) -> FailuresScreen:
    """Open the screen, and wait for what it reads."""
    await driver.pilot.press("F")
    await driver.until(lambda: isinstance(driver.app.screen, FailuresScreen))
    screen = driver.app.screen
    assert isinstance(screen, FailuresScreen)
    await driver.until(lambda: screen.reading.progress.ended and screen.groups and screen.table.has_focus)
    await driver.app.workers.wait_for_complete()
    await driver.pilot.pause()
    return screen


async def test_a_few_causes_stand_for_all_failures(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        everything = driver.browse.panes.rows.row_count
        screen = await opened(driver)
        ids = failed_ids(demo)
        assert {asset_id for group in screen.groups for asset_id in group.asset_ids} == ids
        assert shows(driver, f"Failed {len(ids)} of {everything:,}", f"{len(screen.groups)} by signature")
        assert len(screen.groups) < len(ids)
        assert shows(driver, "1 of 1 pages read", "TruncatedImage: the PNG ends too early")
        for axis in (*Axis, Axis.SIGNATURE)[1:]:
            await driver.press("tab")
            assert screen.axis is axis
            assert sum(group.count for group in screen.groups) == len(ids)
            assert shows(driver, f"{len(screen.groups)} by {axis}")
        await driver.press("shift+tab")
        assert screen.axis is Axis.DAY


async def test_enter_shows_just_the_assets_of_a_cause_and_back_goes_back(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        before = driver.browse.place
        screen = await opened(driver)
        group = screen.groups[1]
        await driver.press("j", "enter")
        await driver.until(lambda: driver.app.screen is driver.browse)
        await driver.until_rows()
        window = driver.browse.panes.rows.window
        assert {asset.asset_id for asset in window.held()} == set(group.asset_ids)
        assert driver.browse.place.failed_only
        await driver.press("[")
        await driver.until_rows()
        assert driver.browse.place.filter == before.filter


async def test_space_marks_the_assets_of_a_cause_and_again_unmarks_them(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        await driver.press("space")
        assert {mark.asset_id for mark in driver.browse.marked()} == set(screen.groups[0].asset_ids)
        await driver.press("j", "space", "k", "space")
        assert {mark.asset_id for mark in driver.browse.marked()} == set(screen.groups[1].asset_ids)


async def test_a_known_cause_is_acknowledged_with_an_end_and_no_more(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        cause = screen.groups[0].key
        await driver.press("a", *"tomorrow", "enter")
        assert shows(driver, "takes a day such as")
        await driver.press(*["backspace"] * 8, *"2999-01-31", "tab", "tab", *"known since May", "enter")
        await driver.until(
            lambda: shows(driver, "known since May", "until 2999-01-31", f"at most {screen.groups[0].count}")
        )
        kept = acknowledgements(Notebook.open(notebook_path(), demo.account))[cause]
        assert (kept.note, kept.most) == ("known since May", screen.groups[0].count)
        await driver.press("escape")
        screen = await opened(driver)
        assert screen.line
        assert screen.line.acknowledged == kept
        await driver.press("a")
        await driver.until(lambda: screen.line and screen.line.acknowledged is None)
        assert acknowledgements(Notebook.open(notebook_path(), demo.account)) == {}


async def test_what_has_its_bytes_and_is_done_is_named(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", {"note.txt": "good words", "picture.jpg": "good words", "other.jpg": "other words"})
    rows = shelf.assets("x")
    async with driving(shelf.service) as driver:
        await opened(driver)
        await driver.press("c")
        await driver.until(lambda: isinstance(driver.app.screen, ValueScreen))
        assert shows(driver, "1 of 2 failed assets have a healthy twin", "Their bytes are good")
        failed, done = rows["picture"]["asset_id"], rows["note"]["asset_id"]
        assert f"picture ({failed}) is note ({done})" in " ".join(driver.text().split())


async def test_a_cause_is_left_out_of_the_browsers_filter(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        everything = driver.browse.panes.rows.row_count
        screen = await opened(driver)
        count = screen.groups[0].count
        await driver.press("x")
        assert shows(driver, f"leaves {count} of {count} out")
        await driver.press("escape")
        await driver.until_rows()
        assert driver.browse.panes.rows.row_count == everything - count


async def test_what_is_known_of_a_cause_is_shown_and_copied(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        copied: dict[str, str] = {}

        async def keep(what: str, text: str) -> None:
            copied[what] = text

        monkeypatch.setattr(screen, "copy_text", keep)
        for key, words in (("v", "the file has no content"), ("t", "task_"), ("c", "times as often")):
            await driver.press(key)
            await driver.until(lambda: isinstance(driver.app.screen, ValueScreen))
            assert words in driver.text() or "No value is more frequent" in driver.text()
            await driver.press("escape")
        await driver.press("y", "Y")
        group = screen.groups[0]
        assert copied[f"{group.count} ids"].splitlines() == list(group.asset_ids)
        assert len(copied["Report"].splitlines()) == 2 + len(screen.groups)


async def test_what_changed_since_the_last_visit_is_counted(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        assert not shows(driver, "since")
        await driver.press("escape")
        notebook = Notebook.open(notebook_path(), demo.account)
        [(scope, visit)] = notebook.notes("visit").items()
        signatures = visit["signatures"]  # type: ignore[index]
        causes = [group.key for group in screen.groups]
        del signatures[causes[0]]
        signatures[causes[1]][0] = 0
        signatures["a cause that is gone"] = [7, "2026-01-01T00:00:00+00:00"]
        signatures[causes[2]] = [1, "2026-01-01T00:00:00+00:00"]
        notebook.note("visit", scope, visit)
        await opened(driver)
        assert shows(driver, "1 new · 1 back · 1 gone since")
        await driver.press("r")
        await driver.until(lambda: shows(driver, "1 new · 1 back · 1 gone since"))


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read five assets at a time."""
    monkeypatch.setattr("peekui.ui.triage.reading.Gathering", partial(Gathering, page_size=5))


@pytest.mark.usefixtures("small_pages")
async def test_many_calls_are_made_only_after_a_word(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=100)) as driver:
        client = await driver.session.client()
        await driver.pilot.press("F")
        await driver.until(lambda: shows(driver, "partial: 1 of 6 pages read", "the rest: 5 calls"))
        calls = len(client.calls)
        screen = driver.app.screen
        assert isinstance(screen, FailuresScreen)
        assert sum(group.count for group in screen.groups) == 5
        await driver.pilot.press("j")
        assert len(client.calls) == calls
        await driver.pilot.press("p")
        await driver.until(lambda: screen.reading.progress.complete)
        assert len(client.calls) == calls + 5
        await driver.until(lambda: sum(group.count for group in screen.groups) == len(failed_ids(demo)))


@pytest.mark.usefixtures("small_pages")
async def test_reading_is_stopped_and_gone_on_with(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=100)) as driver:
        await driver.pilot.press("F")
        await driver.until(lambda: shows(driver, "the rest: 5 calls"))
        screen = driver.app.screen
        assert isinstance(screen, FailuresScreen)
        await driver.press("escape")
        await driver.until(lambda: not screen.reading.active)
        assert shows(driver, "partial: 1 of 6 pages read, 5 rows", "p reads on")
        assert driver.app.screen is screen
        await driver.pilot.press("p")
        await driver.until(lambda: shows(driver, "the rest: 4 calls"))
        await driver.press("escape", "escape")
        await driver.until(lambda: driver.app.screen is driver.browse)


def between(monkeypatch: pytest.MonkeyPatch, answer: Callable[[httpx.Request], httpx.Response | None]) -> None:
    """Stand between client and service."""
    real = httpx.AsyncHTTPTransport.handle_async_request

    async def handle(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        return answer(request) or await real(self, request)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)


async def test_where_the_status_is_no_filter_all_is_read_after_a_word(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(request: httpx.Request) -> httpx.Response | None:
        error = {"success": False, "status": 400, "error": {"message": "status is not indexed", "type": "BadRequest"}}
        return httpx.Response(400, json=error) if b'"filters"' in request.content else None

    async with driving(demo) as driver:
        between(monkeypatch, refuse)
        await driver.pilot.press("F")
        await driver.until(lambda: shows(driver, "status is not indexed", "S reads all assets", "1 call"))
        await driver.pilot.press("S")
        screen = driver.app.screen
        assert isinstance(screen, FailuresScreen)
        await driver.until(lambda: screen.reading.progress.complete and screen.groups)
        assert sum(group.count for group in screen.groups) == len(failed_ids(demo))


async def test_a_page_that_fails_is_said_and_read_on(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [True]

    def fail(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(503, text="[/]down") if broken and b'"filters"' in request.content else None

    async with driving(demo) as driver:
        between(monkeypatch, fail)
        await driver.pilot.press("F")
        await driver.until(lambda: shows(driver, "p reads on", "✗"))
        broken.clear()
        await driver.pilot.press("p")
        screen = driver.app.screen
        assert isinstance(screen, FailuresScreen)
        await driver.until(lambda: screen.reading.progress.complete and screen.groups)


async def test_only_the_chosen_collections_are_looked_at(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("2", "j", "enter")
        await driver.until_rows()
        [chosen] = driver.browse.place.chosen
        screen = await opened(driver)
        assert {key for group in screen.groups for key in group.collections} == {chosen}
        assert sum(group.count for group in screen.groups) < len(failed_ids(demo))


@pytest.mark.parametrize("key", ["F", "U"])
async def test_they_are_opened_from_an_asset_too(driving: Driving, demo: Service, key: str) -> None:
    async with driving(demo) as driver:
        await driver.press("2", "j", "enter")
        await driver.until_rows()
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))
        assert "failures" not in driver.text().splitlines()[-1]
        await driver.press(key)
        screen = driver.app.screen
        assert isinstance(screen, TriageScreen)
        assert not any(isinstance(one, AssetScreen) for one in driver.app.screen_stack)
        assert screen.reading.scope.collections == tuple(driver.browse.place.chosen)
        await driver.press("U" if key == "F" else "F")
        assert isinstance(driver.app.screen, DuplicatesScreen if key == "F" else FailuresScreen)
        assert screen not in driver.app.screen_stack
        await driver.press("escape", "escape")
        assert driver.app.screen_stack[-1] is driver.browse


async def test_a_changed_filter_is_not_left_for_failures_unasked(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("f")
        screen = driver.app.screen
        assert isinstance(screen, FilterScreen)
        screen.draft.replace(parse("status = DONE"))
        driver.app.command_triage_failures()
        await driver.until(lambda: shows(driver, "The filter was changed", "Go on building"))
        await driver.press("escape")
        assert driver.app.screen is screen


async def test_every_collection_says_how_many_of_how_many(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demo.http() as http:
        totals = {one["collection_name"]: one["count"] for one in http.get("/v1/collections").json()["results"]}
    async with driving(demo) as driver:
        screen = await opened(driver)
        failed = {screen.title_of(key): count for key, count in screen._failed().items()}
        assert sum(failed.values()) == len(failed_ids(demo))
        assert shows(driver, *(f"{name} {count} of {totals[name]}" for name, count in failed.items()))
        await driver.press("tab")
        assert shows(driver, *(f"of {totals[name]}" for name in failed))


async def test_what_the_service_does_not_say_is_counted_when_asked(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        place = driver.browse.place
        counts = {item.key: item.count for item in place.collections}
        silent = tuple(item.model_copy(update={"count": None}) for item in place.collections)
        driver.browse.place = replace(place, collections=silent)
        screen = await opened(driver)
        left = len(screen.uncounted)
        assert shows(driver, f"# counts: {left} calls")
        client = await driver.session.client()
        calls = len(client.calls)
        await driver.press("#")
        assert len(client.calls) == calls + left
        assert shows(driver, *(f"of {counts[key]}" for key in screen._failed()))
        assert not screen.situation().uncounted
