"""What the screens of failures, acts, plans and exports look like."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import httpx
import pytest

from peekui.triage.failures import Axis
from peekui.triage.gathering import Gathering
from peekui.triage.plans.journal import Journal, Outcome, journal_path
from peekui.triage.plans.making import make_plan, plan_metadata
from peekui.triage.plans.plan_file import write_plan
from peekui.triage.rows import Row
from peekui.ui.app import PeekApp
from peekui.ui.screens.value import ValueScreen
from peekui.ui.triage.plan import PlanScreen
from tests.service import serving
from tests.ui import scenes
from tests.ui.driver import Driver
from tests.ui.pictures import picture
from tests.ui.small_library import NOW, grey_png
from tests.ui.test_failures_screen import between, opened
from tests.ui.triaging import shows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Protocol

    from syrupy.assertion import SnapshotAssertion
    from textual.app import App

    from tests.service import Service

    class Look(Protocol):
        """Compares what is on show with its pictures."""

        async def __call__(self, driver: Driver, scene: str, *, wide_only: bool = ...) -> None:
            """Look at a scene."""


pytestmark = pytest.mark.usefixtures("still", "level")

SIZES = ((120, 40), (80, 24), (40, 15))
_IDS = re.compile(
    r"(?<=ast_)[0-9a-f]+|(?<=task_)[0-9a-f]+|(?<=col_)[0-9a-f]+|\d{4}(?:-\d\d){2}-\d{6}-\d{6}|(?<=0\.1:)\d+"
)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a library of which much cannot be read."""
    yield from serving_broken(tmp_path_factory)


@pytest.fixture
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve another such library, whose assets may be changed."""
    yield from serving_broken(tmp_path_factory)


def serving_broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    picture = grey_png(48, 32)
    files: dict[str, bytes] = {f"notes/page {number:02}.txt": f"Page {number}.\n".encode() for number in range(12)}
    files |= {f"notes/cut {number}.json": b'{"title": "cut off' + b"!" * number for number in range(6)}
    files |= {f"stills/cut {number} [final].png": picture[: -20 - number] for number in range(9)}
    files |= {f"stills/empty {number}.png": b"" for number in range(3)}
    files |= {f"stills/sea {number}.png": grey_png(48, 30 + number) for number in range(9)}
    files |= {"clips/no clip.mp4": b"nothing of the kind", "clips/page.mp3": b"<html></html>" * 9}
    root = tmp_path_factory.mktemp("broken") / "study"
    for number, (path, content) in enumerate(files.items()):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        moment = NOW.timestamp() - (number + 1) ** 2 * 1800
        os.utime(file, (moment, moment))
    yield from serving(root, "--data-dir", tmp_path_factory.mktemp("index"))


@pytest.fixture
def level(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep files of peekui's own in a folder of the same name every time, and show ids, times and ports as noughts."""
    monkeypatch.chdir(tmp_path)
    for module in ("peekui.ui.triage.files", "peekui.own_files"):
        monkeypatch.setattr(f"{module}.state_folder", lambda: Path("state"))

    def levelled(app: App[object]) -> str:
        return _IDS.sub(lambda match: re.sub(r"\w", "0", match[0]), picture(app))

    monkeypatch.setattr(scenes, "picture", levelled)


@pytest.fixture
def look(pictures: SnapshotAssertion, tmp_path: Path) -> Look:
    """Look at a scene: dark at all sizes, light at one."""

    async def compare(driver: Driver, scene: str, *, wide_only: bool = False) -> None:
        def named(name: str) -> SnapshotAssertion:
            return pictures(name=f"{scene} {name}")

        see = partial(scenes.look, driver, cast("SnapshotAssertion", named), tmp_path)
        if wide_only:
            await see(sizes=SIZES[:1], themes=["peekui-dark"])
            return
        await see(sizes=SIZES[1:2], themes=["peekui-light"])
        await see(sizes=SIZES, themes=["peekui-dark"])
        await driver.pilot.resize_terminal(*SIZES[0])
        await driver.pilot.pause()

    return compare


@asynccontextmanager
async def browsing(source: Service) -> AsyncIterator[Driver]:
    app = PeekApp(source)
    app.animation_level = "none"
    async with app.run_test(size=SIZES[0]) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        await driver.until_settled()
        yield driver


