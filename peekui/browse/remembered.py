"""A place as it is remembered: what of it may still be there at the next start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peekui.browse.filter_parts import FAILED
from peekui.browse.query import EVERYWHERE, Sort, TextQuery
from peekui.filters.expression.parse import ParseError, parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.nodes import Group, Kind

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["RememberedPlace"]

_MOST_COLLECTIONS = 1000
_MOST_FIELDS = 1000
_LONGEST_WORDS = 1000
_LONGEST_FILTER = 100_000
"""Characters of a filter's expression; a longer one, of which a part would say something else, is not kept."""


@dataclass(frozen=True, slots=True)
class RememberedPlace:
    """Where the user was.

    Attributes:
        namespace: Id or name, None where the key has only one.
        collections: Keys of the chosen ones; empty means all.
        text: Words to look for; None for none.
        filter: Condition tree; None for none.
        sort: Order of the rows; None is the service's own.
        select: Dotted fields to fetch; None is all of them.
        page_size: Rows to ask for at a time; None leaves it to whoever asks.
        lost: Why the filter that was kept cannot be read, as one sentence; empty where nothing was lost.
    """

    namespace: str | None = None
    collections: tuple[str, ...] = ()
    text: TextQuery | None = None
    filter: Group | None = None
    sort: Sort | None = None
    select: tuple[str, ...] | None = None
    page_size: int | None = None
    lost: str = field(default="", compare=False)

    def to_json(self) -> dict[str, JsonValue]:
        """Give plain JSON to keep, its length bounded.

        The filter is kept as an expression: the API's JSON would lose what is muted and what is relative to now.
        """
        expression = to_expression(self.filter) if self.filter else ""
        return {
            "namespace": self.namespace,
            "collections": list(self.collections[:_MOST_COLLECTIONS]),
            "text": None if self.text is None else _text_json(self.text),
            "filter": expression if len(expression) <= _LONGEST_FILTER else "",
            "sort": None if self.sort is None else {"field": self.sort.field, "descending": self.sort.descending},
            "select": None if self.select is None else list(self.select[:_MOST_FIELDS]),
            "page_size": self.page_size,
        }

    @classmethod
    def from_json(cls, kept: object) -> RememberedPlace | None:
        """Read what was kept; None where it makes no sense. A filter alone that makes none is lost alone."""
        match kept:
            case {
                "namespace": None | str() as namespace,
                "collections": [*collections],
                "sort": sort,
                **rest,
            } if _are_texts(collections):
                found, lost = _read_filter(kept)
                return cls(
                    namespace,
                    tuple(collections),
                    _read_text(kept),
                    found,
                    _read_sort(sort),
                    _read_fields(rest.get("select")),
                    _read_size(rest.get("page_size")),
                    lost,
                )
        return None


def _text_json(text: TextQuery) -> JsonValue:
    return {"value": text.value[:_LONGEST_WORDS], "keys": list(text.keys[:_MOST_FIELDS])}


def _read_text(kept: object) -> TextQuery | None:
    match kept:
        case {"text": {"value": str(value), "keys": keys}}:
            return TextQuery(value, _read_fields(keys) or EVERYWHERE)
        case {"words": str(words)} if words:  # an earlier peekui looked in all fields
            return TextQuery(words)
    return None


def _read_fields(kept: object) -> tuple[str, ...] | None:
    return tuple(kept) if isinstance(kept, list) and kept and _are_texts(kept) else None


def _read_size(kept: object) -> int | None:
    return kept if isinstance(kept, int) and not isinstance(kept, bool) and kept > 0 else None


def _are_texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


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
