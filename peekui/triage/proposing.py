"""The rule behind somebody's choices: the shortest that would have kept the same copies."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import permutations
from typing import TYPE_CHECKING, Final

from peekui.triage.keep_rules import Criterion, KeepRule, Scores, decide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from peekui.triage.duplicates import DuplicateGroup

__all__ = ["Proposal", "propose"]

_LOOKED_AT: Final = 100
"""Choices, the newest; a habit shows in fewer."""
_LONGEST: Final = 3
"""Criteria in a rule: with more, any choices can be explained."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that fits choices.

    Attributes:
        rule: The rule.
        same: Choices that it reproduces.
        of: Choices it was held against.
    """

    rule: KeepRule
    same: int
    of: int


def propose(
    choices: Sequence[tuple[DuplicateGroup, frozenset[str]]], protected: frozenset[str] = frozenset()
) -> Proposal | None:
    """Find the rule that reproduces most choices without a tie, of equals the shortest.

    Args:
        choices: Groups with the ids that were kept; only those in which one copy of each content stayed say anything.
        protected: Collections of which nothing is dropped; they are no matter of choice.

    Returns:
        The rule, or None where no rule reproduces even one choice.
    """
    telling = [(group, keep) for group, keep in choices if _keeps_one_each(group, keep, protected)][-_LOOKED_AT:]
    order = _collection_order(telling)
    base = KeepRule((), order, protected)
    scored = [(group, keep, Scores(group, base)) for group, keep in telling]
    best: Proposal | None = None
    for criteria in _candidates(with_collections=bool(order)):
        rule = KeepRule(criteria, order if Criterion.COLLECTIONS in criteria else (), protected)
        same = sum(_reproduces(group, keep, rule, scores) for group, keep, scores in scored)
        if same > (best.same if best else 0):
            best = Proposal(rule, same, len(telling))
        if best and best.same == len(telling):
            return best
    return best


def _keeps_one_each(group: DuplicateGroup, keep: frozenset[str], protected: frozenset[str]) -> bool:
    free = [[row for row in rows if not row.protected_by(protected)] for rows in group.contents.values()]
    return any(len(rows) > 1 for rows in group.contents.values()) and all(
        sum(row.asset_id in keep for row in rows) <= 1 for rows in free
    )


def _candidates(*, with_collections: bool) -> Iterator[tuple[Criterion, ...]]:
    # What was never asked for (features) and what is no choice (protection) explains nothing.
    left_out = {Criterion.HAS_FEATURES, Criterion.PROTECTED}
    if not with_collections:
        left_out.add(Criterion.COLLECTIONS)
    usable = [criterion for criterion in Criterion if criterion not in left_out]
    for length in range(1, _LONGEST + 1):
        yield from permutations(usable, length)


def _reproduces(group: DuplicateGroup, keep: frozenset[str], rule: KeepRule, scores: Scores) -> bool:
    verdict = decide(group, rule, scores)
    return not verdict.tied and {row.asset_id for row in group.members} - set(verdict.drop) == keep


def _collection_order(choices: Iterable[tuple[DuplicateGroup, frozenset[str]]]) -> tuple[str, ...]:
    """Give the order of collections that the choices imply; none where they contradict each other."""
    wanted: TopologicalSorter[str] = TopologicalSorter()
    for group, keep in choices:
        for rows in group.contents.values():
            kept = {row.collection for row in rows if row.asset_id in keep}
            for collection in {row.collection for row in rows} - kept:
                wanted.add(collection, *kept)
    try:
        return tuple(wanted.static_order())
    except CycleError:
        return ()
