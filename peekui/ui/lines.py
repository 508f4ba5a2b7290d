"""A place as a line of the search language, and back; what a line does not say is not asked.

A line stands for all that is asked within a namespace, so a line without `in:` asks all collections, whichever were
chosen before. It means the same here as in `peekui search`.

What reads and writes lines is imported when the first one is: the first frame needs none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.browse.place import Place
    from peekui.search.searches import Search

__all__ = ["UnknownCollection", "line_of", "line_to_edit", "read_line", "search_of", "searched"]


class UnknownCollection(LookupError):
    """A search names a collection that the namespace does not have; the text says so, without a full stop.

    Attributes:
        name: As the search has it.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no collection “{name}” here")
        self.name = name


def search_of(place: Place) -> Search:
    """Give what a place asks within its namespace; collections go by name where that means no other one."""
    from peekui.search.searches import Search

    return Search(place.text, place.filter, _names(place), place.sort, place.select, place.page_size)


def line_of(place: Place) -> str:
    """Write the line for a place, as `peekui.search.writing` does."""
    from peekui.search.writing import to_line

    return to_line(search_of(place))


def line_to_edit(place: Place, *, within: bool = False) -> tuple[str, tuple[int, int]]:
    """Give the line for a place as it is to be edited.

    Args:
        place: Any.
        within: Other words are to be added to those there are; else they are to be replaced.

    Returns:
        The line, and from where to where it is to be selected: the words, or where words can be typed.
    """
    from peekui.search.cutting import Part, pieces

    line = line_of(place)
    cut = list(pieces(line))
    words = [piece for piece in cut if piece.part is Part.WORD]
    if words and not within:
        return line, (words[0].start, words[-1].end)
    if words:
        end = words[-1].end
        return f"{line[:end]} {line[end:]}", (end + 1, end + 1)
    if option := next((piece for piece in cut if piece.option == "text"), None):
        end = option.end - 1  # in front of the quote
        return (f"{line[:end]} {line[end:]}", (end + 1, end + 1)) if within else (line, (option.start, option.end))
    return (f" {line}", (0, 0)) if line else ("", (0, 0))


def searched(place: Place, search: Search) -> Place:
    """Give the place that asks another search in the same namespace; `search_of` gives that search back.

    Args:
        place: Where it is asked.
        search: Its collections, by id or name, become the chosen ones; without any all are looked at. Before the
            collections of the namespace are known, what it names is kept until they are.

    Raises:
        UnknownCollection: It names one that the namespace does not have.
    """
    chosen = frozenset[str]().union(*(_keys(place, name) for name in search.collections))
    return replace(
        place,
        chosen=chosen,
        text=search.text,
        filter=search.filter,
        sort=search.sort,
        select=search.select,
        page_size=search.page_size,
    )


def read_line(place: Place, line: str) -> Place:
    """Give the place that a line asks for in the same namespace.

    Raises:
        ParseError: It cannot be read, or names a collection that is not there; its position is that of the name.
    """
    from peekui.filters.expression.parse import ParseError
    from peekui.search.lines import collection_position, parse_line

    search = parse_line(line)
    try:
        return searched(place, search)
    except UnknownCollection as error:
        position = collection_position(line, search.collections.index(error.name))
        raise ParseError(line, position, str(error)) from error


def _names(place: Place) -> tuple[str, ...]:
    """Name the chosen collections in the order of the namespace's; by key those of which nothing more is known."""
    known = [item for item in place.collections if item.key in place.chosen]
    if not known:
        return tuple(sorted(place.chosen))
    return tuple(item.title if _keys(place, item.title) == {item.key} else item.key for item in known)


def _keys(place: Place, name: str) -> set[str]:
    """Give the keys of the collections with an id, or else with a name."""
    if not place.collections:
        return {name}
    keys = {item.key for item in place.collections}
    found = {name} & keys or {item.key for item in place.collections if item.collection_name == name}
    if not found:
        raise UnknownCollection(name)
    return found
