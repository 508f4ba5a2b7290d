"""What a word or a quoted text of the expression language stands for, and how a value is written in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.words import BARE
from peekui.filters.moments import DATE_SHAPE, RelativeTime, instant
from peekui.filters.nodes import Operator

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue, Value

__all__ = ["KEYWORDS", "BadWord", "key_text", "quoted", "read_quoted", "read_word", "value_text"]

KEYWORDS: Final = (
    "and or not in is null exists missing all any none case nocase muted".split()  # noqa: SIM905 - reads as in the README
)
"""Words with a meaning of their own; as names or values they are written in quotes."""

_CONSTANTS: Final = {"null": None, "true": True, "false": False}
_BARE: Final = re.compile(BARE + "+")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?P<fraction>\.\d+)?(?P<exponent>[eE][+-]?\d+)?", re.ASCII)
_SIZE: Final = re.compile(
    r"(?P<amount>\d{1,30})(?:\.(?P<fraction>\d{1,30}))?(?P<unit>[kmgt]i?b)", re.ASCII | re.IGNORECASE
)
_DECIMAL_UNITS: Final = {"TB": 10**12, "GB": 10**9, "MB": 10**6, "kB": 10**3}
_BINARY_UNITS: Final = {"TiB": 2**40, "GiB": 2**30, "MiB": 2**20, "KiB": 2**10}
_UNITS: Final = {unit.lower(): size for unit, size in (_DECIMAL_UNITS | _BINARY_UNITS).items()}
_ESCAPE_OR_QUOTE: Final = re.compile(r"\\.|\"", re.DOTALL)


class BadWord(ValueError):
    """A word or a quoted text that stands for nothing; the text says why."""


def read_word(word: str) -> Value:
    """Give what a bare word stands for: a constant, number, size in bytes, relative time; else itself.

    Raises:
        BadWord: It has the form of a date, a number or a time, but is not a possible one.
    """
    if word[0].isalpha():
        return _CONSTANTS.get(word.lower(), word) if len(word) <= 5 else word
    if DATE_SHAPE.fullmatch(word):
        if instant(word) is None:
            raise BadWord("there is no such date; in quotes it is text")
        return word
    if number := _NUMBER.fullmatch(word):
        return _number(word, whole=not (number["fraction"] or number["exponent"]))
    if size := _SIZE.fullmatch(word):
        return _bytes(size)
    try:
        return RelativeTime.parse(word) or word
    except ValueError as error:
        raise BadWord(f"{error}; in quotes it is text") from error


def read_quoted(text: str) -> str:
    r"""Give the text between quotes, double or single, with JSON's escapes and `\'` resolved.

    Raises:
        BadWord: It holds a backslash that is no escape.
    """
    if text[0] == "'":
        text = f'"{_ESCAPE_OR_QUOTE.sub(_as_in_json, text[1:-1])}"'
    try:
        return str(json.loads(text, strict=False))
    except json.JSONDecodeError as error:
        raise BadWord(r"unknown escape; there are \" \\ \/ \b \f \n \r \t and \u0000") from error


def key_text(key: str) -> str:
    """Write a field name: bare where it can be."""
    return key if _BARE.fullmatch(key) and key.lower() not in KEYWORDS else quoted(key)


def value_text(key: str, operator: Operator, value: Value) -> str:
    """Write a condition's value.

    Text to search for is quoted; other text only where a bare word would stand for something else. A number that
    counts bytes is written as a size where it is a round one.
    """
    if operator is Operator.TEXT:
        return quoted(str(value))
    if isinstance(value, RelativeTime):
        return str(value)
    return _json_text(value, sizes=key.lower().endswith("bytes"))


def _json_text(value: JsonValue, *, sizes: bool) -> str:  # noqa: PLR0911 - one line a type
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return _size_text(value) if sizes else str(value)
        case float():
            return repr(value)
        case str():
            return value if _stands_for_itself(value) else quoted(value)
        case list():
            return f"({', '.join(_json_text(item, sizes=sizes) for item in value)})"
        case dict():
            pairs = (f"{quoted(name)}: {_json_text(item, sizes=sizes)}" for name, item in value.items())
            return f"{{{', '.join(pairs)}}}"


def _stands_for_itself(text: str) -> bool:
    if not _BARE.fullmatch(text) or text.lower() in KEYWORDS:
        return False
    try:
        return read_word(text) == text
    except BadWord:
        return False


def quoted(text: str) -> str:
    """Write any text in double quotes, as `read_quoted` reads it."""
    # What cannot be seen (controls, direction marks, lone surrogates) is escaped: an expression is shown and shared.
    return "".join(
        letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in json.dumps(text, ensure_ascii=False)
    )


def _size_text(size: int) -> str:
    for units in (_DECIMAL_UNITS, _BINARY_UNITS):
        for unit, factor in units.items():
            if size >= factor and size % factor == 0:
                return f"{size // factor}{unit}"
    return str(size)


def _number(word: str, *, whole: bool) -> int | float:
    try:
        number = int(word) if whole else float(word)
    except ValueError as error:  # Python reads no more than 4,300 digits
        raise BadWord("the number is too long") from error
    if number in {float("inf"), float("-inf")}:
        raise BadWord("the number is too large")
    return number


def _bytes(size: re.Match[str]) -> int:
    fraction = size["fraction"] or ""
    factor = _UNITS[size["unit"].lower()]
    count, rest = divmod(int(size["amount"] + fraction) * factor, int(f"1{'0' * len(fraction)}"))
    if rest:
        raise BadWord("a size is a whole number of bytes")
    return count


def _as_in_json(match: re.Match[str]) -> str:
    return {"\\'": "'", '"': '\\"'}.get(match[0], match[0])
