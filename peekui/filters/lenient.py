"""Reading JSON filters as people and other generations of the API write them, and saying what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from peekui.filters.nodes import Kind, Operator
from peekui.filters.wire import MAX_DEPTH, from_json

if TYPE_CHECKING:
    from peekui.filters.nodes import Group
    from peekui.filters.wire import JsonPath

__all__ = ["Imported", "Note", "read_leniently"]

_LISTS: Final = {"and": Kind.AND, "or": Kind.OR, "nor": Kind.NOR, "not": Kind.NOR}
_KEY_NAMES: Final = ("key", "field")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was changed on the way in.

    Attributes:
        path: Where in the JSON as it came, as keys and list indexes.
        change: What was made of it, in a few words.
    """

    path: JsonPath
    change: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A filter, and what was changed to read it."""

    group: Group
    notes: tuple[Note, ...]


def read_leniently(data: object) -> Imported:
    """Read decoded JSON that means a filter.

    Understood beside what `from_json` reads: a whole request body with `filters`, a bare condition, a bare list of
    nodes, list names in any case, `NOT` for NOR and `field` for `key` (the Documents API, mixpeek-api.md, section 10),
    a lone node in place of a list, operators in any case and `neq`.

    Raises:
        FilterShapeError: It is no filter all the same; the path is that of the JSON after the changes.
    """
    notes: list[Note] = []
    return Imported(from_json(_root(data, notes)), tuple(notes))


def _root(data: object, notes: list[Note]) -> object:
    path: JsonPath = ()
    if isinstance(data, dict) and isinstance(data.get("filters"), (dict, list)):
        notes.append(Note((), "took `filters` out of a request body"))
        data, path = data["filters"], ("filters",)
    if isinstance(data, list):
        notes.append(Note(path, "read a list as all of it"))
        data = {Kind.AND.value: data}
    node = _node(data, path, notes, 1)
    if isinstance(node, dict) and "key" in node:
        notes.append(Note(path, "put a single condition into AND"))
        return {Kind.AND.value: [node]}
    return node


def _node(data: object, path: JsonPath, notes: list[Note], depth: int) -> object:
    if not isinstance(data, dict) or depth > MAX_DEPTH:  # from_json says what is wrong with it
        return data
    if any(name in data for name in _KEY_NAMES):
        return _condition(cast("dict[str, object]", data), path, notes)
    answer: dict[str, object] = {}
    for name, value in data.items():
        kind = _LISTS.get(str(name).lower())
        if kind is None:
            answer[name] = value
            continue
        place = (*path, name)
        if name != kind:
            notes.append(Note(place, f"read {name} as {kind}"))
        answer[kind.value] = _joined(answer.get(kind.value), _nodes(value, place, notes, depth))
    return answer


def _nodes(value: object, path: JsonPath, notes: list[Note], depth: int) -> object:
    if isinstance(value, dict):
        notes.append(Note(path, "put a single node into a list"))
        value = [value]
    if not isinstance(value, list):
        return value
    return [_node(item, (*path, index), notes, depth + 1) for index, item in enumerate(value)]


def _joined(before: object, after: object) -> object:
    """Put two lists under one name together: NOR and NOT say the same."""
    if before is None:
        return after
    return [*before, *after] if isinstance(before, list) and isinstance(after, list) else before


def _condition(data: dict[str, object], path: JsonPath, notes: list[Note]) -> dict[str, object]:
    answer = dict(data)
    if "key" not in answer:
        answer = {"key": answer.pop("field"), **answer}
        notes.append(Note((*path, "field"), "read field as key"))
    written = answer.get("operator")
    if isinstance(written, str):
        lower = written.lower()
        operator = Operator.NE.value if lower == "neq" else lower
        if operator != written:
            notes.append(Note((*path, "operator"), f"read {written} as {operator}"))
            answer["operator"] = operator
    return answer
