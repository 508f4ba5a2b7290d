"""JSON as the rows of a tree: what is folded away costs nothing, however much it is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.filters.nodes import JsonValue

__all__ = ["AT_ONCE", "JsonPath", "JsonRow", "JsonRows"]

JsonPath: TypeAlias = "tuple[str | int, ...]"
"""Names and indexes that lead to a value."""

AT_ONCE: Final = 200
"""Members that are shown at once when an object or a list is unfolded; the others are a row to unfold in turn."""


class JsonRow(NamedTuple):
    """A row: a value, or members of one that are left out.

    Attributes:
        path: Of the value; of those left out, the path of what they are in.
        value: At that path.
        gap: Places, first and behind the last, of the members left out; None for a value.
    """

    path: JsonPath
    value: JsonValue
    gap: tuple[int, int] | None = None

    @property
    def depth(self) -> int:
        """How far in it stands, from 1."""
        return len(self.path) + (self.gap is not None)

    @property
    def opens(self) -> bool:
        """Whether there is something to unfold."""
        return isinstance(self.value, dict | list) and bool(self.value)


class JsonRows:
    """The rows of a value as far as it is unfolded; its own members are.

    Attributes:
        rows: From top to bottom.
    """

    def __init__(self, value: JsonValue, *, opened: Iterable[JsonPath] = ()) -> None:
        """Fold a value.

        Args:
            value: Any.
            opened: Paths to unfold at once, outer ones first; those that lead nowhere are passed over.
        """
        whole = JsonRow((), value)
        self.rows = _members(whole, 0, len(value)) if isinstance(value, dict | list) else [whole]
        for path in opened:
            for index, row in enumerate(self.rows):
                if row.path == path and row.gap is None:
                    self.open(index)
                    break

    def is_open(self, index: int) -> bool:
        """Say whether the members of a row are among the rows."""
        return index + 1 < len(self.rows) and self.rows[index + 1].depth > self.rows[index].depth

    def open(self, index: int) -> None:
        """Unfold a row; of members left out, the first are put in."""
        row = self.rows[index]
        if row.gap is not None:
            self.rows[index : index + 1] = _members(row, *row.gap)
        elif row.opens and isinstance(row.value, dict | list) and not self.is_open(index):
            self.rows[index + 1 : index + 1] = _members(row, 0, len(row.value))

    def close(self, index: int) -> None:
        """Fold a row, with all that is in it."""
        depth = self.rows[index].depth
        end = index + 1
        while end < len(self.rows) and self.rows[end].depth > depth:
            end += 1
        del self.rows[index + 1 : end]

    def parent(self, index: int) -> int | None:
        """Give the index of the row that one is in, None for one of the outermost."""
        depth = self.rows[index].depth
        return next((above for above in range(index - 1, -1, -1) if self.rows[above].depth < depth), None)

    def reveal(self, path: JsonPath) -> int:
        """Unfold what hides a value.

        Returns:
            The index of its row.

        Raises:
            KeyError: Nothing is there.
        """
        index = 0
        for length in range(1, len(path) + 1):
            index = self._find(path[:length])
            if length < len(path):
                self.open(index)
        return index

    def _find(self, path: JsonPath) -> int:
        """Give the index of a row whose parent is unfolded, splitting the gap it is in."""
        for index, row in enumerate(self.rows):
            if row.gap is None and row.path == path:
                return index
            if row.gap is not None and row.path == path[:-1]:
                first, last = row.gap
                place = _place(row.value, path[-1])
                if first <= place < last:
                    before = [row._replace(gap=(first, place))] if place > first else []
                    self.rows[index : index + 1] = before + _members(row, place, last)
                    return index + len(before)
        raise KeyError(path)


def _members(row: JsonRow, first: int, last: int) -> list[JsonRow]:
    """Give rows for members from one place to before another: so many at once, and one for the rest."""
    value, end = row.value, min(last, first + AT_ONCE)
    if isinstance(value, dict):
        rows = [JsonRow((*row.path, name), member) for name, member in islice(value.items(), first, end)]
    elif isinstance(value, list):
        rows = [JsonRow((*row.path, place), value[place]) for place in range(first, end)]
    else:
        rows = []
    if end < last:
        rows.append(JsonRow(row.path, value, (end, last)))
    return rows


def _place(value: JsonValue, step: str | int) -> int:
    """Give the place of a member, -1 where there is none of that name."""
    if isinstance(value, dict):
        return next((place for place, name in enumerate(value) if name == step), -1)
    return step if isinstance(step, int) else -1
