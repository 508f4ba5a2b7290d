"""Cells of the rows in view, each read once, and the widths they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from peekui.api.models import Asset
    from peekui.ui.columns.cells import Cell
    from peekui.ui.columns.known import Column

__all__ = ["CellReader"]

_MOST_ROWS = 1000


class CellReader:
    """Reads rows of one query. What it has learnt of widths only grows, so that columns do not jump while scrolling.

    Attributes:
        columns: What is read of each row.
        learnt: Grows with each row that made a column wider or told its kind.
    """

    def __init__(self, columns: tuple[Column, ...] = ()) -> None:
        """Take what to read; nothing is known of any row."""
        self.columns = columns
        self.learnt = 0
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._widest = [column.least for column in columns]
        self._numbers = [False] * len(columns)
        self._words = [False] * len(columns)

    def read(self, index: int, asset: Asset) -> tuple[Cell, ...]:
        """Give the cells of a row.

        Args:
            index: Of the row; its asset is the same until `forget`.
            asset: What is in it.
        """
        cells = self._cells.get(index)
        if cells is None:
            if len(self._cells) >= _MOST_ROWS:
                self._cells.clear()
            cells = self._cells[index] = tuple(column.cell(asset) for column in self.columns)
            self._learn(cells)
        return cells

    def forget(self) -> None:
        """Read all rows anew: they may have changed. The widths stay."""
        self._cells.clear()

    def width(self, place: int) -> int:
        """Give the cells a column needs for all that was read, within its bounds."""
        return min(self._widest[place], max(self.columns[place].most, self.columns[place].least))

    def is_right(self, place: int) -> bool:
        """Say whether a column is flush right: it is meant to be, or all that was read in it are numbers."""
        return self.columns[place].right or (self._numbers[place] and not self._words[place])

    def _learn(self, cells: tuple[Cell, ...]) -> None:
        for place, cell in enumerate(cells):
            if not cell.text:
                continue
            width, kind = cell_len(cell.text), self._numbers if cell.number else self._words
            if width > self._widest[place] or not kind[place]:
                self._widest[place] = max(width, self._widest[place])
                kind[place] = True
                self.learnt += 1
