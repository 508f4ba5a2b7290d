"""The features of one modality as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from peekui.browse.inspecting.timeline import clock
from peekui.ui.columns import cut
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_cells import GAP, Cell, draw_cells, room_beside
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.strip import Strip

    from peekui.browse.inspecting.features import FeatureFacts

__all__ = ["FeatureRows"]

_TIME, _SCORE, _TYPE = 8, 5, 14
_NARROW = 50


class FeatureRows(RowView):
    """Draws features: when, of what, how sure. Those without some words can be left out."""

    features: reactive[Sequence[FeatureFacts]] = reactive((), init=False)
    """All there are."""
    wanted: reactive[str] = reactive("", init=False)
    """Words that a feature must have to be listed, in any case."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Start with none."""
        super().__init__(id=id)
        self._listed: list[int] = []
        self._timed = self._scored = self._typed = False

    @property
    def listed(self) -> int:
        """How many are listed."""
        return len(self._listed)

    @property
    def place(self) -> int | None:
        """The place of the feature under the cursor among all, None where none is listed."""
        return self._listed[self.cursor] if self._listed else None

    @property
    def current(self) -> FeatureFacts | None:
        """The feature under the cursor."""
        return None if self.place is None else self.features[self.place]

    def watch_features(self) -> None:
        """List others, from the first."""
        self._timed = any(facts.segment for facts in self.features)
        self._scored = any(facts.score is not None for facts in self.features)
        self._typed = len({facts.feature.type for facts in self.features}) > 1
        self._list()

    def watch_wanted(self) -> None:
        """List those that have the words."""
        self._list()

    def go_to(self, place: int) -> None:
        """Put the cursor on a feature by its place among all, where it is listed."""
        if place in self._listed:
            self.cursor = self._listed.index(place)

    def heading(self, width: int) -> str:
        """Give the names of the columns, for a width in cells."""
        names = [Cell("#", self._digits(), right=True), *self._times(("from", "to"), width)]
        if self._typed and width >= _NARROW:
            names.append(Cell("type", _TYPE))
        names.append(Cell("what", 4))
        line = GAP.join(cut(cell.text, cell.width, right=cell.right) for cell in names)
        return cut(line, max(width - _SCORE, 0)) + "score" if self._scored else cut(line, max(width, 0))

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw a feature; what it is of takes the room the others leave."""
        place = self._listed[index]
        facts = self.features[place]
        left = [Cell(f"{place + 1:,}", self._digits(), "dim", right=True)]
        segment = facts.segment
        times = [clock(time, tenths=True) for time in (segment.start, segment.end)] if segment else ["–", "–"]
        left += self._times(times, width)
        if self._typed and width >= _NARROW:
            left.append(Cell(one_line(facts.feature.type or ""), _TYPE, "dim"))
        right = []
        if self._scored:
            right.append(Cell("" if facts.score is None else f"{facts.score:.2f}", _SCORE, right=True))
        what = one_line(facts.what or facts.feature.type or "")
        middle = Cell(what, room_beside([*left, *right], width), "" if facts.what else "dim")
        return draw_cells(self, [*left, middle, *right], width, style)

    def _times(self, texts: Sequence[str], width: int) -> list[Cell]:
        """Give the cells with times, where features have some; where there is little room, only the first."""
        shown = texts if width >= _NARROW else texts[:1]
        return [Cell(text, _TIME, right=True) for text in shown] if self._timed else []

    def _digits(self) -> int:
        return max(len(f"{len(self.features):,}"), 2)

    def _list(self) -> None:
        words = self.wanted.casefold()
        self._listed = [place for place, facts in enumerate(self.features) if not words or facts.has(words)]
        self.set_reactive(RowView.cursor, 0)
        self.row_count = len(self._listed)
        self.scroll_to(y=0, animate=False)
        self.refresh()
        self.post_message(self.Highlighted(self, 0))
