r"""A line cut into its pieces: words, the filter, options. Nothing is refused here: a line may be half typed.

    sunset beach status = DONE in:photos,videos sort:-created_at
    └── words ─┘ └─ filter ─┘ └────────── options ─────────────┘

- An option is one of `OPTIONS`, a colon and its values with commas between them, without blanks; `"in quotes"` where a
  value has any. It may stand anywhere but inside the filter.
- The filter (peekui/filters/expression/grammar.lark) begins at the first place where a condition can be read: a field
  with an operator behind it, and in front of that any number of `not`, `(`, `all(`, `any(`, `none(`, `case(`,
  `nocase(`, `muted(`. It goes on to the next option that is neither in parentheses nor the value of a
  sign, or to the end.
- All else is words. In double quotes they are a phrase, in which nothing is read as a filter or an option.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.words import BARE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OPTIONS", "Part", "Piece", "pieces"]

OPTIONS: Final = ("text", "in", "key", "sort", "select", "size", "case")
"""Names of the options, in the order they are written."""

_OPEN_QUOTE: Final = r"""(?:"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|'(?:[^'\\]|\\.)*+(?:'|\\?\Z))"""
"""A quoted text; at the end of the line its closing quote may be missing."""
_NAME: Final = re.compile(rf"(?P<name>{'|'.join(OPTIONS)}):")
_VALUES: Final = re.compile(rf"(?:{_OPEN_QUOTE}|[^\s\"'])*+", re.DOTALL)
_WORD: Final = re.compile(r'"(?:[^"\\]|\\.)*+(?:"\S*|\\?\Z)|\S+', re.DOTALL)
_PHRASE: Final = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BLANK: Final = re.compile(r"\s*")
_FILTER_TOKEN: Final = re.compile(rf"{_OPEN_QUOTE}|{BARE}++|\s++|.", re.DOTALL)

_SIGNS: Final = frozenset("=<>~")

_END: Final = rf"(?!{BARE})"
_FILTER_START: Final = re.compile(
    rf"""
    (?: not{_END}\s* | \(\s* | (?:all|any|none|case|nocase|muted)\s*\(\s* )*
    (?:
        (?:all|any|none)\s*\(\s*\)
    |
        (?: {BARE}++ | {_OPEN_QUOTE} ) \s*
        (?: ==? | != | <>? | <= | >=? | ~
          | (?:not\s+)? in \s*\(
          | is \s+ (?:not\s+)? null{_END}
          | (?:exists|missing){_END}
        )
    )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class Part(StrEnum):
    """What a piece of a line is."""

    WORD = "word"
    FILTER = "filter"
    OPTION = "option"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line, without the blanks around it.

    Attributes:
        part: What it is.
        start: Where it begins in the line.
        text: As it stands there; of an option what is behind the colon.
        option: Name of an option.
    """

    part: Part
    start: int
    text: str
    option: str = ""

    @property
    def text_start(self) -> int:
        """Where its text begins in the line."""
        return self.start + (len(self.option) + 1 if self.option else 0)

    @property
    def unclosed(self) -> bool:
        """Whether it is a phrase without its closing quote."""
        return self.part is Part.WORD and self.text.startswith('"') and not _PHRASE.match(self.text)

    @property
    def end(self) -> int:
        """Where it ends in the line."""
        return self.text_start + len(self.text)


def pieces(line: str) -> Iterator[Piece]:
    """Cut a line; a line that says what cannot be read is cut all the same.

    Yields:
        The pieces in their order. Text behind the filter that is no option is words, which `parse_line` refuses.
    """
    position, filtered = _after_blanks(line, 0), False
    while position < len(line):
        piece = _piece(line, position, filtered=filtered)
        yield piece
        filtered = filtered or piece.part is Part.FILTER
        position = _after_blanks(line, piece.end)


def _piece(line: str, start: int, *, filtered: bool) -> Piece:
    if name := _NAME.match(line, start):
        return Piece(Part.OPTION, start, _found(_VALUES, line, name.end()), name["name"])
    if not filtered and _FILTER_START.match(line, start):
        return Piece(Part.FILTER, start, line[start : _filter_end(line, start)].rstrip())
    return Piece(Part.WORD, start, _found(_WORD, line, start))


def _filter_end(line: str, start: int) -> int:
    depth, before, blank = 0, "", False
    for token in _FILTER_TOKEN.finditer(line, start):
        if token[0].isspace():
            blank = True
            continue
        # Behind a sign a value is due, whatever it looks like.
        if blank and not depth and before not in _SIGNS and _NAME.match(line, token.start()):
            return token.start()
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token[0], 0)
        before, blank = token[0], False
    return len(line)


def _after_blanks(line: str, position: int) -> int:
    return position + len(_found(_BLANK, line, position))


def _found(pattern: re.Pattern[str], line: str, position: int) -> str:
    match = pattern.match(line, position)
    return match[0] if match else ""
