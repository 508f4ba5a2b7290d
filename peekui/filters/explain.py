"""A filter in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peekui.filters.expression.values import key_text, value_text
from peekui.filters.meaning import active
from peekui.filters.moments import RelativeTime, instant
from peekui.filters.nodes import Condition, Kind, Operator

if TYPE_CHECKING:
    from peekui.filters.nodes import Group, JsonValue, Node

__all__ = ["explain"]

_BARE: Final = frozenset({"status", "modality"})
"""Fields whose values say by themselves what they are of: “failed”, “video”."""
_NAMES: Final = {
    "created_at": "created",
    "updated_at": "updated",
    "file_data.file_size_bytes": "size",
    "file_data.file_type": "file type",
}
_THAN: Final = {Operator.GT: "over", Operator.GTE: "at least", Operator.LT: "under", Operator.LTE: "at most"}
_WHEN: Final = {
    Operator.GT: "after",
    Operator.GTE: "at or after",
    Operator.LT: "before",
    Operator.LTE: "at or before",
}
_OF: Final = {Kind.AND: "all of", Kind.OR: "any of", Kind.NOR: "none of"}


def explain(node: Node) -> str:
    """Say what a filter, or a part of it, asks for: one sentence without capital and full stop.

    Muted nodes inside are left out.
    """
    if isinstance(node, Condition):
        return _condition(node)
    group = active(node)
    if group.kind is Kind.NOR or len(group.children) < 2:
        return _group(group)
    return f", {group.kind.lower()} ".join(map(_part, group.children)) + _case(group)


def _part(node: Node) -> str:
    return _condition(node) if isinstance(node, Condition) else _group(node)


def _group(group: Group) -> str:
    parts = [_part(child) for child in group.children]
    if not parts:
        return "everything"
    if len(parts) == 1 and group.kind is not Kind.NOR:
        return parts[0] + _case(group)
    if group.kind is Kind.OR and all(isinstance(child, Condition) for child in group.children):
        return " or ".join(parts) + _case(group)
    return f"{_OF[group.kind]} ({', '.join(parts)})" + _case(group)


def _case(group: Group) -> str:
    return {None: "", True: " (in this very case)", False: " (in any case)"}[group.case_sensitive]


def _condition(condition: Condition) -> str:  # noqa: PLR0911 - one line an operator
    name, value = _name(condition.key), condition.value
    match condition.operator:
        case Operator.EXISTS:
            return f"has {_a(name)}" if value else f"has no {name}"
        case Operator.IS_NULL:
            return f"{name} is null or missing" if value else f"{name} has a value"
        case Operator.TEXT:
            return f"{name} mentions “{value_text(condition.key, condition.operator, value)[1:-1]}”"
        case Operator.EQ | Operator.IN:
            return _is(condition, "", "or")
        case Operator.NE | Operator.NIN:
            return _is(condition, "not ", "nor")
        case _ if _is_time(condition):
            return f"{name} {_when(condition)}"
        case operator:
            return f"{name} is {_THAN[operator]} {value_text(condition.key, operator, value)}"


def _is(condition: Condition, no: str, joint: str) -> str:
    values: list[JsonValue] = []
    if isinstance(condition.value, list):
        values = condition.value
    elif not isinstance(condition.value, RelativeTime):
        values = [condition.value]
    bare = condition.key in _BARE
    texts = [value_text(condition.key, condition.operator, value) for value in values]
    if bare:
        texts = [text.lower() for text in texts]
    if len(texts) > 1:
        listed = f"{', '.join(texts[:-1])} {joint} {texts[-1]}"
        said = f"neither {listed}" if no else listed
    else:
        said = no + (texts[0] if texts else "in an empty list")
    return said if bare and texts else f"{_name(condition.key)} is {said}"


def _is_time(condition: Condition) -> bool:
    value = condition.value
    return isinstance(value, RelativeTime) or (isinstance(value, str) and instant(value) is not None)


def _when(condition: Condition) -> str:
    value, operator = condition.value, condition.operator
    if not isinstance(value, RelativeTime):
        return f"{_WHEN[operator]} {value}"
    later = operator in {Operator.GT, Operator.GTE}
    if value.amount > 0:
        return f"later than {value.distance} from now" if later else f"earlier than {value.distance} from now"
    return f"in the last {value.distance}" if later else f"more than {value.distance} ago"


def _name(key: str) -> str:
    name = _NAMES.get(key) or key.replace("[]", "").rpartition(".")[2].replace("_", " ") or key
    return name if name.isprintable() else key_text(name)


def _a(name: str) -> str:
    if name.endswith("s"):
        return name
    return f"{'an' if name[:1].lower() in set('aeiou') else 'a'} {name}"
