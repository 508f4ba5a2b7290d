"""A list with headings: columns of set widths, one that takes the rest, fewer of them where there is little room."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar

from rich.segment import Segment
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from peekui.ui.columns import GAP, cut
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

__all__ = ["Cell", "TableColumn", "TableHeading", "TriageTable"]

Item = TypeVar("Item")


class TableColumn(NamedTuple):
    """A column.

    Attributes:
        heading: What it is called.
        width: Cells; 0 takes the rest.
        right: Whether text is set flush right.
        least: It is drawn where the table is at least so wide.
    """

    heading: str
    width: int = 0
    right: bool = False
    least: int = 0


class Cell(NamedTuple):
    """What stands in a column.

    Attributes:
        text: In one line, without anything hidden.
        tone: One of `RowView`'s: dim, good, bad, busy, mark; empty for the row's own.
    """

    text: str
    tone: str = ""


class TriageTable(RowView, Generic[Item]):
    """Base of the tables; a subclass says its columns, and what an item says in each."""

    COLUMNS: ClassVar[Sequence[TableColumn]] = ()

    items: reactive[Sequence[Item]] = reactive((), init=False)
    """The rows."""

    empty = ""
    """What is said in their place while there are none."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.columns = self.COLUMNS
        self.heading = TableHeading(self)

    @abstractmethod
    def cells(self, item: Item) -> Sequence[Cell]:
        """Give what an item says, in the order of `COLUMNS`."""

    @property
    def current(self) -> Item | None:
        """The item under the cursor, None where there is none."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def watch_items(self) -> None:
        """Draw other rows."""
        self.row_count = len(self.items)
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in view, and the headings over their columns."""
        self.heading.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the visible part, or what is said in place of rows."""
        if y or self.items:
            return super().render_line(y)
        width, dim = self.scrollable_content_region.width, self.get_component_rich_style("row-view--dim", partial=True)
        return Strip([Segment(cut(self.empty, width), self.rich_style + dim)])

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw an item."""
        cells = self.cells(self.items[index])
        segments: list[Segment] = []
        for place, column, room in self.placed(width):
            text, tone = cells[place]
            toned = style + self.get_component_rich_style(f"row-view--{tone}", partial=True) if tone else style
            segments += [Segment(cut(text, room, right=column.right), toned), Segment(" " * GAP, style)]
        return Strip(segments).adjust_cell_length(width, style)

    def placed(self, width: int) -> list[tuple[int, TableColumn, int]]:
        """Give the columns that are drawn in so many cells, each with its index and its own cells."""
        drawn = [(place, column) for place, column in enumerate(self.columns) if column.least <= width]
        taken = sum(column.width for _, column in drawn) + GAP * (len(drawn) - 1)
        return [(place, column, column.width or max(width - taken, 1)) for place, column in drawn]


class TableHeading(Widget):
    """The headings, which stay where they are when the rows scroll."""

    def __init__(self, table: TriageTable[Item]) -> None:
        super().__init__(classes="table-heading")
        self._table = table

    def render(self) -> Content:
        """Draw them."""
        placed = self._table.placed(self._table.scrollable_content_region.width)
        return Content((" " * GAP).join(cut(column.heading, room, right=column.right) for _, column, room in placed))
