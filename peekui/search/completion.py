"""What can be typed next in a line: fields, operators and values of the filter, options and what they take."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from peekui.browse.suggestions import Suggestion, Suggestions, suggest
from peekui.filters.expression.parse import ParseError, parse
from peekui.filters.expression.values import key_text
from peekui.search.cutting import OPTIONS, Part, pieces
from peekui.search.options import CASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from peekui.filters.schema import Schema
    from peekui.search.cutting import Piece

__all__ = ["suggest_line"]

_MOST: Final = 50
_SIZES: Final = ("10", "50", "100", "1000")
_RANK: Final = "score"
"""What the matches of words can be sorted by, beside fields."""
_HELP: Final = {
    "text": "words as they are",
    "in": "collections",
    "key": "fields to find the words in",
    "sort": "field; - in front turns the order round",
    "select": "fields to fetch",
    "size": "rows of a page",
    "case": "capitals in the filter",
}
_VALUE_BEFORE: Final = re.compile(r"""(?:"(?:[^"\\]|\\.)*+|'(?:[^'\\]|\\.)*+|[^\s,"']*+)\Z""", re.DOTALL)
_VALUE_AFTER: Final = re.compile(r"""[^\s,"']*""")


def suggest_line(line: str, cursor: int, schema: Schema, collections: Sequence[str]) -> Suggestions:
    """Give what can be typed at a place of a line, which may be wrong before and behind it.

    Args:
        line: As far as it is typed.
        cursor: Offset of the cursor in it.
        schema: The fields, and the values seen in them.
        collections: Names to offer.
    """
    before = line[:cursor]
    cut = list(pieces(before))
    last = cut[-1] if cut else None
    if last and last.part is Part.FILTER:
        return _in_filter(line, cursor, last.start, schema)
    touching = last if last and last.end == cursor else None
    if touching and touching.part is Part.OPTION:
        return _in_option(line, cursor, touching, schema, collections)
    return _in_words(before, cut, touching, schema)


def _in_filter(line: str, cursor: int, start: int, schema: Schema) -> Suggestions:
    end = next(piece.end for piece in pieces(line) if piece.start == start)
    inside = suggest(line[start : max(end, cursor)], cursor - start, schema)
    found = _shifted(inside, start)
    stem = line[found.start : cursor]
    if _is_whole(line[start : found.start]):
        found = replace(found, choices=(*found.choices, *_options(stem)))
    return found


def _in_option(line: str, cursor: int, piece: Piece, schema: Schema, collections: Sequence[str]) -> Suggestions:
    match = _VALUE_BEFORE.search(line, piece.text_start, cursor)
    start = match.start() if match else cursor
    stem = line[start:cursor]
    if piece.option == "sort" and stem.startswith("-"):
        start, stem = start + 1, stem[1:]
    after = _VALUE_AFTER.match(line, cursor)
    names = {
        "in": map(key_text, collections),
        "case": CASES,
        "size": _SIZES,
        "sort": (_RANK, *map(key_text, sorted(schema.fields))),
        "text": (),
    }.get(piece.option, map(key_text, sorted(schema.fields)))
    return Suggestions(start, after.end() if after else cursor, tuple(_with_letters(names, stem)))


def _in_words(before: str, cut: Sequence[Piece], touching: Piece | None, schema: Schema) -> Suggestions:
    """Offer what would begin the filter: fields, and operators behind one."""
    start = touching.start if touching else len(before)
    stem = before[start:]
    words = [piece for piece in cut if piece.part is Part.WORD and piece is not touching]
    if any(piece.part is Part.FILTER for piece in cut):
        return Suggestions(start, len(before), _options(stem))
    if words and schema.find(words[-1].text):
        field = words[-1]
        behind = _shifted(suggest(before[field.start :], len(before) - field.start, schema), field.start)
        if behind.choices:
            return replace(behind, choices=(*behind.choices, *_options(stem)))
    if not stem:
        return Suggestions(start, start, _options(""))
    fields = [choice for choice in suggest(stem, len(stem), schema).choices if schema.find(choice.text.strip('"'))]
    return Suggestions(start, len(before), (*fields, *_options(stem)))


def _options(stem: str) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(f"{name}:", _HELP[name]) for name in OPTIONS if f"{name}:".startswith(stem))


def _is_whole(expression: str) -> bool:
    try:
        return bool(parse(expression).children)
    except ParseError:
        return False


def _shifted(found: Suggestions, by: int) -> Suggestions:
    return replace(found, start=found.start + by, end=found.end + by)


def _with_letters(names: Iterable[str], stem: str) -> Iterator[Suggestion]:
    """Give names that hold the letters, those that begin with them first."""
    wanted = stem.strip("\"'").casefold()
    found = [name for name in names if wanted in name.casefold() and name != stem]
    found.sort(key=lambda name: not name.casefold().lstrip('"').startswith(wanted))
    return islice(map(Suggestion, found), _MOST)
