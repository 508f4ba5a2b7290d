"""Lists of searches that are kept: the saved ones with their counts, and those of before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from peekui.ui import formats
from peekui.ui.columns import cut
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style

    from peekui.search.history import Searched
    from peekui.ui.kept_searches import KeptSearch

__all__ = ["HistoryList", "SavedList"]

_GAP: Final = "  "
_NAME: Final = 18
_COUNT: Final = 10
"""Cells of a count: `10,000,000`."""
_SHORT_COUNT: Final = 6
_CHANGES: Final = 11
_AGE: Final = 5
_WIDE: Final = 60
"""Cells from which on there is room for the line of a saved search."""
_VERY_WIDE: Final = 90
"""Cells from which on any count has room."""
_EVERYTHING: Final = "everything"


class SavedList(RowView):
    """Saved searches: how many they found last time, find now, and what changed."""

    kept: reactive[tuple[KeptSearch, ...]] = reactive(())
    """The rows."""
    counting: reactive[bool] = reactive(default=False)
    """They are being counted."""

    def watch_kept(self) -> None:
        """Draw other rows."""
        self.row_count = len(self.kept)
        self.refresh()

    def watch_counting(self) -> None:
        """Draw what is awaited."""
        self.refresh()

    @property
    def current(self) -> KeptSearch | None:
        """The search under the cursor."""
        return self.kept[self.cursor] if self.kept else None

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw name, counts and changes, and the line where there is room for it."""
        one = self.kept[index]
        bad = "bad" if one.problem else ""
        changes = one.changes
        signs = f"+{len(changes.new):,} ~{len(changes.changed):,} -{len(changes.gone):,}" if changes else ""
        cells = [
            (one_line(one.name), min(_NAME, width // 4), False, bad),
            (_count(one.before.total) if one.before else "", _count_width(width), True, "dim"),
            (self._now(one), _count_width(width), True, bad),
            (signs, _CHANGES, False, "good" if changes else ""),
        ]
        if width >= _WIDE:
            taken = sum(cell[1] + len(_GAP) for cell in cells)
            cells.append((one_line(one.line) or _EVERYTHING, max(width - taken, 1), False, "dim"))
        return _drawn(self, cells, width, style)

    def heading(self, width: int) -> str:
        """Name the columns as they are drawn in a width."""
        count = _count_width(width)
        names = [cut("Name", min(_NAME, width // 4)), cut("then", count, right=True), cut("now", count, right=True)]
        return _GAP.join([*names, cut("changes", _CHANGES), *(["search"] if width >= _WIDE else [])])

    def _now(self, one: KeptSearch) -> str:
        if one.problem:
            return "✗"
        return _count(one.now.total) if one.now else "…" if self.counting else "·"


class HistoryList(RowView):
    """Searches that were carried out, the newest first: when, how many they found, what was asked."""

    searches: reactive[tuple[Searched, ...]] = reactive(())
    """The rows."""

    def watch_searches(self) -> None:
        """Draw other rows."""
        self.row_count = len(self.searches)
        self.refresh()

    @property
    def current(self) -> Searched | None:
        """The search under the cursor."""
        return self.searches[self.cursor] if self.searches else None

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw when, how many, and the line, which takes the rest."""
        one = self.searches[index]
        rest = max(width - _AGE - _COUNT - 2 * len(_GAP), 1)
        cells = [
            (formats.age(one.at), _AGE, True, "dim"),
            (_count(one.found), _COUNT, True, "dim"),
            (one_line(one.line) or _EVERYTHING, rest, False, ""),
        ]
        return _drawn(self, cells, width, style)


def _drawn(view: RowView, cells: Iterable[tuple[str, int, bool, str]], width: int, style: Style) -> Strip:
    """Draw cells side by side: text, width, whether it is flush right, tone."""
    segments: list[Segment] = []
    for text, room, right, tone in cells:
        toned = style + view.get_component_rich_style(f"row-view--{tone}", partial=True) if tone else style
        segments += [Segment(cut(text, room, right=right), toned), Segment(_GAP, style)]
    return Strip(segments).adjust_cell_length(width, style)


def _count_width(width: int) -> int:
    return _COUNT if width >= _VERY_WIDE else _SHORT_COUNT


def _count(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"
