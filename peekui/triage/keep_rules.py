"""Which copy of a file stays: ordered criteria, each deciding among those the ones before left equal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from peekui.triage.duplicates import in_order
from peekui.triage.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.rows import Row

__all__ = ["Criterion", "Effect", "KeepRule", "Scores", "Verdict", "decide", "effect", "file_name"]


class Criterion(StrEnum):
    """Something to prefer one copy to another for."""

    ORIGINAL = "original"
    DONE = "done"
    COLLECTIONS = "collection order"
    PROTECTED = "protected"
    OLDEST = "oldest"
    NEWEST = "newest"
    MOST_METADATA = "most metadata"
    SHORTEST_NAME = "shortest name"
    LONGEST_NAME = "longest name"
    HAS_FEATURES = "has features"


@dataclass(frozen=True, slots=True)
class KeepRule:
    """A rule for keeping.

    Attributes:
        criteria: What to go by, the most important first.
        collections: Ids, the most wanted first, for `Criterion.COLLECTIONS`; one that is not named comes last.
        protected: Ids of collections of which nothing is ever dropped, whatever the criteria say.
    """

    criteria: tuple[Criterion, ...] = (Criterion.ORIGINAL, Criterion.DONE, Criterion.MOST_METADATA)
    collections: tuple[str, ...] = ()
    protected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule makes of a group.

    Attributes:
        keepers: The best copy of each content.
        drop: What can go; never the last copy of a content, nothing without a hash, nothing protected.
        why: The criteria that made a difference, in their order.
        tied: Whether another copy is as good as a keeper by all criteria; then the oldest was taken.
        spare_bytes: Bytes of what can go, as far as sizes were said.
    """

    keepers: tuple[str, ...]
    drop: tuple[str, ...]
    why: tuple[Criterion, ...]
    tied: bool
    spare_bytes: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does to groups, to be shown before it is used.

    Attributes:
        decided: Groups in which it wins without a tie.
        tied: Groups in which it does not.
        drops: Assets that go in the decided groups.
        spare_bytes: Their bytes.
    """

    decided: int
    tied: int
    drops: int
    spare_bytes: int


_MISSING: Final = float("inf")


class Scores:
    """How good a copy is by each criterion; less is better. Each is worked out once."""

    def __init__(self, group: DuplicateGroup, rule: KeepRule, features: Mapping[str, int] | None = None) -> None:
        """Take what to score by.

        Args:
            group: The copies.
            rule: For its collections.
            features: How many features an asset has, by id, as far as they were asked for.
        """
        order = {key: place for place, key in enumerate(rule.collections)}
        self._features = features or {}
        self._kept: dict[tuple[Criterion, str], float | None] = {}
        self._by: dict[Criterion, Callable[[Row], float | None]] = {
            Criterion.ORIGINAL: lambda row: row.asset_id != group.original,
            Criterion.DONE: lambda row: not row.done,
            Criterion.COLLECTIONS: lambda row: order.get(row.collection, len(order)),
            Criterion.PROTECTED: lambda row: not row.protected_by(rule.protected),
            Criterion.OLDEST: lambda row: row.created.timestamp() if row.created else _MISSING,
            Criterion.NEWEST: lambda row: -row.created.timestamp() if row.created else _MISSING,
            Criterion.MOST_METADATA: lambda row: -len(fields_of(row)),
            Criterion.SHORTEST_NAME: lambda row: len(file_name(row)),
            Criterion.LONGEST_NAME: lambda row: -len(file_name(row)),
            Criterion.HAS_FEATURES: self._has_features,
        }

    def best(self, rows: Sequence[Row], criterion: Criterion) -> list[Row]:
        """Give the best by a criterion; all where one of them is not known."""
        scores = [self._score(criterion, row) for row in rows]
        known = [score for score in scores if score is not None]
        if len(known) < len(rows):
            return list(rows)
        best = min(known)
        return [row for row, score in zip(rows, known, strict=True) if score == best]

    def _score(self, criterion: Criterion, row: Row) -> float | None:
        key = (criterion, row.asset_id)
        if key not in self._kept:
            self._kept[key] = self._by[criterion](row)
        return self._kept[key]

    def _has_features(self, row: Row) -> float | None:
        count = self._features.get(row.asset_id)
        return None if count is None else not count


def file_name(row: Row) -> str:
    """Give the name of an asset's file, else its title."""
    metadata = row.metadata
    names = (metadata.get(key) for key in ("file_name", "filename", "name"))
    return next((name for name in names if isinstance(name, str) and name), row.title)


def decide(group: DuplicateGroup, rule: KeepRule, scores: Scores | None = None) -> Verdict:
    """Say which copies stay: of each content the best, and everything that is protected or has no hash.

    Args:
        group: The copies.
        rule: What to go by.
        scores: Of the group, where they are at hand or features are known.
    """
    scores = scores or Scores(group, rule)
    keepers: list[str] = []
    drop: list[Row] = []
    why: dict[Criterion, None] = {}
    tied = False
    for copies in group.contents.values():
        best: Sequence[Row] = copies
        for criterion in rule.criteria:
            left = scores.best(best, criterion)
            if len(left) < len(best):
                why[criterion] = None
            best = left
        tied = tied or len(best) > 1
        keeper = in_order(best)[0]
        keepers.append(keeper.asset_id)
        drop += [row for row in copies if row is not keeper and not row.protected_by(rule.protected)]
    return Verdict(
        keepers=tuple(keepers),
        drop=tuple(row.asset_id for row in drop),
        why=tuple(criterion for criterion in rule.criteria if criterion in why),
        tied=tied,
        spare_bytes=sum(row.size or 0 for row in drop),
    )


def effect(groups: Iterable[DuplicateGroup], rule: KeepRule) -> Effect:
    """Say what a rule would do."""
    verdicts = [decide(group, rule) for group in groups]
    decided = [verdict for verdict in verdicts if not verdict.tied]
    return Effect(
        decided=len(decided),
        tied=len(verdicts) - len(decided),
        drops=sum(len(verdict.drop) for verdict in decided),
        spare_bytes=sum(verdict.spare_bytes for verdict in decided),
    )
