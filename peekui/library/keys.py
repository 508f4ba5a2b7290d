r"""JSON values as sort keys: what SQLite compares so that section 6 of mixpeek-api.md holds.

A key is a number as it is, or text that begins with a tag for its type. SQLite orders numbers before text, so every
type is one unbroken range and no comparison crosses from one type into another:

    numbers          as they are
    true, false      `b1`, `b0`
    an instant       `d` + UTC to the microsecond + \x01 + the text as written
    null             `n`
    object, []       `o`: present, but nothing to compare
    text             `s` + casefolded text + \x01 + the text as written, or nothing where folding changed nothing

The second part makes case-sensitive comparison possible; \x01 sorts below everything a text can hold, because \x00,
\x01 and \x02 are escaped, in their order.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from peekui.library.text import visible

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonScalar

__all__ = ["END", "NULL", "PRESENT", "TEXT", "Key", "encode", "folded", "instant", "split_text", "written"]

Key = str | int | float
NULL: Final = "n"
PRESENT: Final = "o"
TEXT: Final = "s"
END: Final = "\x01"

_ESCAPES = str.maketrans({"\x00": "\x02\x02", "\x01": "\x02\x03", "\x02": "\x02\x04"})
_UNESCAPES = {"\x02\x02": "\x00", "\x02\x03": "\x01", "\x02\x04": "\x02"}
_ESCAPED = re.compile("\x02[\x02-\x04]")
_LARGEST = 2**63
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)


def encode(value: JsonScalar) -> Key:
    """Give the key of a scalar. Whole numbers beyond 64 bits become the nearest float."""
    match value:
        case None:
            return NULL
        case bool():
            return "b1" if value else "b0"
        case int():
            return value if -_LARGEST <= value < _LARGEST else _as_float(value)
        case float():
            return value
    moment = instant(value)
    if moment is not None:
        return moment + END + written(value)
    fold, exact = folded(value), written(value)
    return TEXT + fold + END + ("" if fold == exact else exact)


def instant(text: str) -> str | None:
    """Give the first part of the key of an ISO 8601 date or date and time, or None for any other text.

    Without a zone it is UTC (section 5). A date alone is its midnight.
    """
    if not _DATE.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return "d" + moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def folded(text: str) -> str:
    """Give the form of a text that is equal for texts that differ in case only, as it stands in a key."""
    return written(visible(text).casefold())


def written(text: str) -> str:
    """Give a text as it stands in a key."""
    return visible(text).translate(_ESCAPES)


def split_text(key: Key | None) -> str | None:
    """Give the text a key was made of, or None when it was made of something else."""
    if not isinstance(key, str) or key[:1] not in {TEXT, "d"}:
        return None
    fold, _, exact = key[1:].partition(END)
    return _ESCAPED.sub(lambda match: _UNESCAPES[match[0]], exact or fold)


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
