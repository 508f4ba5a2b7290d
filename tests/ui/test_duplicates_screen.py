"""Duplicates on screen, by keys only: listed, reviewed, ruled, accepted, planned, deleted; never the last copy."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

from textual import events

from peekui.triage.duplicates import group_duplicates
from peekui.triage.keep_rules import Criterion
from peekui.triage.notebook import Notebook
from peekui.triage.plans.plan_file import read_plan
from peekui.triage.remembered import not_duplicates
from peekui.triage.rule_files import read_rule
from peekui.ui.loader import Subject, start
from peekui.ui.triage.duplicates import DuplicatesScreen
from peekui.ui.triage.files import notebook_path, rule_path
from peekui.ui.triage.keep_rule import KeepRuleScreen
from peekui.ui.triage.plan import PlanScreen
from peekui.ui.triage.review import ReviewScreen
from tests.triage.rows import copy
from tests.ui.triaging import a_state_of_its_own, shelf, shows

if TYPE_CHECKING:
    from peekui.triage.rows import Row
    from tests.service import Service
    from tests.triage.shelf import Shelf
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

__all__ = ["a_state_of_its_own", "shelf"]

FILES = {"a1.txt": "one", "a2.txt": "one", "a3.txt": "one", "b1.txt": "two", "b2.txt": "two", "c.txt": "alone"}


async def opened(driver: Driver) -> DuplicatesScreen:
    """Open the screen, and wait for what it reads."""
    await driver.pilot.press("U")
    await driver.until(lambda: isinstance(driver.app.screen, DuplicatesScreen))
    screen = driver.app.screen
    assert isinstance(screen, DuplicatesScreen)
    await driver.until(lambda: screen.reading.progress.ended and screen.review and screen.table.has_focus)
    return screen


async def reviewing(driver: Driver) -> ReviewScreen:
    """Review the group under the cursor."""
    await driver.press("enter")
    screen = driver.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


def fates(screen: ReviewScreen) -> str:
    """Say of each member whether it is kept or dropped."""
    keep = screen.review.choice.keep
    return "".join("K" if row.asset_id in keep else "-" for row in screen.review.group.members)


async def test_the_groups_are_those_of_the_core(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        assert screen.review
        rows = screen.reading._gathering.rows.values()  # type: ignore[union-attr]
        assert [one.group for one in screen.listed.groups] == group_duplicates(rows)
        assert shows(driver, f"Duplicates {len(screen.review.groups)} groups", "original failed 2")
        await driver.press("s")
        copies = [len(one.group.members) for one in screen.listed.groups]
        assert copies == sorted(copies, reverse=True)
        await driver.press("f", *"original failed", "enter")
        await driver.until(lambda: len(screen.listed.groups) == 2)
        assert shows(driver, "Duplicates 2 of", "groups: original failed")


async def test_groups_are_found_by_names_paths_collections_ids_and_hashes(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        total = len(screen.judged)
        group = next(one.group for one in screen.judged if len(one.group.collections) > 1)
        row = group.members[-1]
        for words in (
            row.title.upper(),
            str(row.metadata["path"]),
            f"{screen.title_of(row.collection)} {row.metadata['file_name']}",
            row.asset_id,
            str(row.file_hash),
        ):
            await driver.press("/", *words, "enter")
            await driver.until(lambda: group in [one.group for one in screen.listed.groups])
            assert (len(screen.listed.groups) < total, screen.table.has_focus) == (True, True), words
            await driver.press("escape")
            await driver.until(lambda: len(screen.listed.groups) == total)
        await driver.press("/", *"nowhere")
        await driver.until(lambda: shows(driver, f"Duplicates 0 of {total} groups: “nowhere”", "None of"))
        await driver.press("escape")
        await driver.until(lambda: len(screen.listed.groups) == total)
        assert screen.table.has_focus
        await driver.press("escape")
        assert not isinstance(driver.app.screen, DuplicatesScreen)


async def test_only_the_groups_that_were_found_are_settled(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        screen = await opened(driver)
        await driver.press("/", "b", "2", "down", "A", "enter")
        await driver.until(lambda: shows(driver, "1 of 2 groups: “b2” · 1 settled"))
        assert screen.review
        assert {row.title for group, _ in screen.review.settled() for row in group.members} == {"b1", "b2"}


async def test_features_are_asked_for_when_the_rule_goes_by_them(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        screen = await opened(driver)
        await driver.press("#")
        assert "Cannot ask features" in [note.message for note in driver.app._notifications][-1]
        await driver.press("e")
        dialog = driver.app.screen
        assert isinstance(dialog, KeepRuleScreen)
        while dialog.rows.lines[dialog.rows.cursor].key != Criterion.HAS_FEATURES:
            await driver.press("j")
        await driver.press("space", *["K"] * 9)
        await driver.until(lambda: shows(driver, "Features of 5 copies"))
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "# asks which of 5 copies have features: at least 1 call"))
        before = len((await driver.session.client()).calls)
        await driver.press("#")
        await driver.until(lambda: not screen.listed.unasked)
        assert screen.review
        assert list(screen.review.featured.values()) == [True] * 5
        assert len((await driver.session.client()).calls) == before + 1
        await driver.press("r")
        await driver.until(lambda: not screen.reading.active)
        assert (len(screen.review.featured), screen.listed.unasked) == (5, [])


async def test_keys_are_answered_while_groups_are_made(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        gathering = screen.reading._gathering
        assert gathering
        gathering.rows |= {row.asset_id: row for row in map(a_copy, range(50_000))}
        worker = start(screen, Subject.TRIAGE, screen.reading.digest)
        took = []
        while not worker.is_finished:
            began, before = time.perf_counter(), screen.table.cursor
            key = "up" if before else "down"
            driver.app.post_message(events.Key(key, None))
            await driver.until(lambda: screen.table.cursor != before)  # noqa: B023  (awaited)
            took.append(time.perf_counter() - began)
        assert len(took) > 5
        assert median(took) < 0.2
        await driver.until(lambda: len(screen.judged) > 20_000)


def a_copy(number: int) -> Row:
    return copy(f"a{number}", f"h{number // 2}", age=number % 7)


async def test_review_chooses_refuses_and_takes_back(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        await opened(driver)
        screen = await reviewing(driver)
        assert (fates(screen), len(screen.review.groups)) == ("K--", 2)
        assert shows(driver, "Group 1 of 2 open", "1 KEEP", "2 drop", "fields hidden")
        await driver.press("2")
        assert fates(screen) == "-K-"
        await driver.press("space")
        assert fates(screen) == "-K-"
        assert "It is the last copy" in [note.message for note in driver.app._notifications][-1]
        await driver.press("tab", "space")
        assert fates(screen) == "-KK"
        await driver.press("9")
        assert "There is no copy 9" in [note.message for note in driver.app._notifications][-1]
        await driver.press("a")
        assert fates(screen) == "KKK"
        await driver.press("z", "z", "z")
        assert fates(screen) == "K--"
        await driver.press("z")
        assert "nothing to take back" in [note.message for note in driver.app._notifications][-1]
        hidden = len(screen.table.fields)
        await driver.press("f")
        assert len(screen.table.fields) > hidden
        await driver.press("3", "enter")
        assert shows(driver, "Group 2 of 2 open")
        await driver.press("left")
        assert (shows(driver, "Group 1 of 2 settled"), fates(screen)) == (True, "--K")


async def test_what_was_chosen_is_there_the_next_time(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        await opened(driver)
        await reviewing(driver)
        await driver.press("3", "enter", "escape")
        assert isinstance(driver.app.screen, DuplicatesScreen)
        await driver.until(lambda: shows(driver, "1 settled", "✓ settled"))
    async with driving(shelf.service) as driver:
        screen = await opened(driver)
        assert screen.review
        assert (screen.review.position, screen.review.reviewed) == (1, 1)


async def test_what_are_no_duplicates_is_remembered_until_it_is_taken_back(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        await opened(driver)
        screen = await reviewing(driver)
        key = screen.review.group.key
        await driver.press("n")
        notebook = Notebook.open(notebook_path(), shelf.service.account)
        await driver.until(lambda: not_duplicates(notebook) == {key})
        await driver.press("z")
        await driver.until(lambda: not not_duplicates(notebook))
        await driver.press("n")
        await driver.until(lambda: not_duplicates(notebook) == {key})
        await driver.press("escape", "escape")
        again = await opened(driver)
        assert again.review
        assert key not in {group.key for group in again.review.groups}


async def test_the_rule_is_edited_shown_saved_and_learnt(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        screen = await opened(driver)
        await driver.press("e")
        dialog = driver.app.screen
        assert isinstance(dialog, KeepRuleScreen)
        await driver.until(lambda: shows(driver, "Wins 2 of 2 groups without a tie: 3 assets would go"))
        await driver.press("space", "j", "space")
        await driver.until(lambda: shows(driver, "Wins 0 of 2 groups"))
        while dialog.rows.lines[dialog.rows.cursor].key != Criterion.NEWEST:
            await driver.press("j")
        await driver.press("space", "K", "w", *"newest", "enter")
        path = rule_path("newest")
        assert path
        assert read_rule(path).criteria == (Criterion.MOST_METADATA, Criterion.NEWEST)
        await driver.press("enter")
        await driver.until(lambda: screen.rule.criteria == (Criterion.MOST_METADATA, Criterion.NEWEST))
        assert shows(driver, "keep-rule most metadata, then newest", "wins 2: 3 assets")
        review = await reviewing(driver)
        assert fates(review) == "--K"
        await driver.press("1", "enter", "1", "enter", "escape")
        await driver.until(lambda: shows(driver, "2 settled"))
        await driver.press("e", "a")
        await driver.until(lambda: shows(driver, "as you did 2 of 2 times"))
        await driver.press("enter")
        await driver.until(lambda: screen.rule.criteria == (Criterion.ORIGINAL,))
        await driver.press("e", "o", "enter", "enter")
        await driver.until(lambda: screen.rule.criteria == (Criterion.MOST_METADATA, Criterion.NEWEST))


async def test_nothing_goes_from_a_protected_collection(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", {"a1.txt": "one"})
    shelf.put("y", {"a2.txt": "one", "a3.txt": "one"})
    async with driving(shelf.service) as driver:
        screen = await opened(driver)
        await driver.press("e", "end", "space")
        await driver.press("enter")
        await driver.until(lambda: screen.rule.protected)
        review = await reviewing(driver)
        titles = {row.title: row for row in review.review.group.members}
        kept = review.review.choice.keep
        assert {titles["a2"].asset_id, titles["a3"].asset_id} <= kept


async def test_the_demo_by_keys_only_keeps_every_content_and_what_is_protected(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await opened(driver)
        rows = {row.asset_id: row for one in screen.judged for row in one.group.members}
        await driver.press("e")
        dialog = driver.app.screen
        assert isinstance(dialog, KeepRuleScreen)
        while not shows(driver, "protected: nothing in it goes"):
            await driver.press("end", "space")
        await driver.press("enter")
        await driver.until(lambda: screen.rule.protected)
        review = await reviewing(driver)
        await driver.press("2", "enter", "tab", "space", "enter", "n", "z", "a", "enter", "escape")
        by_hand = dict(review.review.choices)
        await driver.until(lambda: shows(driver, "3 settled"))
        await driver.press("A", "enter")
        await driver.until(lambda: shows(driver, f"{len(screen.judged)} settled"))
        await driver.press("P", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, PlanScreen))
        plan = driver.app.screen
        assert isinstance(plan, PlanScreen)
        gone = {act.asset_id for act in plan.plan.acts}
        assert {row.file_hash for name, row in rows.items() if name not in gone} == {
            row.file_hash for row in rows.values()
        }
        assert not any(rows[name].protected_by(screen.rule.protected) for name in gone)
        for group, choice in screen.review.settled() if screen.review else ():
            assert {row.asset_id for row in group.members} - gone == choice.keep
            assert group.key not in by_hand or by_hand[group.key] == choice


async def test_from_the_groups_to_none_by_one_rule_and_a_look(driving: Driving, shelf: Shelf) -> None:
    shelf.put("x", FILES)
    async with driving(shelf.service) as driver:
        await driver.press("3", "*")
        assert len(driver.browse.marked()) == 6
        screen = await opened(driver)
        review = await reviewing(driver)
        await driver.press("2", "enter", "escape")
        assert review.review.reviewed == 1
        await driver.until(lambda: shows(driver, "1 settled"))
        await driver.press("A", "enter")
        await driver.until(lambda: shows(driver, "2 settled"))
        await driver.press("P", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, PlanScreen))
        plan = driver.app.screen
        assert isinstance(plan, PlanScreen)
        assert read_plan(plan._path) == plan.plan
        assert {act.title for act in plan.plan.acts} == {"a1", "a3", "b2"}
        await driver.press("R", "3", "enter")
        await driver.until(lambda: shows(driver, "3 done"))
        assert sorted(shelf.assets("x")) == ["a2", "b1", "c"]
        await driver.press("escape")
        await driver.until(lambda: shows(driver, "There are no duplicates"))
        assert screen.review is None
        await driver.press("escape")
        await driver.until(lambda: driver.browse.panes.rows.row_count == 3)
        assert {mark.title for mark in driver.browse.marked()} == {"a2", "b1", "c"}
