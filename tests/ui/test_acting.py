"""Acting on marked assets by keys only: plans for deletes and metadata, gone on with, taken back; exports."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import httpx

from peekui.triage.plans.journal import Outcome, journal_path, read_journal
from peekui.triage.plans.plan_file import read_plan
from peekui.ui.screens.exporting import ExportToScreen
from peekui.ui.screens.value import ValueScreen
from peekui.ui.triage.files import plans_folder
from peekui.ui.triage.plan import PlanScreen
from peekui.ui.triage.plans import PlansScreen
from peekui.ui.triage.typed_number import TypedNumberScreen
from tests.ui.test_failures_screen import between, opened
from tests.ui.triaging import a_state_of_its_own, shelf, shows

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.service import Service
    from tests.triage.shelf import Shelf
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

__all__ = ["a_state_of_its_own", "shelf"]

FILES = {f"{letter}{number}.txt": letter for letter in "abc" for number in (1, 2)}


async def marked(driver: Driver, *titles: str) -> None:
    """Mark the assets of these titles."""
    await driver.press("3", "g")
    for _ in range(driver.browse.panes.rows.row_count):
        asset = driver.browse.panes.asset()
        await driver.press("space" if asset and asset.title in titles else "j")


async def test_metadata_is_set_by_a_plan_and_taken_back(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    before = {title: asset["metadata"] for title, asset in shelf.assets("x").items()}
    async with driving(shelf.service) as driver:
        await marked(driver, "a1", "b1")
        assert len(driver.browse.marked()) == 2
        await driver.press("P", *"set", "enter", *"triage", "enter")
        assert shows(driver, "It takes a name and a value")
        await driver.press(*" = reviewed")
        assert shows(driver, 'triage: "reviewed", a text.')
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, PlanScreen))
        assert shows(driver, 'Set triage: "reviewed" for 2 marked assets', "2 × set metadata", "at most 4 calls")
        await driver.press("t")
        await driver.until(lambda: shows(driver, "2 would be done"))
        assert "triage" not in shelf.assets("x")["a1"]["metadata"]
        await driver.press("R")
        await driver.until(lambda: shows(driver, "2 done"))
        after = {title: asset["metadata"].get("triage") for title, asset in shelf.assets("x").items()}
        assert after == {"a1": "reviewed", "b1": "reviewed", "a2": None, "b2": None, "c1": None, "c2": None}
        assert not driver.browse.marked()
        await driver.press("escape", "L")
        await driver.until(lambda: shows(driver, "1 plan", "0 with something left to do", "✓ 2 done"))
        await driver.press("enter", "z", "enter")
        await driver.until(lambda: shows(driver, "2 undone"))
        assert {title: asset["metadata"] for title, asset in shelf.assets("x").items()} == before
        await driver.press("z")
        assert "there is nothing to take back" in [note.message for note in driver.app._notifications][-1]
        await driver.press("escape")
        await driver.until(lambda: shows(driver, "✓ 2 taken back"))
        assert isinstance(driver.app.screen, PlansScreen)


async def test_marked_assets_go_where_a_copy_stays(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", {**FILES, "alone.txt": "d"})
    async with driving(shelf.service) as driver:
        await marked(driver, "a2", "b1", "b2", "alone")
        await driver.press("P", *"delete", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, ValueScreen))
        assert shows(driver, "3 left out", "alone (ast_", "It is the last copy")
        await driver.press("escape")
        assert shows(driver, "Delete 4 marked assets; 3 left out", "1 × delete")
        await driver.press("R", "1", "enter")
        await driver.until(lambda: shows(driver, "1 done"))
        assert sorted(shelf.assets("x")) == ["a1", "alone", "b1", "b2", "c1", "c2"]
        assert {mark.title for mark in driver.browse.marked()} == {"b1", "b2", "alone"}
        await driver.press("escape")
        await driver.until_rows()
        assert driver.browse.panes.rows.row_count == 6


async def test_what_a_saved_rule_protects_is_left_out(driving: Driving, shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("x", FILES)
    rules = tmp_path / "own" / "peekui" / "rules"
    rules.mkdir(parents=True)
    (rules / "mine.toml").write_text('criteria = ["oldest"]\nprotected = ["x"]\n')
    async with driving(shelf.service) as driver:
        await marked(driver, "a2")
        await driver.press("P", *"delete", "enter")
        await driver.until(lambda: shows(driver, "There is no plan", "It is in a protected collection"))
        assert list(plans_folder().glob("*")) == []


async def test_a_run_that_met_a_fault_is_resumed_from_the_list(
    driving: Driving, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        await marked(driver, "a1", "b1", "c1")
        await driver.press("P", *"set", "enter", *"stars = 5", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, PlanScreen))
        with monkeypatch.context() as patch:
            between(patch, lambda request: httpx.Response(500) if request.method == "PATCH" else None)
            await driver.press("R")
            await driver.until(lambda: shows(driver, "3 failed", "3 to go: R goes on"))
        await driver.press("escape", "L")
        await driver.until(lambda: shows(driver, "1 with something left to do", "◐ 0 of 3"))
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "3 failed"))
        await driver.press("d")
        assert "the plan was begun" in [note.message for note in driver.app._notifications][-1]
        await driver.press("t")
        await driver.until(lambda: shows(driver, "3 would be done"))
        await driver.press("R")
        await driver.until(lambda: shows(driver, "3 done"))
        [path] = plans_folder().glob("*.jsonl")
        entries = read_journal(journal_path(path), read_plan(path))
        assert {entry.outcome for entry in entries.values()} == {Outcome.DONE}
        stars = {title: asset["metadata"].get("stars") for title, asset in shelf.assets("x").items()}
        assert stars == {"a1": 5, "b1": 5, "c1": 5, "a2": None, "b2": None, "c2": None}


async def test_read_only_offers_no_change_and_says_why(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        driver.app.read_only = True
        await driver.press("P")
        assert driver.text().count("read-only: nothing is") == 3
        await driver.press(*"delete", "enter")
        assert not isinstance(driver.app.screen, TypedNumberScreen | PlanScreen)
        assert shows(driver, "Act on")


async def test_what_the_service_forbade_is_not_offered_again(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        driver.session.forbidden["DELETE"] = "The key may not delete."
        await driver.press("P")
        assert driver.text().count("The key may not delete.") == 1


def there(folder: Path) -> list[str]:
    """Name the files of a folder that rows could be in."""
    return [path.name for path in folder.glob("*.csv")]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


async def test_the_table_is_exported_as_it_is_seen(driving: Driving, demo: Service, tmp_path: Path) -> None:
    async with driving(demo) as driver:
        rows, total = driver.browse.panes.rows, driver.browse.panes.rows.row_count
        await driver.press("X")
        screen = driver.app.screen
        assert isinstance(screen, ExportToScreen)
        assert shows(driver, f"Export {total} assets", "columns: status, modality, title", "1 call")
        path = tmp_path / "all.csv"
        screen.line.value = str(path)
        await driver.press("enter")
        await driver.until(path.exists)
        await driver.until(lambda: driver.app.screen is driver.browse)
        read = read_csv(path)
        assert len(read) == total
        assert [row["title"] for row in read][: len(list(rows.window.held()))] == [
            asset.title for asset in rows.window.held()
        ]
        assert "score" not in read[0]


async def test_marked_assets_are_exported_in_any_form_and_no_file_is_replaced_unasked(
    driving: Driving, demo: Service, tmp_path: Path
) -> None:
    async with driving(demo) as driver:
        await driver.press("space", "space", "X", "enter")
        screen = driver.app.screen
        assert isinstance(screen, ExportToScreen)
        path = tmp_path / "two.jsonl"
        path.write_text("mine")
        screen.line.value = str(tmp_path / "two.csv")
        await driver.press("tab", "tab")
        assert screen.line.value == str(path)
        await driver.press("enter")
        assert shows(driver, "two.jsonl is there already")
        assert path.read_text() == "mine"
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.browse)
        ids = {mark.title for mark in driver.browse.marked()}
        assert {json.loads(line)["title"] for line in path.read_text().splitlines()} == ids


async def test_an_export_that_fails_leaves_no_file(
    driving: Driving, demo: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        await driver.press("X")
        screen = driver.app.screen
        assert isinstance(screen, ExportToScreen)
        screen.line.value = str(tmp_path / "out" / "x.csv")
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "It cannot be written: No such file or directory."))
        await driver.press("escape", "X")
        screen = driver.app.screen
        assert isinstance(screen, ExportToScreen)
        screen.line.value = str(tmp_path / "x.csv")
        between(monkeypatch, lambda _: httpx.Response(404))
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "✗", "No file was written"))
        assert not there(tmp_path)


async def test_failures_are_acted_on_and_exported(driving: Driving, demo: Service, tmp_path: Path) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        await driver.press("P")
        assert shows(driver, f"Act on {screen.groups[0].count} failed assets")
        await driver.press("enter")
        assert shows(driver, f"{screen.groups[0].count} failed assets", "Preview URL", "curl command")
        await driver.press("escape", "w")
        asking = driver.app.screen
        assert isinstance(asking, ExportToScreen)
        path = tmp_path / "causes.json"
        asking.line.value = str(path)
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is screen)
        assert [one["signature"] for one in json.loads(path.read_text())] == [group.key for group in screen.groups]


async def test_urls_of_a_cause_are_copied(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        copied: list[str] = []

        async def keep(_: str, text: str) -> None:
            copied.append(text)

        monkeypatch.setattr(driver.browse, "copy_text", keep)
        await driver.press("tab", "P", "enter", "enter")
        await driver.until(lambda: shows(driver, "Enter begins"))
        await driver.press("enter")
        await driver.until(lambda: copied)
        urls = copied[0].splitlines()
        assert len(urls) == screen.groups[0].count
        assert all("X-Amz-Signature" in url for url in urls)


async def test_files_of_the_marked_are_downloaded(driving: Driving, shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        driver.app.download_dir = tmp_path / "down"
        await marked(driver, "a1", "b1")
        await driver.press("P", *"down", "enter")
        await driver.until(lambda: shows(driver, "2 files downloaded to"))
        assert {path.name: path.read_text() for path in (tmp_path / "down").iterdir()} == {"a1.txt": "a", "b1.txt": "b"}
        assert not driver.browse.marked()


async def test_what_was_signed_already_takes_no_call_more(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("y", "c", "P")
        await driver.press("down")
        assert shows(driver, "Signing them: no call.")
