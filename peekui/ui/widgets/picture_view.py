"""A picture that is asked for when it can be seen, or the reason why there is none."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from peekui.ui.untrusted import one_line
from peekui.ui.widgets.picture import Picture

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.timer import Timer

    from peekui.browse.pictures.forms import CellSize
    from peekui.browse.pictures.raster import Colour, Raster
    from peekui.browse.pictures.wanted import WantedPicture

__all__ = ["PictureView"]

_REST = 0.1
"""Seconds that a picture is wanted before it is asked for: who goes past twenty assets wants the last one's."""
_WAITING = "…"


class PictureView(Picture):
    """Draws a picture as large as there is room for; asks the screen for it with `Wanted`, when it can be seen.

    What it drew of another picture is gone as soon as this one is wanted.
    """

    class Wanted(Message):
        """A picture is on show soon, and is not here yet."""

        def __init__(self, view: PictureView, wanted: WantedPicture, box: tuple[int, int], ground: Colour) -> None:
            super().__init__()
            self.view = view
            self.wanted = wanted
            self.box = box
            self.ground = ground

    class Got(Message):
        """What came of it: a picture, or a sentence that says why there is none."""

        def __init__(self, key: str, raster: Raster | None, reason: str = "") -> None:
            super().__init__()
            self.key = key
            self.raster = raster
            self.reason = reason

    def __init__(self, *, id: str, most_rows: int, spends: bool = False) -> None:  # noqa: A002  (Textual's word)
        """Show nothing yet.

        Args:
            id: Of the widget.
            most_rows: Lines a picture takes at most.
            spends: A call may be made for a picture's address even where calls are rationed.
        """
        super().__init__(id=id)
        self.spends = spends
        self._most_rows = most_rows
        self._wanted: WantedPicture | None = None
        self._reason = ""
        self._asked_for: tuple[str, tuple[int, int], Colour, CellSize | None] | None = None
        self._timer: Timer | None = None

    @property
    def reason(self) -> str:
        """Why there is none; empty while there is one, or it is on its way."""
        return self._reason

    def show(self, wanted: WantedPicture | None, reason: str = "") -> None:
        """Show another picture.

        Args:
            wanted: Which; None for none.
            reason: Why none, where none is wanted.
        """
        if wanted and self._wanted and wanted.key == self._wanted.key:
            return
        self._wanted = wanted
        self._asked_for = None
        known = self._known()
        self._draw(known, wanted.reason if wanted else reason)
        if known is None:
            self.ask_soon()

    def _known(self) -> Raster | None:
        """Give the picture at once where it is in memory."""
        gallery = self._app.gallery if self.is_attached else None
        if self._wanted is None or gallery is None or not self.size.width:
            return None
        return gallery.known(self._wanted, self._box(), self._ground())

    def on_picture_view_got(self, message: Got) -> None:
        """Draw it, unless another one is wanted by now."""
        if self._wanted and message.key == self._wanted.key:
            self._draw(message.raster, message.reason)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Turn a bug into a reason: it must not end the app, nor go unseen."""
        if event.state is WorkerState.ERROR:
            self._draw(None, f"peekui made a mistake: {type(event.worker.error).__name__}: {event.worker.error}")

    def on_show(self) -> None:
        """Ask for what was wanted meanwhile."""
        self.ask_soon()

    def on_resize(self) -> None:
        """Ask for it in the size there is room for now."""
        self.ask_soon()

    def notify_style_update(self) -> None:
        """Ask for it anew where the ground shows through."""
        super().notify_style_update()
        self.ask_soon()

    def ask_again(self) -> None:
        """Ask for what was not to be had before."""
        if self._raster is None:
            self._asked_for = None
        self.ask_soon()

    def ask_soon(self) -> None:
        """Ask for what is wanted and not here, once that has been so for a while."""
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(_REST, self._ask) if self._wanted and self.is_attached else None

    def _ask(self) -> None:
        wanted = self._wanted
        if wanted is None or wanted.reason or not self.size.width or not self.screen.is_active:
            return
        box, ground, gallery = self._box(), self._ground(), self._app.gallery
        asked = (wanted.key, box, ground, gallery.cell if gallery else None)
        if asked != self._asked_for:
            self._asked_for = asked
            self.post_message(self.Wanted(self, wanted, box, ground))

    def _ground(self) -> Colour:
        ground = self.background_colors[1]
        return ground.r, ground.g, ground.b

    def _box(self) -> tuple[int, int]:
        """Give the points there is room for, whether what is around scrolls by now or not."""
        around = self.parent
        if not isinstance(around, Widget):
            return self.size.width, 2
        room = around.outer_size.width - around.styles.gutter.width - around.styles.scrollbar_size_vertical
        rows = min(self._most_rows, max(around.scrollable_content_region.height, 1))
        return max(min(self.size.width, room), 1), 2 * rows

    def _draw(self, raster: Raster | None, reason: str) -> None:
        width = self.size.width
        before = self._rows(width)
        self._reason = reason
        self.draw(raster)
        if self.is_attached and (not width or self._rows(width) != before):
            self.refresh(layout=self.styles.auto_dimensions)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  (Textual's)
        """Take as many lines as the picture, or the reason, does."""
        return self._rows(width)

    def _rows(self, width: int) -> int:
        if self._raster:
            return self._raster.rows
        return len(self._lines(width)) if self._reason else 1

    def render_line(self, y: int) -> Strip:
        """Draw a line of the picture, or of the reason."""
        if self._raster:
            return super().render_line(y)
        lines = self._lines(self.size.width) if self._reason else [_WAITING if self._wanted else ""]
        text = lines[y] if y < len(lines) else ""
        return Strip([Segment(text, self._base + Style(dim=True))]).adjust_cell_length(self.size.width, self._base)

    def _lines(self, width: int) -> list[str]:
        return textwrap.wrap(one_line(self._reason), max(width, 10)) or [""]
