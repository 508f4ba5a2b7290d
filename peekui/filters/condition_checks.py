"""What can be wrong with one condition, given what is known of its field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.values import BadWord, key_text, read_word, value_text
from peekui.filters.moments import RelativeTime, instant
from peekui.filters.nodes import LIST_VALUED, ORDERING, VALUELESS, Condition, Operator
from peekui.filters.problems import Problem, Trouble, muting, replacing
from peekui.filters.schema import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from peekui.filters.nodes import JsonValue, Value
    from peekui.filters.paths import Path
    from peekui.filters.schema import Field, Schema

__all__ = ["condition_problems"]

_NUMBERS: Final = frozenset({FieldType.INTEGER, FieldType.FLOAT})
_TEXTS: Final = frozenset({FieldType.KEYWORD, FieldType.TEXT, FieldType.UUID})
_WITH_LIST: Final = {Operator.EQ: Operator.IN, Operator.NE: Operator.NIN}
_EQUALITIES: Final = frozenset({*_WITH_LIST, *LIST_VALUED})


def condition_problems(condition: Condition, path: Path, schema: Schema, *, case_sensitive: bool) -> Iterator[Problem]:
    """Give the problems of a condition.

    Args:
        condition: One that is not muted.
        path: Where it is.
        schema: What is known of fields.
        case_sensitive: How text compares here.
    """
    field = schema.find(condition.key)
    if field is None:
        yield _unknown(condition, path, schema)
    elif not field.indexed:
        reason = f"the namespace has no index on {key_text(condition.key)}, so the service may find nothing by it"
        yield Problem(path, Trouble.NOT_INDEXED, reason, muting(path))
    if (shape := _bad_shape(condition, path)) is not None:
        yield shape
    elif field is not None:
        others = _bad_type(condition, path, field), _other_case(condition, path, field, case_sensitive=case_sensitive)
        yield from filter(None, others)


def _unknown(condition: Condition, path: Path, schema: Schema) -> Problem:
    reason = f"no index and no loaded row has {key_text(condition.key)}"
    near = schema.nearest(condition.key)
    if near is None:
        return Problem(path, Trouble.UNKNOWN_KEY, reason, muting(path))
    fix = replacing(path, replace(condition, key=near), f"use {key_text(near)}")
    return Problem(path, Trouble.UNKNOWN_KEY, f"{reason}; {key_text(near)} is close", fix)


def _bad_shape(condition: Condition, path: Path) -> Problem | None:
    """Find a value that the service refuses whatever the field (section 6)."""
    operator = condition.operator
    several = [item for item in condition.operands if isinstance(item, (list, dict))]
    if several and operator in LIST_VALUED:
        single = _with_operands(condition, [item for item in condition.operands if item not in several])
        reason, fix = f"the list of {operator} holds single values", replacing(path, single, "drop the others")
    elif operator in _WITH_LIST and isinstance(condition.value, list):
        among = replace(condition, operator=_WITH_LIST[operator])
        reason = f"{operator} compares with one value; a list is for {among.operator}"
        fix = replacing(path, among, f"use {among.operator}")
    elif several:
        reason, fix = f"{operator} compares with one value", muting(path)
    elif operator in ORDERING and (condition.value is None or isinstance(condition.value, bool)):
        reason, fix = f"{operator} compares with a number, a text or a date", muting(path)
    else:
        return None
    return Problem(path, Trouble.WRONG_TYPE, reason, fix)


def _bad_type(condition: Condition, path: Path, field: Field) -> Problem | None:
    """Find a value that can never be equal to, or in order with, one of the field's type."""
    operator, type_ = condition.operator, field.type
    if type_ is None or operator in VALUELESS:
        return None
    if operator is Operator.TEXT:
        if type_ in _TEXTS:
            return None
        reason = f"{key_text(condition.key)} is {_article(type_)}, which has no words to search"
        return Problem(path, Trouble.WRONG_TYPE, reason, muting(path))
    wrong = [item for item in condition.operands if not _fits(item, type_)]
    if not wrong:
        return None
    reason = f"{key_text(condition.key)} is {_article(type_)}, not {_said(wrong[0])}"
    mended = [item if _fits(item, type_) else _converted(item, type_) for item in condition.operands]
    if any(new is None and old is not None for new, old in zip(mended, condition.operands, strict=True)):
        return Problem(path, Trouble.WRONG_TYPE, reason, muting(path))
    better = _with_operands(condition, mended)
    title = f"use {value_text(condition.key, operator, better.value)}"
    return Problem(path, Trouble.WRONG_TYPE, reason, replacing(path, better, title))


def _other_case(condition: Condition, path: Path, field: Field, *, case_sensitive: bool) -> Problem | None:
    """Find a value that the data has in another case.

    Where case does not count this is said of the status alone: services differ in how they write it, and in whether
    they keep to section 6.
    """
    if condition.operator not in _EQUALITIES or not (case_sensitive or condition.key == "status"):
        return None
    seen = {item.casefold(): item for item in reversed(field.seen) if isinstance(item, str)}
    texts = [item for item in condition.operands if isinstance(item, str) and item not in field.seen]
    other = {text: seen[text.casefold()] for text in texts if text.casefold() in seen}
    if not other:
        return None
    mended = [other.get(item, item) if isinstance(item, str) else item for item in condition.operands]
    here, there = (", ".join(dict.fromkeys(map(_said, texts))) for texts in (other, other.values()))
    return Problem(
        path,
        Trouble.OTHER_CASE,
        f"the data says {there}, not {here}",
        replacing(path, _with_operands(condition, mended), f"use {there}", keeps_meaning=not case_sensitive),
    )


def _said(value: Value) -> str:
    return value_text("", Operator.EQ, value)


def _with_operands(condition: Condition, operands: Sequence[Value]) -> Condition:
    lasting = [item for item in operands if not isinstance(item, RelativeTime)]
    return replace(condition, value=lasting if condition.operator in LIST_VALUED else operands[0])


def _fits(value: Value, type_: FieldType) -> bool:
    if value is None:
        return True
    if type_ in _NUMBERS:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if type_ in _TEXTS:
        return isinstance(value, str)
    if type_ is FieldType.BOOL:
        return isinstance(value, bool)
    if type_ is FieldType.DATETIME:
        return isinstance(value, RelativeTime) or (isinstance(value, str) and instant(value) is not None)
    return False


def _converted(value: Value, type_: FieldType) -> JsonValue:
    """Give the value of a type that was most likely meant; None where there is none."""
    word = value if isinstance(value, str) else _said(value)
    if type_ in _TEXTS:
        return word
    try:
        meant = read_word(word.strip()) if word.strip() else None
    except BadWord:
        return None
    return None if isinstance(meant, RelativeTime) or not _fits(meant, type_) else meant


def _article(type_: FieldType) -> str:
    name = {FieldType.BOOL: "boolean", FieldType.DATETIME: "date", FieldType.FLOAT: "number"}.get(type_, type_.value)
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
