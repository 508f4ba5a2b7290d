"""Reading a line: from one line of text to a search. `cutting` says what is words, filter and option."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from peekui.browse.query import EVERYWHERE, TextQuery
from peekui.filters.expression.parse import ParseError, parse
from peekui.filters.nodes import Group, Kind, TooDeep
from peekui.search.cutting import OPTIONS, Part, pieces
from peekui.search.options import Options, unexpected
from peekui.search.searches import Search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.search.cutting import Piece

__all__ = ["collection_position", "parse_line", "reference"]

_REFERENCE: Final = re.compile(r"@([^\W_][\w.-]{0,63})")
_BEHIND_THE_FILTER: Final = ("and", "or", *(f"{name}:" for name in OPTIONS), "the end")


def reference(line: str) -> str | None:
    """Give the name of the saved search that a line stands for, as `@name` does; None for any other line."""
    match = _REFERENCE.fullmatch(line.strip())
    return match[1] if match else None


def parse_line(line: str) -> Search:
    """Read a line. A blank one asks for everything.

    Raises:
        ParseError: It cannot be read; position and column are those of the line.
    """
    words: list[str] = []
    filters: list[Piece] = []
    options = Options(line)
    for piece in pieces(line):
        if piece.part is Part.OPTION:
            options.read(piece)
        elif piece.part is Part.FILTER:
            filters.append(piece)
        elif filters:
            raise unexpected(line, piece.start, _BEHIND_THE_FILTER)
        elif piece.unclosed:
            raise ParseError(line, piece.start, "this quote is never closed")
        else:
            words.append(piece.text)
    return Search(
        text=_text(line, words, options),
        filter=_filter(line, filters, options),
        collections=options.texts("in") or (),
        sort=options.sort,
        select=options.texts("select"),
        page_size=options.size,
    )


def collection_position(line: str, index: int) -> int:
    """Say where in a line that was read one of its collections stands, by its number from 0."""
    options = Options(line)
    for piece in pieces(line):
        if piece.option == "in":
            options.read(piece)
    return options.where("in", index) or 0


def _text(line: str, words: Sequence[str], options: Options) -> TextQuery | None:
    said = options.text
    if said is not None and words:
        raise ParseError(line, options.where("text") or 0, "there are words to look for already")
    value = " ".join(words) if words else said
    keys = options.texts("key")
    if value is None:
        if keys:
            raise ParseError(line, options.where("key") or 0, "there are no words to look for in a field")
        return None
    return TextQuery(value, keys or EVERYWHERE)


def _filter(line: str, filters: Sequence[Piece], options: Options) -> Group | None:
    tree = _parse(line, filters[0]) if filters else None
    case = options.case
    if case is None:
        return tree
    position = options.where("case") or 0
    if tree is None:
        raise ParseError(line, position, "there is no filter to which capitals could make a difference")
    try:
        return _with_case(tree, case)
    except TooDeep as error:
        raise ParseError(line, position, str(error)) from error


def _parse(line: str, piece: Piece) -> Group | None:
    try:
        tree = parse(piece.text)
    except ParseError as error:
        raise ParseError(line, piece.start + error.position, error.reason, error.expected) from error
    return None if tree == Group(Kind.AND) else tree


def _with_case(tree: Group, case: bool) -> Group:
    """Do what `case(…)` and `nocase(…)` around the filter would."""
    if tree.case_sensitive is not None or tree.muted:
        tree = Group(Kind.AND, (tree,))
    return replace(tree, case_sensitive=case)
