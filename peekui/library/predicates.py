"""What an operator and a value ask of one key (keys.py), as SQL on a column that holds keys."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from peekui.filters.nodes import Operator
from peekui.library.keys import END, NULL, TEXT, encode, folded, instant, written
from peekui.library.sql import NOTHING, Sql, any_of
from peekui.library.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.filters.nodes import JsonScalar, JsonValue
    from peekui.library.keys import Key

__all__ = ["BadValue", "is_null", "predicate"]

AFTER_END: Final = "\x02"
_MANY = 100
"""Values in a list above which they are bound as one JSON array: SQL has room for only so many question marks."""
_COMPARED = {Operator.GT: ">", Operator.GTE: ">=", Operator.LT: "<", Operator.LTE: "<="}


class BadValue(ValueError):
    """An operator cannot be used with such a value; the text is the reason."""


def predicate(operator: Operator, value: JsonValue, *, case_sensitive: bool) -> Callable[[str], Sql]:
    """Compile an operator that compares with a value.

    Args:
        operator: Any but `ne`, `nin`, `exists` and `is_null`, which are the opposite of others, or ask for no value.
        value: As in the request.
        case_sensitive: How text compares.

    Returns:
        A function from the name of a column of keys to the condition.

    Raises:
        BadValue: The operator cannot be used with the value.
    """
    match operator:
        case Operator.EQ:
            scalar = _scalar(operator, value)
            return lambda column: _equal(column, [scalar], case_sensitive=case_sensitive)
        case Operator.IN:
            if not isinstance(value, list):
                raise BadValue(f"{operator} takes a list")
            scalars = [_scalar(operator, item) for item in value]
            return lambda column: _equal(column, scalars, case_sensitive=case_sensitive)
        case Operator.TEXT:
            if not isinstance(value, str):
                raise BadValue(f"{operator} takes a string")
            term = visible(value)
            return lambda column: Sql(f"has_words({column}, ?)", (term,))
        case Operator.GT | Operator.GTE | Operator.LT | Operator.LTE:
            return _order(operator, value, case_sensitive=case_sensitive)
        case _:
            raise BadValue(f"{operator} does not compare values")


def is_null(column: str) -> Sql:
    """Give the condition for an explicit null."""
    return Sql(f"{column} = ?", (NULL,))


def _scalar(operator: Operator, value: JsonValue) -> JsonScalar:
    if isinstance(value, (list, dict)):
        kind = "a list" if isinstance(value, list) else "an object"
        raise BadValue(f"{operator} compares with a string, number, boolean or null, not with {kind}")
    return value


def _equal(column: str, values: list[JsonScalar], *, case_sensitive: bool) -> Sql:
    keys: list[Key] = []
    starts: list[str] = []
    for value in values:
        # Texts that differ in case, and instants that are written differently, share what stands before END.
        if isinstance(value, str) and (instant(value) is not None or not case_sensitive):
            starts.append(_start(value))
        else:
            keys.append(encode(value))
    return any_of((_among(column, keys), _beginning(column, starts)))


def _among(column: str, keys: list[Key]) -> Sql:
    if not keys:
        return NOTHING
    if len(keys) > _MANY:
        return Sql(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(keys, ensure_ascii=False),))
    return Sql(f"{column} IN ({', '.join('?' * len(keys))})", tuple(keys))


def _beginning(column: str, starts: list[str]) -> Sql:
    if len(starts) > _MANY:
        beginning = f"substr({column}, 1, instr({column}, char(1)) - 1)"
        return Sql(f"{beginning} IN (SELECT value FROM json_each(?))", (json.dumps(starts, ensure_ascii=False),))
    return any_of(Sql(f"({column} >= ? AND {column} < ?)", (start + END, start + AFTER_END)) for start in starts)


def _start(text: str) -> str:
    return instant(text) or TEXT + folded(text)


def _order(operator: Operator, value: JsonValue, *, case_sensitive: bool) -> Callable[[str], Sql]:
    sign = _COMPARED[operator]
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise BadValue(f"{operator} compares with a number or a string")
    if not isinstance(value, str):
        key = encode(value)
        # Numbers sort before all text.
        return lambda column: Sql(f"({column} {sign} ? AND {column} < '')", (key,))
    moment = instant(value)
    if moment is None and case_sensitive:
        return _order_as_written(sign, value)
    start = moment or TEXT + folded(value)
    tag = start[0]
    if operator in {Operator.GT, Operator.GTE}:
        first = start + (AFTER_END if operator is Operator.GT else END)
        return lambda column: Sql(f"({column} >= ? AND {column} < ?)", (first, chr(ord(tag) + 1)))
    end = start + (END if operator is Operator.LT else AFTER_END)
    return lambda column: Sql(f"({column} >= ? AND {column} < ?)", (tag, end))


def _order_as_written(sign: str, value: str) -> Callable[[str], Sql]:
    def compile_for(column: str) -> Sql:
        end = f"instr({column}, char(1))"
        as_written = (
            f"CASE WHEN {end} = length({column}) THEN substr({column}, 2, {end} - 2)"
            f" ELSE substr({column}, {end} + 1) END"
        )
        return Sql(f"({column} >= ? AND {column} < ? AND {as_written} {sign} ?)", (TEXT, "t", written(value)))

    return compile_for
