"""JSON to be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given

from peekui.browse.json_text import json_text
from peekui.filters.wire import to_json
from tests.filters.trees import NOW, json_trees

if TYPE_CHECKING:
    from peekui.filters.nodes import Group, JsonValue


@given(json_trees)
def test_it_says_the_same(tree: Group) -> None:
    data = to_json(tree, NOW)
    assert json.loads(json_text(data)) == data


@given(json_trees)
def test_nothing_in_it_is_hidden(tree: Group) -> None:
    assert json_text(to_json(tree, NOW)).replace("\n", "").isprintable()


PRETTY = r"""{
  "AND": [
    {"key": "metadata.title", "operator": "in", "value": ["مرحبا", "b\u007f\u202e\ud800\udb40\udc01"]},
    {"key": "metadata.title", "operator": "in", "value": ["مرحبا", "b\u007f\u202e\ud800\udb40\udc01"]}
  ],
  "NOR": []
}"""


def test_what_fits_stands_on_one_line() -> None:
    condition: dict[str, JsonValue] = {
        "key": "metadata.title",
        "operator": "in",
        "value": ["مرحبا", "b\x7f\u202e\ud800\U000e0001"],
    }
    assert json_text({"AND": [condition, condition], "NOR": []}) == PRETTY
    assert json_text({}) == "{}"
    assert json_text(["x" * 100]) == f'[\n  "{"x" * 100}"\n]'
