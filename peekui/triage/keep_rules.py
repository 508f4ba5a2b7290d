"""Which copy of a file stays: ordered criteria, each deciding among those the ones before left equal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from peekui.triage.duplicates import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from peekui.filters.nodes import JsonValue
    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.rows import Row

__all__ = [
    "Criterion",
    "Effect",
    "KeepRule",
    "Scores",
    "Verdict",
    "decide",
    "effect",
    "file_name",
    "total_effect",
    "without_known_features",
]


class Criterion(StrEnum):
    """Something to prefer one copy to another for.

    All but the last can be told from the rows. No field of an asset says whether it has features (mixpeek-api.md,
    section 5): that is asked for, of the copies it would decide between (`without_known_features`), and until then
    it decides nothing.
    """

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


class Scores:
    """How good a copy is by each criterion; less is better, None is not known. Each is worked out once."""

    def __init__(self, group: DuplicateGroup, rule: KeepRule) -> None:
        """Take what to score by.

        Args:
            group: The copies.
            rule: For its collections.
        """
        self.group = group
        self.rule = rule
        self._kept: dict[tuple[Criterion, str], float | None] = {}

    def best(self, rows: Sequence[Row], criterion: Criterion) -> Sequence[Row]:
        """Give the best by a criterion; all where one of them is not known."""
        scores = [self._score(criterion, row) for row in rows]
        known = [score for score in scores if score is not None]
        if len(known) < len(rows):
            return rows
        best = min(known)
        return [row for row, score in zip(rows, known, strict=True) if score == best]

    def _score(self, criterion: Criterion, row: Row) -> float | None:
        key = (criterion, row.asset_id)
        if key not in self._kept:
            self._kept[key] = _SCORES[criterion](self, row)
        return self._kept[key]


_NEVER: Final = float("inf")


def _made(row: Row, *, sign: int) -> float:
    return sign * row.created.timestamp() if row.created else _NEVER


def _place(collections: Sequence[str], row: Row) -> int:
    return collections.index(row.collection) if row.collection in collections else len(collections)


def _said(value: JsonValue) -> int:
    """Count the fields that say something; in a list, those of its fullest element."""
    if isinstance(value, dict):
        return sum(map(_said, value.values()))
    if isinstance(value, list):
        return max(map(_said, value), default=0)
    return value is not None and value != ""


_SCORES: Final[Mapping[Criterion, Callable[[Scores, Row], float | None]]] = {
    Criterion.ORIGINAL: lambda scores, row: row.asset_id != scores.group.original,
    Criterion.DONE: lambda _, row: not row.done,
    Criterion.COLLECTIONS: lambda scores, row: _place(scores.rule.collections, row),
    Criterion.PROTECTED: lambda scores, row: not row.protected_by(scores.rule.protected),
    Criterion.OLDEST: lambda _, row: _made(row, sign=1),
    Criterion.NEWEST: lambda _, row: _made(row, sign=-1),
    Criterion.MOST_METADATA: lambda _, row: -_said(row.metadata),
    Criterion.SHORTEST_NAME: lambda _, row: len(file_name(row)),
    Criterion.LONGEST_NAME: lambda _, row: -len(file_name(row)),
    Criterion.HAS_FEATURES: lambda _, row: None if row.featured is None else not row.featured,
}


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
        scores: Of the group, where they are at hand.
    """
    scores = scores or Scores(group, rule)
    keepers: list[str] = []
    drop: list[Row] = []
    why: set[Criterion] = set()
    tied = False
    for copies in group.contents.values():
        best, told = _best(copies, rule.criteria, scores)
        why |= told
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


def _best(copies: Sequence[Row], criteria: Iterable[Criterion], scores: Scores) -> tuple[Sequence[Row], set[Criterion]]:
    """Give the copies that are equal by all criteria, and the criteria that made a difference."""
    told: set[Criterion] = set()
    for criterion in criteria:
        if len(copies) == 1:
            break
        left = scores.best(copies, criterion)
        if len(left) < len(copies):
            told.add(criterion)
        copies = left
    return copies, told


def without_known_features(groups: Iterable[DuplicateGroup], rule: KeepRule) -> list[Row]:
    """Give the copies a rule would choose among by their features, if it were known which have any.

    Those are the copies that the criteria before `has features` leave equal: no others have to be asked about.
    """
    if Criterion.HAS_FEATURES not in rule.criteria:
        return []
    before = rule.criteria[: rule.criteria.index(Criterion.HAS_FEATURES)]
    wanted: list[Row] = []
    for group in groups:
        scores = Scores(group, rule)
        for copies in group.contents.values():
            equal, _ = _best(copies, before, scores)
            if len(equal) > 1:
                wanted += [row for row in equal if row.featured is None]
    return wanted


def effect(groups: Iterable[DuplicateGroup], rule: KeepRule) -> Effect:
    """Say what a rule would do."""
    return total_effect(decide(group, rule) for group in groups)


def total_effect(verdicts: Iterable[Verdict]) -> Effect:
    """Add up what a rule makes of groups."""
    decided = tied = drops = spare_bytes = 0
    for verdict in verdicts:
        if verdict.tied:
            tied += 1
        else:
            decided += 1
            drops += len(verdict.drop)
            spare_bytes += verdict.spare_bytes
    return Effect(decided, tied, drops, spare_bytes)
