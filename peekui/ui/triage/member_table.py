"""The fields of the members of a group: a line for each field, a column for each member, or one place for two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from peekui.triage.differences import differences, identities
from peekui.ui.columns import GAP, cut
from peekui.ui.triage.member_columns import Columns
from peekui.ui.triage.member_heading import MemberHeading
from peekui.ui.triage.member_values import brief_field, value_text
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events

    from peekui.triage.differences import FieldValues
    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.rows import Row
    from peekui.ui.triage.member_columns import Flicker

__all__ = ["MemberTable"]

_MOST_SHOWN: Final = 100
"""Members that are shown and compared; the keep-rule decides of the others."""


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
    flicker: reactive[Flicker | None] = reactive(None, init=False)
    """The two that take turns; None where members are side by side."""

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
        fields = self.shown.fields if same else [*identities(part), *differences(part)]
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
        """The fields that are drawn: where only those that differ are, the ids, which always do, are not."""
        if self.all_fields:
            return self.shown.fields
        return [field for field in self.shown.fields if field.field != "asset_id" and self._differs(field)]

    def _differs(self, field: FieldValues) -> bool:
        pair = self.flicker
        return field.of(pair.a, pair.b).differs if pair else field.differs

    @property
    def columns(self) -> Columns:
        """Where members are drawn."""
        width = self.scrollable_content_region.width
        return Columns.of(width, len(self.shown.members), self.copy, self.flicker)

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

    def watch_flicker(self) -> None:
        """Draw the other of the two, or members side by side again."""
        self._draw_anew()

    def on_resize(self) -> None:
        """Fit other columns."""
        self._draw_anew()

    def _draw_anew(self) -> None:
        self.row_count = len(self.fields)
        self.refresh()
        self.heading.refresh()

    def click_row(self, index: int, event: events.Click) -> None:
        """Put the cursor where the click was; no click settles anything."""
        self.cursor = index
        name, places, room = self.columns
        if event.x >= name and not self.flicker:
            self.copy = places[min((event.x - name) // (room + GAP), len(places) - 1)]

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw what each member has in a field; what the copy it is held against has as well is dim."""
        field, members = self.fields[index], self.shown.members
        name, places, room = self.columns
        dim = style + self.get_component_rich_style("row-view--dim", partial=True)
        segments = [Segment(cut(one_line(brief_field(field.field)), name), dim)]
        for place in places:
            against = self.copy if self.flicker is None else self.flicker.next().shown
            same = place != against and not field.of(place, against).differs
            text = value_text(field.field, field.values[place], members, self._title_of)
            segments += [Segment(" " * GAP, style), Segment(cut(text, room), dim if same else style)]
        return Strip(segments).adjust_cell_length(width, style)
