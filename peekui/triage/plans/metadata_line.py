"""`name = value`, as somebody types what metadata is to be set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["BadMetadata", "kind_of", "read_metadata"]


class BadMetadata(ValueError):
    """A line says no name and value; the text is a sentence that says why."""


def read_metadata(line: str) -> tuple[str, JsonValue]:
    """Read a name and a value. The value is JSON where it reads as that, else the text as it stands.

    Raises:
        BadMetadata: There is no name or no value, or the name is not one of the top level.
    """
    name, equals, text = (part.strip() for part in line.partition("="))
    if not equals or not name or not text:
        raise BadMetadata("It takes a name and a value, such as triage = reviewed.")
    if "." in name:
        raise BadMetadata("Only names of the top level can be set: what is below one is set with all of it, as JSON.")
    return name, _value(text)


def _value(text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text, parse_constant=_no_number)
    except ValueError:
        return text
    return value


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)  # NaN and Infinity are none in JSON


def kind_of(value: JsonValue) -> str:
    """Say what kind of value it is."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
    return "an object"