async def test_failures(broken: Service, look: Look) -> None:
    async with browsing(broken) as driver:
        await opened(driver)
        for axis in Axis:
            await look(driver, f"by {axis}", wide_only=axis not in {Axis.SIGNATURE, Axis.COLLECTION})
            await driver.press("tab")
        for key, scene in (("v", "whole error"), ("c", "contrast")):
            await driver.press(key)
            await driver.until(lambda: isinstance(driver.app.screen, ValueScreen))
            driver.app.clear_notifications()
            await look(driver, scene)
            await driver.press("escape")
        await driver.press("a")
        await look(driver, "acknowledge")
        await driver.press("tab", "tab", *"known since May", "enter")
        await driver.until(lambda: shows(driver, "known since May"))
        await look(driver, "acknowledged", wide_only=True)


async def test_a_reading_that_waits_for_a_word(broken: Service, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peekui.ui.triage.reading.Gathering", partial(Gathering, page_size=4))
    async with browsing(replace(broken, calls_per_minute=100)) as driver:
        await driver.pilot.press("F")
        await driver.until(lambda: shows(driver, "partial: 1 of 5 pages read", "the rest: 4 calls"))
        await look(driver, "partial")


async def test_a_filter_that_is_refused(broken: Service, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    error = {"success": False, "status": 400, "error": {"message": "status is not indexed", "type": "BadRequest"}}
    async with browsing(broken) as driver:
        between(monkeypatch, lambda asked: httpx.Response(400, json=error) if b'"filters"' in asked.content else None)
        await driver.pilot.press("F")
        await driver.until(lambda: shows(driver, "S reads all assets"))
        await look(driver, "refused")


async def test_acts_and_plans(changing: Service, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    held_up, go_on = asyncio.Event(), asyncio.Event()
    real = httpx.AsyncHTTPTransport.handle_async_request
    edits: list[httpx.Request] = []

    async def faulty(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        if request.method == "PATCH":
            edits.append(request)
            if len(edits) == 2:
                return httpx.Response(500, json={"error": {"message": "the disk is full", "type": "ServerError"}})
            if len(edits) == 4:
                held_up.set()
                await go_on.wait()
        return await real(self, request)

    async with browsing(changing) as driver:
        await opened(driver)
        await driver.press("j", "P")
        await look(driver, "act menu")
        await driver.press(*"set", "enter", *"triage = reviewed")
        await look(driver, "set metadata")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, PlanScreen))
        await look(driver, "plan")
        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", faulty)
        await driver.pilot.press("R")
        await driver.until(held_up.is_set)
        await driver.until(lambda: shows(driver, "3 of 6"))
        await look(driver, "plan under way")
        go_on.set()
        await driver.until(lambda: shows(driver, "5 done", "1 failed", "R goes on"))
        await look(driver, "plan with a fault", wide_only=True)
        await driver.press("R")
        await driver.until(lambda: shows(driver, "6 done"))
        await look(driver, "plan done")
        await driver.press("z", "enter")
        await driver.until(lambda: shows(driver, "6 undone"))


async def test_the_list_of_plans(broken: Service, look: Look) -> None:
    def planned(name: str, outcomes: list[Outcome], days: int) -> None:
        acts = plan_metadata([Row(f"ast_{number}", f"Asset {number}") for number in range(1, 41)], {"x": 1}, "w")
        plan = make_plan(acts, base_url="http://127.0.0.1:50000", namespace=None, about=name)
        path = Path("state", "plans", f"{days}.jsonl")
        write_plan(path, replace(plan, made=NOW - timedelta(days=days)))
        if outcomes:
            with Journal.open(journal_path(path), plan) as journal:
                for number, outcome in enumerate(outcomes, 1):
                    journal.begin(number)
                    journal.end(number, outcome)

    planned('Set triage: "reviewed" for 40 marked assets', [Outcome.DONE] * 11 + [Outcome.FAILED], 2)
    planned("Duplicates: 40 settled groups, keep-rule original, then done", [], 5)
    planned("Set stars: 5 for 40 marked assets", [Outcome.DONE] * 38 + [Outcome.REFUSED] * 2, 1)
    planned("Set stars: 4 for 40 marked assets", [Outcome.UNDONE] * 40, 3)
    async with browsing(broken) as driver:
        await driver.press("L")
        await driver.until(lambda: shows(driver, "4 plans"))
        await look(driver, "plans")


async def test_exports(broken: Service, look: Look, tmp_path: Path) -> None:
    taken = tmp_path / "peekui-failures-2026-11-22.md"
    async with browsing(broken) as driver:
        await opened(driver)
        await driver.press("w")
        await look(driver, "export")
        taken.touch()
        await driver.press("tab", "tab", "tab", "enter")
        await look(driver, "a file that is there", wide_only=True)
