"""Errors in whatever shape they come (mixpeek-api.md, section 5: any JSON), as a type and a text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.triage.rows import LONGEST_TEXT

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["LONGEST", "NO_ERROR", "ErrorText", "read_error"]

LONGEST: Final = 500
"""Characters that are looked at: what an error is about stands at its beginning."""
NO_ERROR: Final = "no error was given"
_TYPES: Final = ("type", "error_type", "exception", "name", "code")
_TEXTS: Final = ("message", "msg", "detail", "details", "reason", "description", "error")
_TRACEBACK: Final = "Traceback (most recent call last)"


@dataclass(frozen=True, slots=True)
class ErrorText:
    """An error in words.

    Attributes:
        type: The service's name for the kind of error, empty where it gives none.
        text: What happened; on one line, `LONGEST` characters at most.
        type_key: Dotted field a filter finds the type under, empty where there is none.
        text_key: Dotted field a filter finds the text under, empty where there is none.
        raw: The text as it stands under `text_key`.
    """

    type: str
    text: str
    type_key: str = ""
    text_key: str = ""
    raw: str = ""

    def __str__(self) -> str:
        return f"{self.type}: {self.text}" if self.type else self.text


def read_error(error: JsonValue) -> ErrorText:
    """Read an error: a text, an object with a type and a message by any of their usual names, or a list of these.

    Of a list the first is read, of a Python traceback the last line. An object without a known name is its JSON.
    """
    return _read(error, "error")


def _read(error: JsonValue, key: str) -> ErrorText:
    if error in (None, "", [], {}):
        return ErrorText("", NO_ERROR)
    match error:
        case str():
            # One that was cut off can be told, not asked for.
            return ErrorText("", _one_line(error), text_key=key if len(error) <= LONGEST_TEXT else "", raw=error)
        case [first, *_]:
            return _read(first, key)
        case dict():
            return _read_object(error, key)
    return ErrorText("", json.dumps(error))


def _read_object(error: dict[str, JsonValue], key: str) -> ErrorText:
    type_name = next((name for name in _TYPES if isinstance(error.get(name), str | int) and error[name] != ""), "")
    text_name = next((name for name in _TEXTS if name != type_name and error.get(name)), "")
    kind = str(error[type_name]) if type_name else ""
    # A filter keeps the types of JSON apart: what is no text here could not be named by one.
    type_key = f"{key}.{type_name}" if isinstance(error.get(type_name), str) else ""
    if not text_name:
        words = NO_ERROR if type_name and len(error) == 1 else json.dumps(error, sort_keys=True)[:LONGEST]
        return ErrorText(kind, words, type_key)
    inner = _read(error[text_name], f"{key}.{text_name}")
    if kind:
        return ErrorText(kind, str(inner), type_key, inner.text_key, inner.raw)
    return inner


def _one_line(text: str) -> str:
    # Ten times as much as is looked at: what a traceback is about stands at its end.
    start = text.lstrip()[: 10 * LONGEST]
    if start.startswith(_TRACEBACK):
        start = next((line for line in reversed(text.rstrip()[-LONGEST:].splitlines()) if line.strip()), start)
    return " ".join(start.split())[:LONGEST]
