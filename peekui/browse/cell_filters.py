"""What a filter becomes when someone points at a cell of the table: only this value, not this one, this one too."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from peekui.browse.columns import SCORE
from peekui.browse.filter_parts import PartRefused, parts, with_part
from peekui.filters import edits
from peekui.filters.facts import elements
from peekui.filters.group_checks import MAX_CONDITIONS
from peekui.filters.nodes import BadCondition, Condition, Operator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.filters.nodes import Group, JsonValue, Value
    from peekui.filters.paths import Path

__all__ = ["Pointing", "narrowed_by"]

_LONGEST: Final = 1000
"""Characters of a text that is compared as a whole."""

_LISTS: Final = {
    Operator.EQ: Operator.IN,
    Operator.IN: Operator.IN,
    Operator.NE: Operator.NIN,
    Operator.NIN: Operator.NIN,
}
"""Operators that compare with values, and those that compare with several."""


class Pointing(StrEnum):
    """What is wanted of the cell pointed at."""

    ONLY = "only"
    EXCEPT = "except"
    INCLUDE = "include"
    NULL = "null"


def narrowed_by(pointing: Pointing, tree: Group | None, field: str, value: JsonValue) -> Group:
    """Give the filter after someone pointed at a cell.

    A value that is missing gives `is null`; of a list, each element counts. Conditions on the same field that stand at
    the filter's root are changed rather than contradicted: one that the new one implies gives way to it, and values
    that are left out, or added, go into the list that is there.

    Args:
        pointing: What is wanted.
        tree: The filter so far.
        field: Dotted path the column shows.
        value: What is there, whole; None for nothing.

    Raises:
        PartRefused: The cell gives no condition, or the filter takes no more.
    """
    if field == SCORE:
        raise PartRefused("the score is the rank in this search, and no field of the asset")
    if pointing is Pointing.NULL:
        return _with(tree, Condition(field, Operator.IS_NULL, value=True))
    values = _comparable(value)
    if not values:
        return _by_nothing(pointing, tree, field)
    if pointing is Pointing.ONLY:
        return _only(tree, _compared(field, Operator.EQ, values))
    if pointing is Pointing.EXCEPT:
        return _added_to(tree, field, values, (Operator.NE, Operator.NIN)) or _with(
            tree, _compared(field, Operator.NE, values)
        )
    return _added_to(tree, field, values, tuple(_LISTS)) or _with(tree, _compared(field, Operator.EQ, values))


def _by_nothing(pointing: Pointing, tree: Group | None, field: str) -> Group:
    if pointing is Pointing.INCLUDE:
        raise PartRefused("there is no value here to add")
    return _with(tree, Condition(field, Operator.IS_NULL, value=pointing is Pointing.ONLY))


def _comparable(value: JsonValue) -> list[JsonValue]:
    """Give the values that a cell's asset can be found by; none where it is missing or null."""
    found = list(elements([value]))
    if not found:
        raise PartRefused("no condition finds an empty list: it is neither a value nor null")
    values: list[JsonValue] = [item for item in found if item is not None]
    if any(isinstance(item, dict) for item in values):
        raise PartRefused("an object is not compared as a whole: show a column for a path inside it")
    if any(isinstance(item, str) and len(item) > _LONGEST for item in values):
        raise PartRefused(f"text of more than {_LONGEST:,} characters is not compared as a whole: search it")
    return values


def _only(tree: Group | None, wanted: Condition) -> Group:
    """Put a condition in the place of one that it implies, else add it."""
    implied = (
        path
        for path, other in _conditions(tree, wanted.key, (Operator.EQ, Operator.IN))
        if not other.muted and {*map(repr, wanted.operands)} <= {*map(repr, other.operands)}
    )
    path = next(implied, None)
    if tree is None or path is None:
        return _with(tree, wanted)
    return edits.substitute(tree, path, wanted).tree


def _added_to(
    tree: Group | None, field: str, values: Sequence[JsonValue], operators: Sequence[Operator]
) -> Group | None:
    """Add values to the list that the filter has for a field, one that counts before a muted one; None without one."""
    found = sorted(_conditions(tree, field, operators), key=lambda place: place[1].muted)
    if tree is None or not found:
        return None
    path, condition = found[0]
    return edits.substitute(tree, path, _compared(field, condition.operator, [*condition.operands, *values])).tree


def _with(tree: Group | None, condition: Condition) -> Group:
    """Add a condition, unless it stands there; a muted one counts again."""
    for path, other in _conditions(tree, condition.key, (condition.operator,)):
        if tree and replace(other, muted=False) == condition:
            return edits.substitute(tree, path, condition).tree
    return with_part(tree, condition)


def _conditions(tree: Group | None, field: str, operators: Sequence[Operator]) -> list[tuple[Path, Condition]]:
    return [
        (path, node)
        for path, node in parts(tree)
        if isinstance(node, Condition) and node.key == field and node.operator in operators
    ]


def _compared(field: str, operator: Operator, values: Sequence[Value]) -> Condition:
    """Compare a field with values, each of them once: by the operator for one, or by that for a list."""
    different = list({repr(value): value for value in values}.values())
    if len(different) > MAX_CONDITIONS:
        raise PartRefused(f"that would be a list of {len(different):,} values, and {MAX_CONDITIONS} are the most here")
    try:
        if len(different) == 1 and operator not in {Operator.IN, Operator.NIN}:
            return Condition(field, operator, different[0])
        return Condition(field, _LISTS[operator], different)  # type: ignore[arg-type]  # (no relative time among them)
    except BadCondition as error:  # NaN, which no JSON has, is read from some services all the same
        raise PartRefused(error.reason) from error
