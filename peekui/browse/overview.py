"""What makes up some collections: how many assets of each status and type, each number one small call.

The API has no call that counts by a field (mixpeek-api.md, section 5): each number is the total of a page of one row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from peekui.filters.nodes import Condition, Group, Kind, Operator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.browse.query import AssetQuery

__all__ = ["Aspect", "Part", "parts_of"]


class Aspect(StrEnum):
    """What assets are counted by; the value is the field."""

    STATUS = "status"
    MODALITY = "modality"


_KNOWN = {
    Aspect.STATUS: ("DONE", "FAILED", "PROCESSING"),
    Aspect.MODALITY: ("image", "video", "audio", "text"),
}
"""Values that occur in any library (section 5)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Assets that have one value.

    Attributes:
        aspect: The field.
        value: What it says.
        query: Asks for them.
    """

    aspect: Aspect
    value: str
    query: AssetQuery


def parts_of(query: AssetQuery, seen: Iterable[tuple[Aspect, str]] = ()) -> tuple[Part, ...]:
    """Name the parts of what a query asks for.

    Args:
        query: What is on show.
        seen: Values met in its rows: status is free text, so there may be more than those known.

    Returns:
        One part for each value, in any case once; the known ones first.
    """
    parts: dict[tuple[Aspect, str], Part] = {}
    known = ((aspect, value) for aspect, values in _KNOWN.items() for value in values)
    for aspect, value in (*known, *seen):
        condition = Condition(aspect.value, Operator.EQ, value)
        children = (condition,) if query.filter is None else (query.filter, condition)
        part = Part(aspect, value, replace(query, filter=Group(Kind.AND, children), sort=None, select=("asset_id",)))
        parts.setdefault((aspect, value.casefold()), part)
    return tuple(sorted(parts.values(), key=lambda part: list(Aspect).index(part.aspect)))
