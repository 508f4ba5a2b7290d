"""Finding words in JSON, and naming what was found: as a path, and as a filter."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Final

from peekui.browse.cell_filters import Pointing, narrowed_by
from peekui.browse.filter_parts import PartRefused
from peekui.filters.expression.printing import to_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.browse.inspecting.json_rows import JsonPath
    from peekui.filters.nodes import JsonValue

__all__ = ["MOST_MATCHES", "filter_expression", "find_paths", "path_text"]

MOST_MATCHES: Final = 1000
"""Places that are found; who looks for a letter in a megabyte wants the next one, not all."""


def find_paths(value: JsonValue, words: str) -> list[JsonPath]:
    """Give the paths of values whose name or text has some words in it, in any case, in the order of the document.

    It walks everything: of a megabyte that takes a tenth of a second, which belongs into a thread.
    """
    wanted = words.casefold()
    return list(islice((path for path, text in _texts(value) if wanted in text.casefold()), MOST_MATCHES))


def _texts(value: JsonValue) -> Iterator[tuple[JsonPath, str]]:
    """Give each path with what is seen of it: its own name, and its value where that is no object and no list."""
    stack: list[tuple[JsonPath, JsonValue]] = [((), value)]
    while stack:
        path, item = stack.pop()
        name = str(path[-1]) if path else ""
        if isinstance(item, dict):
            stack += [((*path, key), item[key]) for key in reversed(item)]
        elif isinstance(item, list):
            stack += [((*path, place), item[place]) for place in range(len(item) - 1, -1, -1)]
        else:
            name += f"\n{item if isinstance(item, str) else json.dumps(item)}"
        if path:
            yield path, name


def path_text(path: JsonPath) -> str:
    """Write a path: names with dots between them, indexes in brackets, such as `metadata.faces[2].name`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def filter_expression(path: JsonPath, value: JsonValue) -> str:
    """Write the filter that finds assets with a value, such as `metadata.camera = "Box"`.

    A key into a list matches when any of its elements does, so that indexes are left out (mixpeek-api.md, section 6).

    Args:
        path: From the asset to the value.
        value: What is there.

    Raises:
        PartRefused: No filter finds it; the text is the reason, to follow a colon.
    """
    names = [step for step in path if isinstance(step, str)]
    if not names or any("." in name or "[" in name or not name for name in names):
        raise PartRefused("a name with a dot or a bracket in it cannot be told from a path")
    steps = [f".{step}" if isinstance(step, str) else "[]" for step in path]
    while steps[-1] == "[]":
        steps.pop()
    field = "".join(steps).removeprefix(".")
    return to_expression(narrowed_by(Pointing.ONLY, None, field, value))
