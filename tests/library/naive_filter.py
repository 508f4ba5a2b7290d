"""Section 6 of mixpeek-api.md read word for word, over one document: what the SQL is held against."""

# ruff: noqa: ANN401 - JSON can be anything

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from peekui.filters.nodes import Condition, Group, Kind, Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["matches", "sort_key"]

_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.IGNORECASE,
)


def matches(group: Group, document: dict[str, Any]) -> bool:
    """Tell whether a document matches a filter; case-insensitive unless it says otherwise."""
    return _group(group, document, case_sensitive=False)


def _group(group: Group, document: dict[str, Any], *, case_sensitive: bool) -> bool:
    inherited = case_sensitive if group.case_sensitive is None else group.case_sensitive
    answers = [
        _group(child, document, case_sensitive=inherited)
        if isinstance(child, Group)
        else _condition(child, document, case_sensitive=inherited)
        for child in group.children
    ]
    match group.kind:
        case _ if not answers:
            return True
        case Kind.AND:
            return all(answers)
        case Kind.OR:
            return any(answers)
        case Kind.NOR:
            return not any(answers)


def _condition(  # noqa: PLR0911 - one line an operator
    condition: Condition, document: dict[str, Any], *, case_sensitive: bool
) -> bool:
    found = list(_reach(document, condition.key.replace("[]", "").split(".")))
    items = list(_elements(found))
    value: Any = condition.value
    match condition.operator:
        case Operator.EXISTS:
            return bool(found) is value
        case Operator.IS_NULL:
            return (not found or None in items) is value
        case Operator.NE:
            return not any(_equal(item, value, case_sensitive=case_sensitive) for item in items)
        case Operator.NIN:
            return not any(_equal(item, one, case_sensitive=case_sensitive) for item in items for one in value)
        case Operator.EQ:
            return any(_equal(item, value, case_sensitive=case_sensitive) for item in items)
        case Operator.IN:
            return any(_equal(item, one, case_sensitive=case_sensitive) for item in items for one in value)
        case Operator.TEXT:
            return any(_has_words(item, value) for item in items)
        case operator:
            return any(_ordered(item, operator, value, case_sensitive=case_sensitive) for item in items)


def _reach(value: Any, names: list[str]) -> Iterator[Any]:
    if not names:
        yield value
    elif isinstance(value, dict):
        if names[0] in value:
            yield from _reach(value[names[0]], names[1:])
    elif isinstance(value, list):
        for item in value:
            yield from _reach(item, names)


def _elements(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _elements(value)
        else:
            yield value


def _comparable(value: Any, *, case_sensitive: bool) -> tuple[str, Any]:
    """Give a value's type and what to compare within that type."""
    match value:
        case bool():
            return "boolean", value
        case int() | float():
            return "number", value
        case str():
            if (moment := _instant(value)) is not None:
                return "instant", moment
            return "text", value if case_sensitive else value.casefold()
        case None:
            return "null", None
        case _:
            return "object", id(value)


def _equal(item: Any, value: Any, *, case_sensitive: bool) -> bool:
    return _comparable(item, case_sensitive=case_sensitive) == _comparable(value, case_sensitive=case_sensitive)


def _ordered(item: Any, operator: Operator, value: Any, *, case_sensitive: bool) -> bool:
    kind, left = _comparable(item, case_sensitive=case_sensitive)
    other, right = _comparable(value, case_sensitive=case_sensitive)
    if kind != other or kind in {"boolean", "null", "object"}:
        return False
    return bool(
        {
            Operator.GT: left > right,
            Operator.GTE: left >= right,
            Operator.LT: left < right,
            Operator.LTE: left <= right,
        }[operator]
    )


def _instant(text: str) -> datetime | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _has_words(item: Any, term: str) -> bool:
    wanted = _words(term)
    return isinstance(item, str) and bool(wanted) and set(wanted) <= set(_words(item))


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain)


def sort_key(document: dict[str, Any], field: str) -> tuple[Any, ...] | None:
    """Give what a document sorts by, None for nothing: numbers, booleans, instants, text; a list by its least."""
    order = {"number": 0, "boolean": 1, "instant": 2, "text": 3}
    keys = []
    for item in _elements(list(_reach(document, field.replace("[]", "").split(".")))):
        kind, value = _comparable(item, case_sensitive=False)
        if kind in order:
            keys.append((order[kind], value))
    return min(keys, default=None)
