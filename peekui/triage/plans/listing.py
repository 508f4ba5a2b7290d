"""The plans in a folder: what each is for, and how far it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from peekui.triage.plans.acts import PlanRefused
from peekui.triage.plans.journal import Entry, Outcome, journal_path, read_journal
from peekui.triage.plans.plan_file import read_plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from peekui.triage.plans.acts import ActKind

__all__ = ["PlanSummary", "list_plans"]

_MOST: Final = 200
"""Plans that are read; of more, those changed last."""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan file.

    Attributes:
        path: Where it is.
        made: When the plan was made; when the file was changed where it cannot be read.
        about: What it is for, or why it cannot be read.
        base_url: The service it was made for.
        acts: How many of each kind.
        outcomes: How many acts came to what; None for those that were not begun, or are in doubt.
        readable: Whether it is a plan that can be gone on with.
    """

    path: Path
    made: datetime
    about: str
    base_url: str = ""
    acts: Mapping[ActKind, int] = field(default_factory=dict)
    outcomes: Mapping[Outcome | None, int] = field(default_factory=dict)
    readable: bool = True

    @property
    def open(self) -> int:
        """Acts that are still to be done."""
        return self.outcomes.get(None, 0) + self.outcomes.get(Outcome.FAILED, 0)

    @property
    def begun(self) -> bool:
        """Whether anything of it was done, or tried."""
        return any(outcome is not None for outcome in self.outcomes)


def list_plans(folder: Path) -> list[PlanSummary]:
    """Read the plans of a folder, which need not be there: those with something left to do first, then the newest.

    Proportional to what the plans hold: for a thread.

    Raises:
        OSError: The folder cannot be read.
    """
    try:
        changed = sorted(((path.stat().st_mtime, path) for path in folder.glob("*.jsonl")), reverse=True)
    except FileNotFoundError:
        return []
    plans = [_summary(path, datetime.fromtimestamp(moment, UTC)) for moment, path in changed[:_MOST]]
    return sorted(plans, key=lambda one: (one.open > 0, one.made), reverse=True)


def _summary(path: Path, changed: datetime) -> PlanSummary:
    try:
        plan = read_plan(path)
        entries = read_journal(journal_path(path), plan)
    except PlanRefused as refused:
        return PlanSummary(path, changed, str(refused), readable=False)
    except OSError as error:
        return PlanSummary(path, changed, f"{path} cannot be read: {error.strerror}.", readable=False)
    outcomes = Counter(entries.get(act.number, Entry()).outcome for act in plan.acts)
    return PlanSummary(path, plan.made, plan.about, plan.base_url, plan.totals, outcomes)
