"""JSON as a person reads it: what fits stands on one line, every script is itself, and nothing hides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["json_text"]

_WIDTH: Final = 76
_INDENT: Final = "  "


def json_text(value: JsonValue) -> str:
    """Write JSON, broken into lines where an object or a list is too long for one.

    What cannot be seen (controls, direction marks, half of a surrogate pair) is written as escapes.
    """
    return "".join(
        letter if letter.isprintable() or letter == "\n" else _escaped(letter) for letter in _lines(value, "")
    )


def _lines(value: JsonValue, margin: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if len(margin) + len(flat) <= _WIDTH or not isinstance(value, dict | list) or not value:
        return flat
    inner = margin + _INDENT
    if isinstance(value, dict):
        items = [f"{json.dumps(name, ensure_ascii=False)}: {_lines(item, inner)}" for name, item in value.items()]
    else:
        items = [_lines(item, inner) for item in value]
    first, last = "{}" if isinstance(value, dict) else "[]"
    return f"{first}\n{inner}" + f",\n{inner}".join(items) + f"\n{margin}{last}"


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[index : index + 2].hex()}" for index in range(0, len(units), 2))
