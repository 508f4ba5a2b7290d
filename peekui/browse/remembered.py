"""A place as it is remembered: what of it may still be there at the next start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peekui.browse.filter_parts import FAILED
from peekui.browse.query import Sort
from peekui.filters.expression.parse import ParseError, parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.nodes import Group, Kind

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["RememberedPlace"]

_MOST_COLLECTIONS = 1000
_LONGEST_WORDS = 1000
_LONGEST_FILTER = 100_000
"""Characters of a filter's expression; a longer one, of which a part would say something else, is not kept."""


@dataclass(frozen=True, slots=True)
class RememberedPlace:
    """Where the user was.

    Attributes:
        namespace: Id or name, None where the key has only one.
        collections: Keys of the chosen ones; empty means all.
        words: Search text.
        filter: Condition tree; None for none.
        sort: Order of the rows; None is the service's own.
        lost: Why the filter that was kept cannot be read, as one sentence; empty where nothing was lost.
    """

    namespace: str | None = None
    collections: tuple[str, ...] = ()
    words: str = ""
    filter: Group | None = None
    sort: Sort | None = None
    lost: str = field(default="", compare=False)

    def to_json(self) -> dict[str, JsonValue]:
        """Give plain JSON to keep, its length bounded.

        The filter is kept as an expression: the API's JSON would lose what is muted and what is relative to now.
        """
        expression = to_expression(self.filter) if self.filter else ""
        return {
            "namespace": self.namespace,
            "collections": list(self.collections[:_MOST_COLLECTIONS]),
            "words": self.words[:_LONGEST_WORDS],
            "filter": expression if len(expression) <= _LONGEST_FILTER else "",
            "sort": None if self.sort is None else {"field": self.sort.field, "descending": self.sort.descending},
        }

    @classmethod
    def from_json(cls, kept: object) -> RememberedPlace | None:
        """Read what was kept; None where it makes no sense. A filter alone that makes none is lost alone."""
        match kept:
            case {
                "namespace": None | str() as namespace,
                "collections": [*collections],
                "words": str(words),
                "sort": sort,
            } if all(isinstance(key, str) for key in collections):
                found, lost = _read_filter(kept)
                return cls(namespace, tuple(collections), words, found, _read_sort(sort), lost)
        return None


def _read_filter(kept: object) -> tuple[Group | None, str]:
    match kept:
        case {"filter": str(expression)}:
            return _parse(expression)
        case {"failed_only": True}:  # an earlier peekui knew no other filter
            return Group(Kind.AND, (FAILED,)), ""
    return None, ""


def _parse(expression: str) -> tuple[Group | None, str]:
    if not expression:  # the parser is not imported for nothing
        return None, ""
    try:
        return parse(expression), ""
    except ParseError as error:
        return None, f"The filter of the last time cannot be read and was dropped: {error}."


def _read_sort(kept: object) -> Sort | None:
    match kept:
        case {"field": str(path), "descending": bool(descending)}:
            return Sort(path, descending)
    return None
