"""What is known of a plan on screen: what its journal says of each act, and what came of a dry run."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from peekui.triage.plans.acts import ActKind
from peekui.triage.plans.journal import Outcome
from peekui.triage.plans.running import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peekui.triage.plans.acts import Act, Plan
    from peekui.triage.plans.journal import Entry

__all__ = ["Doing", "PlanState"]


class Doing(StrEnum):
    """What is being done with a plan; the value says it while it is under way."""

    TRY = "trying"
    RUN = "running"
    UNDO = "taking back"


class PlanState:
    """Takes results as they come.

    Attributes:
        plan: The plan.
        shown: What to show of each act by number: what became of it, or in a dry run would.
        doing: What was done last, and is being done while a run is under way.
        ended: How many acts of that have ended.
        expected: How many it is about.
        method: The HTTP method of the act that ended last.
    """

    def __init__(self, plan: Plan, entries: Mapping[int, Entry]) -> None:
        """Take a plan, and what its journal says."""
        self.plan = plan
        acts = {act.number: act for act in plan.acts}
        self._known = {
            number: Result(acts[number], entry.outcome, entry.why)
            for number, entry in entries.items()
            if entry.outcome and number in acts
        }
        self._outcomes = Counter(map(self._kept, self._known.values()))
        self.begun = bool(entries)
        self.shown = dict(self._known)
        self.doing = Doing.RUN
        self.ended = self.expected = 0
        self.method = ""

    @property
    def open(self) -> int:
        """How many acts are still to be done; counted as they end, because there may be thousands."""
        return len(self.plan.acts) - sum(self._outcomes.values()) + self._outcomes[Outcome.FAILED, False]

    @property
    def undoable(self) -> int:
        """How many acts can be taken back."""
        return self._outcomes[Outcome.DONE, False]

    @property
    def deletes(self) -> int:
        """How many of the acts that are still to be done are deletes."""
        return sum(act.kind is ActKind.DELETE for act in self.plan.acts if self._is_open(act))

    @property
    def calls(self) -> int:
        """Calls that what is still to be done takes at most."""
        return sum(act.kind.calls for act in self.plan.acts if self._is_open(act))

    @property
    def done(self) -> list[Act]:
        """The acts that are done."""
        return [result.act for result in self._known.values() if result.outcome is Outcome.DONE]

    @property
    def counts(self) -> Counter[Outcome]:
        """How many of the acts on show came to what."""
        return Counter(result.outcome for result in self.shown.values())

    def begin(self, doing: Doing) -> None:
        """Begin to do something with the plan."""
        self.doing, self.ended = doing, 0
        self.method = ActKind.SET.method if doing is Doing.UNDO else ""
        self.expected = len(self.done) if doing is Doing.UNDO else self.open
        self.begun = self.begun or doing is not Doing.TRY
        self.shown.clear()
        if doing is not Doing.TRY:
            self.shown.update(self._known)

    def take(self, result: Result) -> None:
        """Take what came of an act; one that could not be taken back stays done."""
        self.ended += 1
        self.method = result.act.kind.method
        self.shown[result.act.number] = result
        if self.doing is Doing.RUN or result.outcome is Outcome.UNDONE:
            if before := self._known.get(result.act.number):
                self._outcomes[self._kept(before)] -= 1
            self._known[result.act.number] = result
            self._outcomes[self._kept(result)] += 1

    def _is_open(self, act: Act) -> bool:
        known = self._known.get(act.number)
        return known is None or known.outcome is Outcome.FAILED

    @staticmethod
    def _kept(result: Result) -> tuple[Outcome, bool]:
        """Give what is counted of a result: what came of it, and whether it is a deletion, which is for good."""
        return result.outcome, result.outcome is Outcome.DONE and result.act.kind is ActKind.DELETE
