"""Failed assets in groups: by cause, collection, modality, type of error or day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from peekui.triage.error_text import read_error
from peekui.triage.signature import signature_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from peekui.triage.rows import Row

__all__ = ["UNSAID", "Axis", "FailureGroup", "group_failures"]

UNSAID: Final = "not said"
"""Key of the group of rows that say nothing on an axis."""


class Axis(StrEnum):
    """What failures are grouped by."""

    SIGNATURE = "signature"
    COLLECTION = "collection"
    MODALITY = "modality"
    TYPE = "type"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Failures that have something in common.

    Attributes:
        key: What that is: a signature, a collection's id, a modality, a type of error, or a day such as `2026-01-31`.
        count: How many they are.
        share: Of all failures that were grouped, from 0 to 1.
        asset_ids: Who they are, in the order they were read.
        modalities: How many of each modality, most first; `UNSAID` for none.
        collections: The same by collection.
        signatures: The same by signature.
        first_seen: When the first of them came to be as it is; None where no row says.
        last_seen: The same of the last.
        sample_id: The newest of them.
        sample: Its error in words, unmasked.
    """

    key: str
    count: int
    share: float
    asset_ids: tuple[str, ...]
    modalities: Mapping[str, int]
    collections: Mapping[str, int]
    signatures: Mapping[str, int]
    first_seen: datetime | None
    last_seen: datetime | None
    sample_id: str
    sample: str


@dataclass(slots=True)
class _Gathered:
    rows: list[Row] = field(default_factory=list)
    signatures: Counter[str] = field(default_factory=Counter)


def group_failures(rows: Iterable[Row], axis: Axis = Axis.SIGNATURE) -> list[FailureGroup]:
    """Group rows, those that did not fail left out.

    Args:
        rows: Any.
        axis: What to group by. Days are of UTC.

    Returns:
        The groups, largest first, those of one size by key; days the newest first.
    """
    key_of = _KEYS[axis]
    gathered: dict[str, _Gathered] = {}
    total = 0
    for row in rows:
        if not row.failed:
            continue
        error = read_error(row.error)
        cause = signature_of(error)
        key = cause if axis is Axis.SIGNATURE else key_of(row) if key_of else error.type
        group = gathered.setdefault(key or UNSAID, _Gathered())
        group.rows.append(row)
        group.signatures[cause] += 1
        total += 1
    groups = [_group(key, group, total) for key, group in gathered.items()]
    if axis is Axis.DAY:
        return sorted(groups, key=lambda group: (group.key != UNSAID, group.key), reverse=True)
    return sorted(groups, key=lambda group: (-group.count, group.key))


def _day(row: Row) -> str:
    return row.seen.astimezone(UTC).date().isoformat() if row.seen else ""


_KEYS: Final[Mapping[Axis, Callable[[Row], str] | None]] = {
    Axis.SIGNATURE: None,
    Axis.COLLECTION: lambda row: row.collection,
    Axis.MODALITY: lambda row: row.modality,
    Axis.TYPE: None,
    Axis.DAY: _day,
}
"""Key of a row on each axis; None for those that are read from its error."""


def _group(key: str, gathered: _Gathered, total: int) -> FailureGroup:
    rows = gathered.rows
    moments = [row.seen for row in rows if row.seen]
    newest = max(rows, key=lambda row: row.seen or _LONG_AGO)
    return FailureGroup(
        key=key,
        count=len(rows),
        share=len(rows) / total,
        asset_ids=tuple(row.asset_id for row in rows),
        modalities=_counts(row.modality for row in rows),
        collections=_counts(row.collection for row in rows),
        signatures=dict(gathered.signatures.most_common()),
        first_seen=min(moments, default=None),
        last_seen=max(moments, default=None),
        sample_id=newest.asset_id,
        sample=str(read_error(newest.error)),
    )


_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(value or UNSAID for value in values).most_common())
