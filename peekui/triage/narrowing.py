"""A filter for just the assets of a group of failures, as far as the API can say it (mixpeek-api.md, section 6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from peekui.browse.filter_parts import FAILED
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.triage.error_text import read_error
from peekui.triage.excluding import exclude
from peekui.triage.failures import UNSAID, Axis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from peekui.filters.nodes import JsonValue, Node
    from peekui.triage.failures import FailureGroup
    from peekui.triage.rows import Row

__all__ = ["narrow"]

_MOST_IDS: Final = 200
"""Ids named one by one; a filter with more is longer than anybody reads, and than some servers take."""


def narrow(group: FailureGroup, axis: Axis, rows: Iterable[Row]) -> Group | None:
    """Give the filter that only the assets of a group pass.

    Of what the group has in common where that can be said, so that assets which were not read pass too; else by id.

    Args:
        group: Which.
        axis: What was grouped by.
        rows: All that were read.

    Returns:
        A filter, or None where they have nothing in common that can be said and are too many to be named.
    """
    wanted = set(group.asset_ids)
    members = [row for row in rows if row.asset_id in wanted]
    common = None if group.key == UNSAID else _COMMON[axis](group.key, members)
    if common:
        return Group(Kind.AND, (FAILED, *common))
    if group.count > _MOST_IDS:
        return None
    ids: list[JsonValue] = list(group.asset_ids)
    return Group(Kind.AND, (Condition("asset_id", Operator.IN, ids),))


def _by_signature(cause: str, members: Sequence[Row]) -> tuple[Node, ...] | None:
    exclusion = exclude(members, cause)
    if exclusion is None or exclusion.also or exclusion.left_out < exclusion.of:
        return None
    return (Group(Kind.OR, exclusion.node.children),)


def _by_type(kind: str, members: Sequence[Row]) -> tuple[Node, ...] | None:
    keys = {read_error(row.error).type_key for row in members}
    if not all(keys):
        return None
    return (Group(Kind.OR, tuple(Condition(key, Operator.EQ, kind) for key in sorted(keys))),)


def _by_day(day: str, members: Sequence[Row]) -> tuple[Node, ...] | None:
    if not all(row.updated for row in members):
        return None
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    end = start + timedelta(days=1)
    return (
        Condition("updated_at", Operator.GTE, start.isoformat()),
        Condition("updated_at", Operator.LT, end.isoformat()),
    )


_COMMON: Final[Mapping[Axis, Callable[[str, Sequence[Row]], tuple[Node, ...] | None]]] = {
    Axis.SIGNATURE: _by_signature,
    Axis.COLLECTION: lambda key, _: (Condition("collection_id", Operator.EQ, key),),
    Axis.MODALITY: lambda key, _: (Condition("modality", Operator.EQ, key),),
    Axis.TYPE: _by_type,
    Axis.DAY: _by_day,
}
"""What the assets of a group have in common, on each axis; None where it cannot be said."""
