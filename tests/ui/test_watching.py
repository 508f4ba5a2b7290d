"""Watching a search: what is new, changed or gone is marked, and cursor, marks and scroll stay where they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from peekui.api.errors import TimedOut
from peekui.ui.widgets.asset_rows import Sign
from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "shelf"
    (root / "notes").mkdir(parents=True)
    for number in range(60):
        (root / "notes" / f"note {number:02}.txt").write_text(f"note {number}")
    return root


@pytest.fixture
def service(folder: Path, tmp_path: Path) -> Iterator[Service]:
    yield from serving(folder, "--data-dir", tmp_path / "index")


def rescan(service: Service) -> None:
    """Have the folder looked through, and wait until all of it is indexed."""
    with service.http() as http:
        name = http.get("/v1/namespaces").json()[0]["namespace_name"]
        http.post(f"/v1/namespaces/{name}/rescan").raise_for_status()
    service.wait_indexed()


async def begin(driver: Driver) -> None:
    """Watch, with the rows by title, so that it is known where a new one comes."""
    driver.browse.panes.table.ask_sort("title")
    await driver.press("w", "enter")
    await driver.until(lambda: "watching, next" in driver.text())


async def look(driver: Driver) -> None:
    """Look now, without waiting a minute."""
    driver.browse._look()
    await driver.app.workers.wait_for_complete()
    await driver.pilot.pause()
    await driver.until_rows()


def title_at_cursor(driver: Driver) -> str:
    asset = driver.browse.panes.asset()
    assert asset
    return asset.title


async def test_new_changed_and_gone(driving: Driving, service: Service, folder: Path) -> None:
    async with driving(service, size=(120, 30)) as driver:
        await begin(driver)
        rows = driver.browse.panes.rows
        await driver.press(*["down"] * 25, "space")
        here, top, marked = title_at_cursor(driver), rows.scroll_offset.y, {mark.title for mark in rows.marks}
        await look(driver)
        assert not rows.signs
        (folder / "notes" / "a new one.txt").write_text("new")
        (folder / "notes" / "note 26.txt").write_text("something else")
        (folder / "notes" / "note 59.txt").unlink()
        rescan(service)
        await look(driver)
        await driver.until(lambda: "1 new, 1 changed, 1 gone" in driver.text())
        assert sorted(rows.signs.values()) == [Sign.NEW, Sign.CHANGED]
        assert (title_at_cursor(driver), rows.scroll_offset.y) == (here, top + 1)
        assert {mark.title for mark in rows.marks} == marked
        assert "~✓ done    note 26" in driver.text()
        await driver.press("g")
        await driver.until(lambda: "a new one" in driver.text())
        assert "+✓ done    a new one" in driver.text()
        await driver.press("w")
        assert not rows.signs
        assert "watching" not in driver.text()


async def test_it_waits_while_nobody_can_see_it(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await begin(driver)
        client = driver.session.connected
        assert client
        calls = len(client.calls)
        await driver.press("?")
        driver.browse._look()
        await driver.pilot.pause()
        assert len(client.calls) == calls
        await driver.press("escape")
        await driver.until(lambda: len(client.calls) == calls + 1)
        driver.app.app_focus = False
        driver.browse._look()
        await driver.pilot.pause()
        assert "watching, paused" in driver.text()
        driver.app.app_focus = True
        await driver.until(lambda: len(client.calls) == calls + 2)


async def test_another_question_ends_it(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await begin(driver)
        await driver.press("b")
        await driver.until_rows()
        await driver.until(lambda: "watching, " not in driver.text())


async def test_a_failed_look_is_told_and_watching_goes_on(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise TimedOut("It took too long.")

    async with driving(demo) as driver:
        await begin(driver)
        with monkeypatch.context() as patch:
            patch.setattr("peekui.ui.screens.watching.take_look", fail)
            await look(driver)
        assert "last look failed" in driver.text()
        await look(driver)
        assert "last look failed" not in driver.text()
        assert "watching, next" in driver.text()


async def test_no_more_often_than_the_budget_allows(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=10)) as driver:
        await driver.press("w")
        await driver.until(lambda: "Every minute" in driver.text())
        assert "Every 15 seconds (the budget allows every 36 s)" in driver.text()
        assert "A call every minute" in driver.text()
