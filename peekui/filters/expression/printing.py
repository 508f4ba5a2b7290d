"""Writing a tree in the expression language: canonical, and with no parenthesis too many."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.values import key_text, value_text
from peekui.filters.nodes import Condition, Kind, Operator

if TYPE_CHECKING:
    from peekui.filters.nodes import Group, Node

__all__ = ["SIGNS", "to_expression"]

SIGNS: Final = {
    Operator.EQ: "=",
    Operator.NE: "!=",
    Operator.GT: ">",
    Operator.GTE: ">=",
    Operator.LT: "<",
    Operator.LTE: "<=",
    Operator.TEXT: "~",
    Operator.IN: "in",
    Operator.NIN: "not in",
}
"""Operators that stand between a field and a value."""
_YES_NO: Final = {
    (Operator.EXISTS, True): "exists",
    (Operator.EXISTS, False): "missing",
    (Operator.IS_NULL, True): "is null",
    (Operator.IS_NULL, False): "is not null",
}
_NAMES: Final = {Kind.AND: "all", Kind.OR: "any", Kind.NOR: "none"}


class _Binding(IntEnum):
    """How strongly a text holds together; a weaker one inside a stronger one needs parentheses."""

    OR = 1
    AND = 2
    TERM = 3


def to_expression(node: Node) -> str:
    """Write a filter, or a part of it.

    `parse` gives the same tree back for any root, muted nodes and relative times included. An empty all-of group at
    the root is the empty text.
    """
    if isinstance(node, Condition):
        return _condition(node)
    plain = not node.muted and node.case_sensitive is None
    if plain and node.kind is Kind.AND and not node.children:
        return ""
    return _body(node)[0] if plain else _marked(node)


def _node(node: Node, around: _Binding) -> str:
    if isinstance(node, Condition):
        return _condition(node)
    if node.muted or node.case_sensitive is not None:
        return _marked(node)
    text, binding = _group(node)
    return text if binding >= around else f"({text})"


def _condition(condition: Condition) -> str:
    key, operator, value = key_text(condition.key), condition.operator, condition.value
    if isinstance(value, bool) and (operator, value) in _YES_NO:
        text = f"{key} {_YES_NO[operator, value]}"
    else:
        text = f"{key} {SIGNS[operator]} {value_text(condition.key, operator, value)}"
    return f"muted({text})" if condition.muted else text


def _marked(group: Group) -> str:
    # A mark belongs to what is in its parentheses: `muted(a = 1)` is a muted condition, `case(a = 1)` makes a group.
    if group.case_sensitive is None:
        text = _group(group)[0]
    else:
        text = f"{'case' if group.case_sensitive else 'nocase'}({_body(group)[0]})"
    return f"muted({text})" if group.muted else text


def _body(group: Group) -> tuple[str, _Binding]:
    """Write a group where a lone condition would be read as a group of its own."""
    if group.kind is Kind.AND and len(group.children) == 1 and isinstance(group.children[0], Condition):
        return _condition(group.children[0]), _Binding.TERM
    return _group(group)


def _group(group: Group) -> tuple[str, _Binding]:
    """Write a group without its marks."""
    several = len(group.children) > 1
    if several and group.kind is Kind.AND:
        return " and ".join(_node(child, _Binding.TERM) for child in group.children), _Binding.AND
    if several and group.kind is Kind.OR:
        return " or ".join(_node(child, _Binding.AND) for child in group.children), _Binding.OR
    if len(group.children) == 1 and group.kind is Kind.NOR:
        return f"not {_node(group.children[0], _Binding.TERM)}", _Binding.TERM
    inside = ", ".join(_node(child, _Binding.OR) for child in group.children)
    return f"{_NAMES[group.kind]}({inside})", _Binding.TERM
