"""What to try when nothing matches: each condition left out, and what is close to what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from peekui.filters.edits import mute, set_case, substitute
from peekui.filters.expression.printing import to_expression
from peekui.filters.expression.values import BadWord, read_word
from peekui.filters.meaning import counts
from peekui.filters.nodes import LIST_VALUED, Condition, Group, Kind, Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.filters.edits import Edit
    from peekui.filters.nodes import JsonValue, Node
    from peekui.filters.paths import Path
    from peekui.filters.schema import Schema

__all__ = ["Remedy", "left_out", "near_misses"]

_LIKENESS: Final = 0.6
_MOST_SPELLINGS: Final = 3
_STATUSES: Final = ("DONE", "FAILED", "PROCESSING")
"""What any library's assets may say, seen or not (mixpeek-api.md, section 5)."""
_NAMING: Final = frozenset({Operator.EQ, Operator.IN})
"""Operators that name the very values they find."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that may let something match.

    Attributes:
        before: What the filter says there now, as an expression.
        after: What it would say instead; empty where it would say nothing.
        reason: Why that is worth a try, in a few words.
        edit: Makes the change.
    """

    before: str
    after: str
    reason: str
    edit: Edit


class _Spot(NamedTuple):
    """A node that counts.

    Attributes:
        path: Where it is.
        node: The node.
        case_sensitive: Whether case counts in it.
        widens: Whether more assets match the filter when more match the node: it is inside an even number of none-ofs.
    """

    path: Path
    node: Node
    case_sensitive: bool
    widens: bool


def left_out(tree: Group) -> tuple[Remedy, ...]:
    """Give the muting of each condition that counts, in the order of reading.

    How many assets match then is what the condition keeps out.
    """
    return tuple(
        Remedy(to_expression(spot.node), "", "muted", mute(tree, spot.path))
        for spot in _spots(tree)
        if isinstance(spot.node, Condition)
    )


def near_misses(tree: Group, schema: Schema) -> tuple[Remedy, ...]:
    """Give filters that differ a little from one that finds nothing, each of them once, in the order of reading.

    Tried are values in another case, seen values that are spelt alike, values of another type, the field that a
    misspelt one most likely means, and not to mind case. Nothing is tried inside a none-of: what finds more there
    finds less in the end.

    Args:
        tree: The filter.
        schema: What is known of the fields, seen values included.
    """
    remedies: dict[Group, Remedy] = {}
    for spot in _spots(tree):
        for other, reason in _others(spot, schema) if spot.widens else ():
            edit = (
                set_case(tree, spot.path, case_sensitive=False)
                if isinstance(other, Group)
                else substitute(tree, spot.path, other)
            )
            remedies.setdefault(edit.tree, Remedy(to_expression(spot.node), to_expression(other), reason, edit))
    return tuple(remedies.values())


def _spots(tree: Group) -> Iterator[_Spot]:
    """Give what counts, in the order of reading."""

    def visit(node: Node, path: Path, *, case_sensitive: bool, widens: bool) -> Iterator[_Spot]:
        if not counts(node):
            return
        if isinstance(node, Condition):
            yield _Spot(path, node, case_sensitive, widens)
            return
        own = case_sensitive if node.case_sensitive is None else node.case_sensitive
        yield _Spot(path, node, own, widens)
        inside = widens is not (node.kind is Kind.NOR)
        for index, child in enumerate(node.children):
            yield from visit(child, (*path, index), case_sensitive=own, widens=inside)

    return visit(tree, (), case_sensitive=False, widens=True)


def _others(spot: _Spot, schema: Schema) -> Iterator[tuple[Node, str]]:
    """Give what a node could have been meant to say."""
    node = spot.node
    if isinstance(node, Group):
        if node.case_sensitive:
            yield replace(node, case_sensitive=False), "in any case"
        return
    if schema.find(node.key) is None and (near := schema.nearest(node.key)):
        yield replace(node, key=near), "a known field"
    if node.operator not in _NAMING:
        return
    field = schema.find(node.key)
    seen = [value for value in field.seen if isinstance(value, str)] if field else []
    if node.key == "status":
        seen += _STATUSES
    for index, value in enumerate(node.operands):
        if not isinstance(value, (str, int, float)):
            continue
        for other, reason in _values_like(value, seen, case_sensitive=spot.case_sensitive):
            yield _with_value(node, index, other), reason


def _values_like(value: str | float, seen: list[str], *, case_sensitive: bool) -> Iterator[tuple[JsonValue, str]]:
    if not isinstance(value, str):
        yield ("true" if value else "false") if isinstance(value, bool) else str(value), "as text"
        return
    folded = {other.casefold(): other for other in reversed(seen)}
    cases = [folded.get(value.casefold(), value), *((value.upper(), value.lower()) if case_sensitive else ())]
    yield from ((other, "in another case") for other in dict.fromkeys(cases) if other != value)
    for close in get_close_matches(value.casefold(), folded, _MOST_SPELLINGS + 1, _LIKENESS):
        if close != value.casefold():
            yield folded[close], "spelt alike"
    other = _not_text(value)
    if other is not None:
        yield other, "not as text"


def _not_text(text: str) -> bool | float | None:
    """Give the number or the boolean that a text looks like; None for any other text."""
    try:
        value = read_word(text) if text else None
    except BadWord:
        return None
    return value if isinstance(value, (bool, int, float)) else None


def _with_value(condition: Condition, index: int, value: JsonValue) -> Condition:
    if condition.operator not in LIST_VALUED or not isinstance(condition.value, list):
        return replace(condition, value=value)
    return replace(condition, value=[*condition.value[:index], value, *condition.value[index + 1 :]])
