"""What one cell says: a short text that is safe to draw, and its tone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.filters.nodes import JsonValue

__all__ = ["Cell", "shown_text", "shown_value", "status_cell", "whole_value"]

_MOST_CHARACTERS = 300
"""More than any column shows: a title of a megabyte must not cost more to draw than another."""
_MOST_ITEMS = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says.

    Attributes:
        text: One line, already safe to draw.
        tone: `good`, `bad`, `busy`, `dim`, `mark` or empty: a component class of the table gives it its style.
        number: Whether it is a number, which is set flush right.
    """

    text: str
    tone: str = ""
    number: bool = False


_STATES = {
    "done": Cell("✓ done", "good"),
    "failed": Cell("✗ failed", "bad"),
    "processing": Cell("… working", "busy"),
    "skipped": Cell("– skipped", "dim"),
    "cancelled": Cell("– cancelled", "dim"),
}
_WAITING = {"downloading", "initializing", "uploading", "queued", "pending"}


def status_cell(status: str | None) -> Cell:
    """Give symbol, word and tone of a status; it is free text and comes in both cases (section 5)."""
    if not status:
        return Cell("· unknown", "dim")
    word = status.casefold()
    if word in _WAITING:
        return Cell(f"… {word}", "busy")
    return _STATES.get(word) or Cell(f"· {shown_text(word)}", "dim")


def shown_text(text: str) -> str:
    """Give as much of a text as a cell can show."""
    return one_line(text[:_MOST_CHARACTERS])


def shown_value(values: Sequence[JsonValue]) -> Cell:
    """Give the values at a path in one line; nothing where there is none."""
    number = bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    return Cell(_joined(values), number=number)


def whole_value(value: JsonValue) -> str:
    """Give a value as it is, to read and to copy: text plain, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _joined(values: Sequence[JsonValue]) -> str:
    texts = [_brief(value) for value in islice(values, _MOST_ITEMS)]
    return shown_text(", ".join(texts) + (", …" if len(values) > _MOST_ITEMS else ""))


def _brief(value: JsonValue) -> str:
    """Say what a value is without walking all of it, which may be a megabyte."""
    match value:
        case str():
            return value[:_MOST_CHARACTERS]
        case dict():
            return f"{{{', '.join(islice(value, _MOST_ITEMS))}}}"
        case list() if any(isinstance(item, dict | list) for item in islice(value, _MOST_ITEMS)):
            return f"[{len(value):,}]"
        case list():
            return ", ".join(_brief(item) for item in islice(value, _MOST_ITEMS))
    return json.dumps(value)
