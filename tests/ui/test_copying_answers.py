"""“Copy as”: what a screen asked, as a command, as curl, as Python. It gives what is shown, and holds no key."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from peekui.ui.answers import ShowsAnswer
from peekui.ui.screens.asking import AskingScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What was copied, by what it was called."""
    texts: dict[str, str] = {}

    async def copy(_: object, what: str, text: str) -> None:
        texts[what] = text

    monkeypatch.setattr(ShowsAnswer, "copy_text", copy)
    return texts


async def copy_all(driver: Driver, key: str = "f6") -> None:
    """Copy everything the menu has."""
    await driver.press(key)
    menu = driver.app.screen
    assert isinstance(menu, AskingScreen)
    count = len(menu.rows.choices)
    await driver.press("escape")
    for index in range(count):
        await driver.press(key, *["down"] * index, "enter")


async def run(arguments: list[str], service: Service, home: Path) -> str:
    environment = os.environ | {
        "MIXPEEK_BASE_URL": service.base_url,
        "MIXPEEK_API_KEY": service.api_key.reveal(),
        "XDG_STATE_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
    }
    done = await asyncio.to_thread(
        subprocess.run, arguments, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def command(text: str, *more: str) -> list[str]:
    name, *arguments = shlex.split(text)
    assert name == "peekui"
    return [sys.executable, "-m", "peekui", *arguments, *more]


async def test_all_forms_of_what_is_browsed_give_the_same_rows(
    driving: Driving, demo: Service, copied: dict[str, str], tmp_path: Path
) -> None:
    async with driving(demo) as driver:
        await driver.press("slash", *"status = DONE in:clips sort:-created_at", "enter")
        await driver.until_rows()
        wanted = [driver.browse.panes.rows.asset_at(row) for row in range(driver.browse.panes.rows.row_count)]
        ids = [asset.asset_id for asset in wanted if asset]
        assert len(ids) == len(wanted) > 5
        await copy_all(driver, "ctrl+y")
    assert [*copied] == ["peekui command", "curl command", "Python"]
    assert demo.api_key.reveal() not in str(copied)
    assert (await run(command(copied["peekui command"], "-o", "ids"), demo, tmp_path)).split() == ids
    answer = await run(["sh", "-c", copied["curl command"]], demo, tmp_path)
    assert [asset["asset_id"] for asset in json.loads(answer)["results"]] == ids
    assert (await run([sys.executable, "-c", copied["Python"]], demo, tmp_path)).split() == ids


@pytest.mark.parametrize(
    ("key", "part", "path"),
    [
        ("enter", "get --features ast_", "/features"),
        ("f", "search", "/v1/assets"),
        ("t", "search", "/v1/assets"),
        ("i", "search --count", "page_size=1"),
        ("F", "triage failed", "/v1/assets"),
        ("U", "triage duplicates", "/v1/assets"),
        ("@", "search", "/v1/assets"),
    ],
)
async def test_every_screen_says_how_to_ask_the_same(
    driving: Driving, demo: Service, copied: dict[str, str], tmp_path: Path, *, key: str, part: str, path: str
) -> None:
    async with driving(demo) as driver:
        await driver.press("slash", *"in:photos", "enter")
        await driver.until_rows()
        await driver.press(key)
        screen: Screen[object] = driver.app.screen
        assert isinstance(screen, ShowsAnswer)
        await copy_all(driver)
    assert part in copied["peekui command"]
    assert path in copied["curl command"]
    assert await run(command(copied["peekui command"]), demo, tmp_path)
    assert json.loads(await run(["sh", "-c", copied["curl command"]], demo, tmp_path))
    assert await run([sys.executable, "-c", copied["Python"]], demo, tmp_path)


async def test_the_builder_explains_its_filter_too(driving: Driving, demo: Service, copied: dict[str, str]) -> None:
    async with driving(demo) as driver:
        await driver.press("b")
        await driver.until_rows()
        await driver.press("f")
        await copy_all(driver)
    assert "explain '--where=status = FAILED'" in copied["peekui command that explains it"]


async def test_failures_name_their_collections_and_axis(
    driving: Driving, demo: Service, copied: dict[str, str]
) -> None:
    async with driving(demo) as driver:
        await driver.press("slash", *"in:clips", "enter")
        await driver.until_rows()
        await driver.press("F")
        await driver.until(lambda: "Failed" in driver.text())
        await driver.press("tab")
        await copy_all(driver)
    assert copied["peekui command"].endswith("triage failed --by=collection --collection=clips")
