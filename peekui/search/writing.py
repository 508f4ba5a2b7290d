"""Writing a search as a line: `parse_line` reads the same search from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.browse.query import EVERYWHERE
from peekui.filters.expression.printing import to_expression
from peekui.filters.expression.values import key_text, quoted
from peekui.search.cutting import Part, pieces
from peekui.search.lines import reference
from peekui.search.pasted import BadPaste, recognise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from peekui.browse.query import Sort
    from peekui.search.searches import Search

__all__ = ["to_line"]


def to_line(search: Search) -> str:
    """Give the one line for a search: words, filter, options, each as short as it can be.

    Words that would be read as something else are written as `text:"…"`, and a filter that would goes in parentheses.
    """
    options = list(_options(search))
    return next(
        line
        for words, text in _texts(search)
        for tree in _filters(search)
        if _is_cut_as(line := " ".join(part for part in (words, text, tree, *options) if part), words, tree)
    )


def _texts(search: Search) -> Iterator[tuple[str, str]]:
    """Give what can be written for the words: as they are, and as an option."""
    if search.text is None:
        yield "", ""
        return
    words = search.text.value
    if words and words.isprintable():
        yield words, ""
    yield "", f"text:{quoted(words)}"


def _filters(search: Search) -> Iterator[str]:
    expression = to_expression(search.filter) if search.filter else ""
    yield expression
    yield f"({expression})"


def _is_cut_as(line: str, words: str, tree: str) -> bool:
    """Say whether just these words and this filter are read from a line."""
    cut = list(pieces(line))
    found = [piece.text for piece in cut if piece.part is Part.WORD]
    filters = [piece.text for piece in cut if piece.part is Part.FILTER]
    unclosed = any(piece.unclosed for piece in cut)
    return " ".join(found) == words and "".join(filters) == tree and not unclosed and not _stands_for_something(line)


def _stands_for_something(line: str) -> bool:
    """Say whether a line is read as something that was pasted, or as the name of a saved search."""
    try:
        return reference(line) is not None or recognise(line) is not None
    except BadPaste:
        return True


def _options(search: Search) -> Iterator[str]:
    if search.collections:
        yield f"in:{_listed(search.collections)}"
    if search.text and search.text.keys != EVERYWHERE:
        yield f"key:{_listed(search.text.keys)}"
    if search.sort:
        yield f"sort:{_order(search.sort)}"
    if search.select:
        yield f"select:{_listed(search.select)}"
    if search.page_size:
        yield f"size:{search.page_size}"


def _listed(names: Sequence[str]) -> str:
    return ",".join(map(key_text, names))


def _order(sort: Sort) -> str:
    field = key_text(sort.field)
    # A minus of the field's own is told from the one that turns the order round.
    return f"{'-' if sort.descending else ''}{quoted(sort.field) if field.startswith('-') else field}"
