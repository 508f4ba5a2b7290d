"""What the options of a line say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.browse.query import Sort
from peekui.filters.expression.parse import ParseError
from peekui.filters.expression.values import BadWord, read_quoted
from peekui.filters.expression.words import found_at, in_prose
from peekui.search.cutting import OPTIONS
from peekui.search.searches import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.search.cutting import Piece

__all__ = ["CASES", "Options", "unexpected"]

CASES: Final[Mapping[str, bool]] = {"on": True, "off": False}
"""What `case:` can be: whether capitals make a difference to the filter."""

_WANTED: Final = {
    "text": "words",
    "in": "a collection",
    "key": "a field",
    "sort": "a field",
    "select": "a field",
    "size": f"a number from 1 to {MOST_ROWS}",
    "case": "“on” or “off”",
}
_VALUE: Final = re.compile(r""""(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|[^\s,"']++""", re.DOTALL)
_DESCENDING: Final = "-"
_FIELD_WITH_SIGN: Final = re.compile(rf"{_DESCENDING}?(?:{_VALUE.pattern})?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Value:
    """One value of an option: as it is written, and where in the line."""

    text: str
    start: int


class Options:
    """The options of a line, as far as they were read.

    Args:
        line: All of it.
    """

    def __init__(self, line: str) -> None:
        self._line = line
        self._values: dict[str, Sequence[_Value]] = {}

    def read(self, piece: Piece) -> None:
        """Take an option.

        Raises:
            ParseError: It was said before, or a value of it cannot be read.
        """
        if piece.option in self._values:
            raise ParseError(self._line, piece.start, f"{in_prose(f'{piece.option}:')} was said before")
        values, position = [], piece.text_start
        while True:
            values.append(self._value(piece, position))
            position = values[-1].start + len(values[-1].text)
            if position == piece.end:
                break
            if self._line[position] != ",":
                raise unexpected(self._line, position, (",", "a blank"))
            position += 1
        self._values[piece.option] = values

    def where(self, option: str, index: int = 0) -> int | None:
        """Say where a value of an option stands; None for one that was not said."""
        values = self._values.get(option)
        return values[index].start if values else None

    def texts(self, option: str) -> tuple[str, ...] | None:
        """Give the values of an option, out of their quotes; None for one that was not said.

        Raises:
            ParseError: One of them has an escape that is none.
        """
        values = self._values.get(option)
        return tuple(map(self._read, values)) if values else None

    @property
    def text(self) -> str | None:
        """Words to look for."""
        value = self._only("text")
        return None if value is None else self._read(value)

    @property
    def sort(self) -> Sort | None:
        """An order; a minus in front of the field turns it round."""
        value = self._only("sort")
        if value is None:
            return None
        descending = value.text.startswith(_DESCENDING)
        start = value.start + descending
        field = self._read(_Value(value.text[descending:], start))
        if not field:
            raise unexpected(self._line, start, (_WANTED["sort"],))
        return Sort(field, descending)

    @property
    def size(self) -> int | None:
        """Rows of a page."""
        value = self._only("size")
        if value is None:
            return None
        # Four digits are enough for MOST_ROWS, and every digit there is (isdecimal) can be read.
        size = int(value.text) if value.text.isdecimal() and len(value.text) <= 4 else 0
        if not 1 <= size <= MOST_ROWS:
            raise unexpected(self._line, value.start, (_WANTED["size"],))
        return size

    @property
    def case(self) -> bool | None:
        """Whether capitals make a difference to the filter."""
        value = self._only("case")
        if value is None:
            return None
        if value.text not in CASES:
            raise unexpected(self._line, value.start, (_WANTED["case"],))
        return CASES[value.text]

    def _value(self, piece: Piece, position: int) -> _Value:
        pattern = _FIELD_WITH_SIGN if piece.option == "sort" else _VALUE
        match = pattern.match(self._line, position, piece.end)
        if match and match[0]:
            return _Value(match[0], position)
        if self._line[position : position + 1] in {'"', "'"}:
            raise ParseError(self._line, position, "this quote is never closed")
        raise unexpected(self._line, position, (_WANTED[piece.option],))

    def _only(self, option: str) -> _Value | None:
        values = self._values.get(option)
        if not values:
            return None
        if len(values) > 1:
            raise ParseError(self._line, values[1].start, f"{in_prose(f'{option}:')} takes one value")
        return values[0]

    def _read(self, value: _Value) -> str:
        # A value that begins with a quote ends with it.
        if value.text[:1] not in {'"', "'"}:
            return value.text
        try:
            return read_quoted(value.text)
        except BadWord as error:
            raise ParseError(self._line, value.start, str(error)) from error


def unexpected(line: str, position: int, wanted: Sequence[str]) -> ParseError:
    """Make the error for what should not be there.

    Args:
        line: All of it.
        position: Of what is there instead.
        wanted: What could be, in words; names of options and signs as they are typed.
    """
    typed = {",", "and", "or", *(f"{option}:" for option in OPTIONS)}
    *others, last = (in_prose(name) if name in typed else name for name in wanted)
    choice = f"{', '.join(others)} or {last}" if others else last
    found = "a blank" if line[position : position + 1].isspace() else in_prose(found_at(line, position))
    return ParseError(line, position, f"expected {choice}; found {found}", wanted)
