"""A plan on screen: tried out, edited, run after the number was typed, stopped, refused; and never while read-only."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

from peekui.triage.plans.journal import Outcome, journal_path, read_journal
from peekui.triage.plans.plan_file import read_plan
from peekui.triage.plans.running import running_alone
from peekui.ui.screens.value import ValueScreen
from peekui.ui.triage.duplicates import DuplicatesScreen
from peekui.ui.triage.files import lock_path
from peekui.ui.triage.plan import PlanScreen
from peekui.ui.triage.typed_number import TypedNumberScreen
from tests.ui.triaging import a_state_of_its_own, shelf, shows

if TYPE_CHECKING:
    import pytest

    from tests.service import Service
    from tests.triage.shelf import Shelf
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

__all__ = ["a_state_of_its_own", "shelf"]

FILES = {f"{letter}{number}.txt": letter for letter in "abc" for number in (1, 2)}


async def planned(driver: Driver, *answer: str) -> PlanScreen:
    """Settle all groups by the rule, and make the plan."""
    await driver.pilot.press("U")
    await driver.until(lambda: isinstance(driver.app.screen, DuplicatesScreen))
    screen = driver.app.screen
    assert isinstance(screen, DuplicatesScreen)
    await driver.until(lambda: screen.reading.progress.ended and screen.review and screen.table.has_focus)
    await driver.press("A", "enter")
    await driver.until(lambda: screen.review and screen.review.reviewed)
    await driver.press("P", *answer, "enter")
    await driver.until(lambda: isinstance(driver.app.screen, PlanScreen))
    plan = driver.app.screen
    assert isinstance(plan, PlanScreen)
    return plan


async def test_a_dry_run_changes_nothing(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        plan = await planned(driver)
        assert shows(driver, "3 × delete", "frees 3 B", "at most 9 calls", "Nothing is done yet")
        await driver.press("t")
        await driver.until(lambda: shows(driver, "3 would be done"))
        assert len(shelf.assets("x")) == 6
        assert not journal_path(plan._path).exists()
        await driver.press("enter")
        assert isinstance(driver.app.screen, ValueScreen)
        assert "file_hash" in driver.text()


async def test_lines_are_taken_out_of_the_plan_and_its_file(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES, {"a2.txt": {"note": "keep this"}})
    async with driving(shelf.service) as driver:
        plan = await planned(driver, "down")
        assert shows(driver, "3 × delete", "1 × fill in metadata")
        while plan.table.current and plan.table.current.kind != "fill in metadata":
            await driver.press("j")
        await driver.press("d")
        await driver.until(lambda: read_plan(plan._path) == plan.plan)
        assert sorted(act.title for act in plan.plan.acts) == ["b2", "c2"]
        await driver.press("d", "d")
        assert len(plan.plan.acts) == 1
        assert "the only one left" in [note.message for note in driver.app._notifications][-1]


async def test_deletes_need_their_number(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        plan = await planned(driver)
        await driver.press("R", "4", "enter")
        assert shows(driver, "That is not their number")
        await driver.press("escape")
        assert driver.app.screen is plan
        assert len(shelf.assets("x")) == 6
        await driver.press("R", "3", "enter")
        await driver.until(lambda: shows(driver, "3 done"))
        assert sorted(shelf.assets("x")) == ["a1", "b1", "c1"]
        entries = read_journal(journal_path(plan._path), plan.plan)
        assert {entry.outcome for entry in entries.values()} == {Outcome.DONE}
        await driver.press("R")
        assert "nothing is left to be done" in [note.message for note in driver.app._notifications][-1]


async def test_what_changed_meanwhile_stays_with_its_reason(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        plan = await planned(driver)
        changed = shelf.assets("x")["b2"]["asset_id"]
        with shelf.service.http() as http:
            http.patch(f"/v1/assets/{changed}", json={"metadata": {"x": 1}}).raise_for_status()
        await driver.press("R", "3", "enter")
        await driver.until(lambda: shows(driver, "2 done", "1 refused"))
        await driver.press("f")
        assert [act.title for act in plan.table.items] == ["b2"]
        assert shows(driver, "It changed since the plan was made")
        assert sorted(shelf.assets("x")) == ["a1", "b1", "b2", "c1"]


async def test_a_run_is_paused_stopped_and_gone_on_with(
    driving: Driving, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("x", FILES)
    deleting, may_delete = asyncio.Event(), asyncio.Event()
    real = httpx.AsyncHTTPTransport.handle_async_request

    async def handle(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE":
            deleting.set()
            await may_delete.wait()
        return await real(self, request)

    async with driving(shelf.service) as driver:
        plan = await planned(driver)
        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)
        await driver.pilot.press("R", "3", "enter")
        await driver.until(deleting.is_set)
        await driver.pilot.press("p")
        assert shows(driver, "paused")
        may_delete.set()
        await driver.until(lambda: plan.state.ended == 1)
        assert shows(driver, "1 of 3 · paused")
        await driver.pilot.press("escape")
        await driver.until(lambda: shows(driver, "Stopped: run it again to go on.", "1 done"))
        assert len(shelf.assets("x")) == 5
        await driver.press("R", "2", "enter")
        await driver.until(lambda: shows(driver, "3 done"))
        assert len(shelf.assets("x")) == 3


async def test_a_service_that_forbids_it_is_not_asked_again(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        plan = await planned(driver)
        deletes = len(plan.plan.acts)
        await driver.press("R", *str(deletes), "enter")
        await driver.until(lambda: shows(driver, "⊘", "1 failed"))
        assert plan.situation().writable is False
        await driver.press("R")
        assert not isinstance(driver.app.screen, TypedNumberScreen)
        assert "R run" not in driver.text().splitlines()[-1]


async def test_read_only_tries_out_but_does_not_run(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        driver.app.read_only = True
        await planned(driver)
        assert shows(driver, "read-only: nothing is changed (--read-only")
        assert "R run" not in driver.text().splitlines()[-1]
        await driver.press("R")
        assert not isinstance(driver.app.screen, TypedNumberScreen)
        await driver.press("t")
        await driver.until(lambda: shows(driver, "3 would be done"))
        assert len(shelf.assets("x")) == 6


async def test_two_plans_never_run_at_once(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        await planned(driver)
        with running_alone(lock_path()):
            await driver.press("R", "3", "enter")
            await driver.until(lambda: shows(driver, "Another plan is running"))
        assert len(shelf.assets("x")) == 6
