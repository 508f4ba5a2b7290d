"""The members of a group side by side: a column each, a line for each field."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from peekui.triage.differences import differences
from peekui.ui import formats
from peekui.ui.columns import GAP, cut
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events

    from peekui.filters.nodes import JsonScalar
    from peekui.triage.differences import FieldValues
    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.rows import Row

__all__ = ["MemberHeading", "MemberTable"]

_MOST_SHOWN: Final = 100
"""Members that are shown and compared; the keep-rule decides of the others."""
_FIELD: Final = 18
_LEAST: Final = 22
"""Cells of a member at least."""


class Shown(NamedTuple):
    """What is drawn of a group.

    Attributes:
        members: Those that are shown.
        keep: Ids of those that stay.
        fields: All fields, those that differ among them.
    """

    members: Sequence[Row] = ()
    keep: frozenset[str] = frozenset()
    fields: Sequence[FieldValues] = ()


class MemberTable(RowView):
    """Draws the fields; the copy under the cursor is a column."""

    shown: reactive[Shown] = reactive(Shown, init=False)
    """What is drawn."""
    copy: reactive[int] = reactive(0)
    """Index of the copy under the cursor."""
    all_fields: reactive[bool] = reactive(default=False, init=False)
    """Fields that are equal are drawn too."""

    pressed: str = ""
    """The key that was pressed last: one command stands for nine of them."""

    def __init__(self, title_of: Callable[[str], str]) -> None:
        """Take what names a collection."""
        super().__init__()
        self._title_of = title_of
        self._key = ""
        self.heading = MemberHeading(self, title_of)

    def show(self, group: DuplicateGroup, keep: frozenset[str]) -> None:
        """Draw a group, and which of its members stay."""
        members = group.members[:_MOST_SHOWN]
        same = group.key == self._key
        part = group if len(members) == len(group.members) else type(group)(members, group.original, group.flaws)
        fields = self.shown.fields if same else differences(part)
        self._key = group.key
        self.shown = Shown(members, keep, fields)
        if not same:
            self.copy = 0
            self.cursor = 0

    @property
    def row(self) -> Row:
        """The copy under the cursor."""
        return self.shown.members[self.copy]

    @property
    def fields(self) -> Sequence[FieldValues]:
        """The fields that are drawn."""
        return self.shown.fields if self.all_fields else [field for field in self.shown.fields if field.differs]

    @property
    def drawn(self) -> int:
        """How many copies there is room for."""
        return len(self.columns(self.scrollable_content_region.width)[1])

    def on_key(self, event: events.Key) -> None:
        """Note which key it is; the command that it runs comes after."""
        self.pressed = event.key

    def validate_copy(self, copy: int) -> int:
        """Stay on a copy."""
        return max(0, min(copy, len(self.shown.members) - 1))

    def watch_shown(self) -> None:
        """Draw another group."""
        self._draw_anew()

    def watch_copy(self) -> None:
        """Bring the copy into view."""
        self._draw_anew()

    def watch_all_fields(self) -> None:
        """Draw more or fewer fields."""
        self._draw_anew()

    def on_resize(self) -> None:
        """Fit other columns."""
        super().on_resize()
        self._draw_anew()

    def _draw_anew(self) -> None:
        self.row_count = len(self.fields)
        self.refresh()
        self.heading.refresh()

    def columns(self, width: int) -> tuple[int, range, int]:
        """Give the cells of the field's name, which members are drawn, and the cells of each."""
        field = min(_FIELD, width // 4)
        room = width - field
        count = max(min(room // (_LEAST + GAP), len(self.shown.members)), 1)
        first = max(0, min(self.copy - count // 2, len(self.shown.members) - count))
        return field, range(first, min(first + count, len(self.shown.members))), room // count - GAP

    def click_row(self, index: int, event: events.Click) -> None:
        """Put the cursor where the click was; no click settles anything."""
        self.cursor = index
        name, places, room = self.columns(self.scrollable_content_region.width)
        if event.x >= name:
            self.copy = places.start + (event.x - name) // (room + GAP)

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw what each member has in a field; what the copy under the cursor has as well is dim."""
        field = self.fields[index]
        name, places, room = self.columns(width)
        dim = style + self.get_component_rich_style("row-view--dim", partial=True)
        segments = [Segment(cut(_brief(field.field), name), dim)]
        here = repr(field.values[self.copy])
        for place in places:
            same = place != self.copy and repr(field.values[place]) == here
            text = one_line(self._value(field.field, field.values[place]))
            segments += [Segment(" " * GAP, style), Segment(cut(text, room), dim if same else style)]
        return Strip(segments).adjust_cell_length(width, style)

    def _value(self, path: str, values: Sequence[JsonScalar]) -> str:
        match path, values:
            case _, ():
                return "–"
            case "collection_id", (str(key),):
                return self._title_of(key)
            case "created_at", (str(moment),):
                return formats.brief_moment(datetime.fromisoformat(moment))
            case "file_data.file_size_bytes", (int(size),):
                return formats.size(size)
        return ", ".join("null" if value is None else str(value) for value in values)


class MemberHeading(Widget):
    """Number, fate and name of each member that is drawn."""

    def __init__(self, table: MemberTable, title_of: Callable[[str], str]) -> None:
        super().__init__(id="member-heading")
        self._table = table
        self._title_of = title_of

    def render(self) -> Content:
        """Draw three lines."""
        shown = self._table.shown
        name, places, room = self._table.columns(self._table.scrollable_content_region.width)
        lines: tuple[list[Content], ...] = ([], [], [])
        for place in places:
            row = shown.members[place]
            kept, here = row.asset_id in shown.keep, place == self._table.copy
            fate = f"{place + 1} {'KEEP' if kept else 'drop'}{' ◂' if here else ''}"
            lines[0].append(Content.styled(cut(fate, room), "bold $text-success" if kept else "$text-error"))
            lines[1].append(Content.styled(cut(one_line(row.title), room), "bold underline" if here else "bold"))
            lines[2].append(Content.styled(cut(self._title_of(row.collection), room), "dim"))
        gap = " " * GAP
        return Content("\n").join(
            Content.assemble(" " * name, *(part for cell in line for part in (gap, cell))) for line in lines
        )


def _brief(path: str) -> str:
    return path.removeprefix("metadata.").removeprefix("file_data.")
