"""Pictures of the members of a group, each above what it says; two of them by turns in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

from peekui.api.models import Asset
from peekui.browse.pictures.wanted import WantedPicture
from peekui.ui.columns import GAP
from peekui.ui.triage.member_columns import MOST_COLUMNS
from peekui.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.rows import Row
    from peekui.ui.triage.member_columns import Columns, Flicker

__all__ = ["MemberPictures", "has_pictures"]

_MOST_ROWS = 16


class MemberPictures(Horizontal):
    """Shows them; the screen gets them.

    Members with one hash are one picture, of the first of them that could be read: it is asked for once.
    """

    def __init__(self, namespace: str | None) -> None:
        """Take where the members are; nothing is shown yet."""
        super().__init__(id="member-pictures")
        self._namespace = namespace

    def compose(self) -> ComposeResult:
        """Put as many views there as there may be columns; showing them is for the user to say, so they may spend."""
        for number in range(MOST_COLUMNS):
            yield PictureView(id=f"member-picture-{number}", most_rows=_MOST_ROWS, spends=True)

    def show(self, group: DuplicateGroup, columns: Columns, flicker: Flicker | None) -> None:
        """Show the members that are drawn.

        Args:
            group: The members.
            columns: Where they are drawn.
            flicker: The two that take turns. Each has its view, so that none is drawn anew when it is its turn.
        """
        self.styles.padding = (0, 0, 0, 1 + columns.field)
        places: Sequence[int] = (flicker.a, flicker.b) if flicker else columns.places
        for number, view in enumerate(self.query(PictureView)):
            view.styles.width = columns.room
            view.styles.margin = (0, 0, 0, GAP)
            view.display = number < len(places) and places[number] in columns.places
            if number < len(places):
                view.show(WantedPicture(_asset(_pictured(group, group.members[places[number]])), self._namespace))


def has_pictures(group: DuplicateGroup) -> bool:
    """Say whether there may be a picture of any member."""
    return any(not WantedPicture(_asset(_pictured(group, row)), None).reason for row in group.members)


def _pictured(group: DuplicateGroup, row: Row) -> Row:
    """Give the member whose picture stands for another: the bytes are the same."""
    copies = group.contents.get(row.file_hash or "", (row,))
    return next((copy for copy in copies if not copy.failed), row)


def _asset(row: Row) -> Asset:
    return Asset(
        asset_id=row.asset_id,
        collection_id=row.collection or None,
        status=row.status,
        modality=row.modality or None,
        file_hash=row.file_hash,
        file_data={"file_type": row.media_type, "file_size_bytes": row.size},
        updated_at=row.updated,
    )
