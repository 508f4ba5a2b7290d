"""A plan that is killed at random moments is done in the end, each act exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.triage.duplicates import group_duplicates
from peekui.triage.keep_rules import Criterion, KeepRule, decide
from peekui.triage.plans.journal import Outcome, journal_path, read_journal
from peekui.triage.plans.making import make_plan, plan_drops
from peekui.triage.plans.plan_file import write_plan
from tests.triage.kills import play

if TYPE_CHECKING:
    from pathlib import Path

    from tests.triage.shelf import Shelf

COPIES = 4


async def test_killed_and_gone_on_with(shelf: Shelf, tmp_path: Path) -> None:
    await played(shelf, tmp_path, kills=25, seed=7)


async def played(shelf: Shelf, folder: Path, *, kills: int, seed: int) -> list[str]:
    """Play a game, see that nothing is lost, and give what the service did."""
    groups = kills // 2
    files = {f"{group}-{copy}.txt": f"group {group}" for group in range(groups) for copy in range(COPIES)}
    shelf.put("kills", files, {f"{group}-1.txt": {"rights": str(group)} for group in range(0, groups, 3)})
    rule = KeepRule((Criterion.OLDEST,))
    decisions = []
    for group in group_duplicates(await shelf.rows("kills")):
        gone = decide(group, rule).drop
        decisions.append((group, frozenset(row.asset_id for row in group.members if row.asset_id not in gone)))
    plan = make_plan(plan_drops(decisions, "test", merge=True), base_url=shelf.service.base_url, namespace=None)
    path = folder / "killed.plan"
    write_plan(path, plan)
    changes = play(shelf, plan, path, kills=kills, seed=seed)
    assert len(changes) == len(set(changes)) == len(plan.acts)
    entries = read_journal(journal_path(path), plan)
    assert {number: entry.outcome for number, entry in entries.items()} == dict.fromkeys(plan.numbers, Outcome.DONE)
    left = shelf.assets("kills")
    assert sorted(left) == sorted(f"{group}-0" for group in range(groups))
    assert all(left[f"{number}-0"]["metadata"]["rights"] == str(number) for number in range(0, groups, 3))
    return changes
