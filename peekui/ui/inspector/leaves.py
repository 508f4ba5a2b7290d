"""A value of JSON in one line, and what a person would add to it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from peekui.browse.inspecting.timeline import clock
from peekui.browse.inspecting.vectors import is_vector
from peekui.ui import formats
from peekui.ui.columns import status_cell
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from peekui.browse.inspecting.json_rows import JsonRow
    from peekui.filters.nodes import JsonValue

__all__ = ["Leaf", "leaf_of"]

_MOST_CHARACTERS: Final = 300
"""More than a line shows: a text of a megabyte must not cost more to draw than another."""
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


class Leaf(NamedTuple):
    """What is drawn of a value.

    Attributes:
        text: The value, safe to draw.
        tone: Component class of the list it is in, or empty.
        remark: What is added to it, quietly.
    """

    text: str
    tone: str = ""
    remark: str = ""


def leaf_of(row: JsonRow) -> Leaf:
    """Say what a row holds: of an object or a list how much, of a moment how long ago, of bytes how many."""
    if row.gap is not None:
        first, last = row.gap
        return Leaf(f"… {last - first:,} more, from {first + 1:,}", "dim")
    if row.path == ("status",) and isinstance(row.value, str):
        cell = status_cell(row.value)
        return Leaf(f"{cell.text}  {one_line(row.value[:_MOST_CHARACTERS])}", cell.tone)
    tone = "bad" if row.path[:1] == ("error",) else ""
    name = str(row.path[-1]) if row.path else ""
    return Leaf(_text(name, row.value), "dim" if row.opens else tone, _remark(name, row.value))


def _text(name: str, value: JsonValue) -> str:
    match value:
        case str():
            more = f"… ({len(value):,} characters)" if len(value) > _MOST_CHARACTERS else ""
            return one_line(value[:_MOST_CHARACTERS]) + more
        case dict():
            return f"{{{len(value):,}}}" if value else "{}"
        case list() if is_vector(value):
            return f"vector of {len(value):,}"
        case list():
            return f"[{len(value):,}]" if value else "[]"
        case int() if not isinstance(value, bool):
            return f"{value:,}" if name.endswith("bytes") else str(value)
    return json.dumps(value)


def _remark(name: str, value: JsonValue) -> str:
    match value:
        case str() if _MOMENT.match(value):
            return _ago(value)
        case int() if name.endswith("bytes") and not isinstance(value, bool):
            return formats.size(value)
        case int() | float() if name.endswith("_seconds") and not isinstance(value, bool) and 60 <= value < 1e9:
            return clock(value)
    return ""


def _ago(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    past = formats.age(moment)
    return past if past.startswith("in ") else f"{past} ago"
