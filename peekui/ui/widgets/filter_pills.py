"""The active filter in one line above the table: each of its parts a pill to edit, mute, negate or remove."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from peekui.browse.filter_parts import parts
from peekui.filters import edits
from peekui.filters.expression.printing import to_expression
from peekui.filters.nodes import TooDeep
from peekui.ui.columns import cut
from peekui.ui.commands import Situation, Where
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.pill_fitting import COUNT, cells_of, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events

    from peekui.filters.edits import Edit
    from peekui.filters.nodes import Group
    from peekui.filters.paths import Path

__all__ = ["FilterPills"]

_REMOVE = " ✕ "
_MUTED = "⊘ "
_ADD, _ADD_BRIEFLY = " + filter ", " + "
_LONGEST = 500
"""Characters of a part that are drawn at all: no line is wider."""


class _Pill(NamedTuple):
    path: Path
    text: str
    muted: bool


@dataclass(frozen=True, slots=True)
class _Spot:
    """Something in the line.

    Attributes:
        pill: Index of the pill that a click on it means.
        text: What is drawn.
        style: Name of its component class.
        removes: A click takes the pill away.
    """

    pill: int
    text: str
    style: str
    removes: bool = False


class FilterPills(RunsCommands, Widget, can_focus=True):
    """Draws the parts of a filter, and after them the way to add one; says what the user did."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.PILLS)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "filter-pills--pill",
        "filter-pills--muted",
        "filter-pills--add",
        "filter-pills--hidden",
        "filter-pills--cursor",
    }

    filter: reactive[Group | None] = reactive(None)
    """What is drawn."""
    cursor: reactive[int] = reactive(0)
    """Index of the pill that keys mean; one more than the last is the way to add a part."""

    class Changed(Message):
        """The user changed the filter."""

        def __init__(self, tree: Group | None) -> None:
            super().__init__()
            self.tree = tree

    class EditAsked(Message):
        """The user wants to change the node at a path, which is the root's where there is something to add."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class Left(Message):
        """The user is done here."""

    def __init__(self) -> None:
        """Begin without a filter."""
        super().__init__()
        self._pills: tuple[_Pill, ...] = ()

    def watch_filter(self, tree: Group | None) -> None:
        """Draw another filter, with the cursor where it was, or on the last pill."""
        self._pills = tuple(
            _Pill(path, (_MUTED if node.muted else "") + _shown(to_expression(replace(node, muted=False))), node.muted)
            for path, node in parts(tree)
        )
        self.cursor = min(self.cursor, len(self._pills) - 1)

    def validate_cursor(self, cursor: int) -> int:
        """Keep to the pills and the way to add a part."""
        return max(0, min(cursor, len(self._pills)))

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        on_pill = self.cursor < len(self._pills)
        return Situation(filter=self.filter is not None, pill=on_pill, pill_after=on_pill, pill_before=self.cursor > 0)

    # -- what is drawn ------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        style = self.rich_style
        if y > 0:
            return Strip.blank(self.size.width, style)
        segments = [Segment(spot.text, style + self._style(spot)) for spot in self._spots(self.size.width)]
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _style(self, spot: _Spot) -> Style:
        if not spot.style:
            return Style.null()
        style = self.get_component_rich_style(f"filter-pills--{spot.style}", partial=True)
        if self.has_focus and spot.pill == self.cursor and spot.style != "hidden":
            style += self.get_component_rich_style("filter-pills--cursor", partial=True)
        # The cross of a muted part is not struck out: it works.
        return style + Style(strike=False) if spot.removes else style

    def _spots(self, width: int) -> Iterator[_Spot]:
        """Lay the line out, from left to right; what is between the pills has no style."""
        lengths = [cell_len(pill.text) for pill in self._pills]
        add = _ADD if cells_of(lengths) + cell_len(_ADD) <= width else _ADD_BRIEFLY
        shown = fit(lengths, self.cursor, width - cell_len(add))
        if shown.first:
            yield _Spot(shown.first - 1, f"‹{shown.first}".ljust(COUNT), "hidden")
        for index, cells in enumerate(shown.cells, shown.first):
            pill = self._pills[index]
            style = "muted" if pill.muted else "pill"
            yield _Spot(index, f" {cut(pill.text, cells)}", style)
            yield _Spot(index, _REMOVE, style, removes=True)
            yield _Spot(index, " ", "")
        last = shown.first + len(shown.cells)
        if last < len(self._pills):
            yield _Spot(last, f"+{len(self._pills) - last}".ljust(COUNT), "hidden")
        yield _Spot(len(self._pills), add, "add")

    # -- keys and mouse -----------------------------------------------------------------------------------

    def command_pills_next(self) -> None:
        """Go to the part on the right."""
        self.cursor += 1

    def command_pills_previous(self) -> None:
        """Go to the part on the left."""
        self.cursor -= 1

    def command_pills_edit(self) -> None:
        """Change the part under the cursor, or add one."""
        self.post_message(self.EditAsked(self._pills[self.cursor].path if self.cursor < len(self._pills) else ()))

    def command_pills_mute(self) -> None:
        """Leave the part out without losing it, or take it in again."""
        self._edit(edits.mute)

    def command_pills_negate(self) -> None:
        """Ask for the opposite of the part."""
        self._edit(edits.negate)

    def command_pills_remove(self) -> None:
        """Take the part out of the filter."""
        if self._pills[self.cursor].path:
            self._edit(edits.remove)
        else:
            self.post_message(self.Changed(None))

    def command_pills_leave(self) -> None:
        """Back to the table."""
        self.post_message(self.Left())

    def on_click(self, event: events.Click) -> None:
        """Do what a click on a spot does: go to a pill, at the second click change it; remove it; add a part."""
        spots = list(self._spots(self.size.width))
        ends = accumulate(cell_len(spot.text) for spot in spots)
        spot = next((spot for spot, end in zip(spots, ends, strict=True) if event.x < end), None)
        if spot is None:
            return
        self.cursor = spot.pill
        if spot.removes:
            self.command_pills_remove()
        elif spot.style == "add" or event.chain == 2:
            self.command_pills_edit()

    def _edit(self, edit: Callable[[Group, Path], Edit]) -> None:
        if self.filter is None:
            return
        try:
            edited = edit(self.filter, self._pills[self.cursor].path)
        except TooDeep as error:
            self.notify(f"It cannot be changed: {error}.", severity="warning", markup=False)
        else:
            self.post_message(self.Changed(edited.tree))


def _shown(text: str) -> str:
    return one_line(text[:_LONGEST])
