"""JSON as rows: only what is unfolded is there, and everything can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.browse.filter_parts import PartRefused
from peekui.browse.inspecting.json_rows import AT_ONCE, JsonRows
from peekui.browse.inspecting.json_search import MOST_MATCHES, filter_expression, find_paths, path_text
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression

if TYPE_CHECKING:
    from peekui.browse.inspecting.json_rows import JsonPath
    from peekui.filters.nodes import JsonValue

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=5),
    max_leaves=20,
)


def at(value: JsonValue, path: JsonPath) -> JsonValue:
    for step in path:
        assert isinstance(value, dict | list)
        value = value[step]  # type: ignore[index]
    return value


def all_paths(value: JsonValue, path: JsonPath = ()) -> list[JsonPath]:
    items: list[tuple[str | int, JsonValue]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [one for step, item in items for one in ((*path, step), *all_paths(item, (*path, step)))]


def shown(tree: JsonRows) -> list[JsonPath]:
    return [row.path for row in tree.rows if row.gap is None]


@given(VALUES)
def test_opening_every_row_shows_every_value_once_in_order(value: JsonValue) -> None:
    tree = JsonRows(value)
    index = 0
    while index < len(tree.rows):
        tree.open(index)
        index += 1
    expected = all_paths(value)
    if isinstance(value, dict | list):
        assert shown(tree) == expected
    assert all(row.value == at(value, row.path) for row in tree.rows)


@given(VALUES, st.data())
def test_any_value_can_be_revealed(value: JsonValue, data: st.DataObject) -> None:
    paths = all_paths(value)
    if not paths:
        return
    path = data.draw(st.sampled_from(paths))
    tree = JsonRows(value)
    index = tree.reveal(path)
    assert tree.rows[index].path == path
    parent = tree.parent(index)
    assert (() if parent is None else tree.rows[parent].path) == path[:-1]


@given(VALUES, st.lists(st.integers(0, 30), max_size=10))
def test_closing_undoes_opening(value: JsonValue, places: list[int]) -> None:
    tree = JsonRows(value)
    for place in places:
        index = place % len(tree.rows) if tree.rows else 0
        if not tree.rows or tree.is_open(index):
            continue
        before = list(tree.rows)
        tree.open(index)
        tree.close(index)
        assert tree.rows == before
        tree.open(index)


def test_a_long_list_comes_in_parts() -> None:
    tree = JsonRows({"long": list(range(100_000))})
    tree.open(0)
    assert len(tree.rows) == 1 + AT_ONCE + 1
    assert tree.rows[-1].gap == (AT_ONCE, 100_000)
    tree.open(len(tree.rows) - 1)
    assert tree.rows[-1].gap == (2 * AT_ONCE, 100_000)
    index = tree.reveal(("long", 50_000))
    assert tree.rows[index].value == 50_000
    assert tree.rows[index - 1].gap == (2 * AT_ONCE, 50_000)
    assert tree.rows[index + AT_ONCE].gap == (50_000 + AT_ONCE, 100_000)
    tree.close(0)
    assert len(tree.rows) == 1


def test_what_is_not_there_cannot_be_revealed() -> None:
    with pytest.raises(KeyError):
        JsonRows({"a": [1]}).reveal(("a", 7))


@given(VALUES, st.text(min_size=1, max_size=2))
def test_every_place_with_the_words_is_found(value: JsonValue, words: str) -> None:
    found = find_paths(value, words)
    assert found == [path for path in all_paths(value) if path in set(found)]
    for path in all_paths(value):
        item = at(value, path)
        if words.casefold() in str(path[-1]).casefold() or (
            isinstance(item, str) and words.casefold() in item.casefold()
        ):
            assert path in found


def test_a_letter_in_a_megabyte_is_not_found_a_million_times() -> None:
    assert len(find_paths(["e"] * 100_000, "E")) == MOST_MATCHES


@pytest.mark.parametrize(
    ("path", "value", "text", "expression"),
    [
        (("metadata", "camera", "model"), "Box", "metadata.camera.model", "metadata.camera.model = Box"),
        (("metadata", "tags", 2), "sea", "metadata.tags[2]", "metadata.tags = sea"),
        (("entities", 0, "node"), 7, "entities[0].node", "entities[].node = 7"),
        (("status",), None, "status", "status is null"),
        (("file_hash",), "a b", "file_hash", 'file_hash = "a b"'),
    ],
)
def test_paths_and_filters_are_written(path: JsonPath, value: JsonValue, text: str, expression: str) -> None:
    assert path_text(path) == text
    assert filter_expression(path, value) == expression
    assert to_expression(parse(expression)) == expression


@pytest.mark.parametrize(
    ("path", "value"), [((), 1), (("a.b",), 1), (("a[]",), 1), (("a", ""), 1), (("a",), {"b": 1}), (("a",), "x" * 2000)]
)
def test_what_no_filter_finds_is_refused(path: JsonPath, value: JsonValue) -> None:
    with pytest.raises(PartRefused):
        filter_expression(path, value)
