"""Words and values from files, made fit for JSON and UTF-8."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["TooDeepError", "clean_text", "clean_value"]

_UNFIT = re.compile("[\0\ud800-\udfff]")


class TooDeepError(ValueError):
    """A value nests deeper than is read."""


def clean_text(text: str) -> str:
    """Replace what neither UTF-8 nor a C string can hold, half surrogates and NUL, by U+FFFD."""
    return _UNFIT.sub("\ufffd", text)


def clean_value(value: object, *, max_depth: int = 64) -> JsonValue:
    """Make a decoded value plain JSON.

    Args:
        value: What a JSON decoder or a tag reader gave.
        max_depth: How many lists and objects may stand inside one another.

    Returns:
        The value with unfit characters replaced, numbers that are not finite as null, and anything that is not
        JSON as its text.

    Raises:
        TooDeepError: The value nests deeper than `max_depth`.
    """
    if max_depth < 0:
        raise TooDeepError("nested too deeply")
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case str():
            return clean_text(value)
        case dict():
            return {clean_text(str(key)): clean_value(item, max_depth=max_depth - 1) for key, item in value.items()}
        case list() | tuple():
            return [clean_value(item, max_depth=max_depth - 1) for item in value]
        case _:
            return clean_text(str(value))
