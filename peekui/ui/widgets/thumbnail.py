"""One asset of a contact sheet: its picture, its title, its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from peekui.browse.pictures.wanted import WantedPicture
from peekui.ui.columns.cells import shown_text, status_cell
from peekui.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from peekui.api.models import Asset

__all__ = ["CAPTION_ROWS", "Thumbnail"]

CAPTION_ROWS = 2
_TONES = {
    "good": "$text-success",
    "bad": "bold $text-error",
    "busy": "$text-warning",
    "dim": "dim",
}


class _Caption(Widget):
    """Title and status, one line each."""

    text = Content()

    def render(self) -> Content:
        """Draw both."""
        return self.text


class Thumbnail(Vertical):
    """A place of the sheet, which shows one asset after another."""

    class Clicked(Message):
        """The mouse was here."""

        def __init__(self, thumbnail: Thumbnail, event: events.Click) -> None:
            super().__init__()
            self.thumbnail = thumbnail
            self.event = event

    def __init__(self, place: int, picture_rows: int) -> None:
        """Take where it is.

        Args:
            place: In the sheet, from 0.
            picture_rows: Lines of its picture.
        """
        super().__init__()
        self.place = place
        self.picture = PictureView(id=f"picture-{place}", most_rows=picture_rows)
        self.picture.styles.height = picture_rows
        self._caption = _Caption()
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Picture above, caption below."""
        yield self.picture
        yield self._caption

    def show(self, asset: Asset | None, namespace: str | None, *, marked: bool, current: bool, missing: str) -> None:
        """Show an asset, or why there is none.

        Args:
            asset: None where there is none.
            namespace: It is in.
            marked: It is.
            current: The cursor is on it.
            missing: Why there is none; empty behind the last one.
        """
        shown = (asset, marked, current, missing)
        if shown == self._shown:
            return
        self._shown = shown
        if self.visible is not (there := asset is not None or bool(missing)):
            self.visible = there
        self.set_class(current, "-current")
        self.picture.show(WantedPicture(asset, namespace) if asset else None, missing)
        self._caption.text = _caption(asset, marked=marked) if asset else Content()
        self._caption.refresh()

    def on_click(self, event: events.Click) -> None:
        """Say so."""
        event.stop()
        self.post_message(self.Clicked(self, event))


def _caption(asset: Asset, *, marked: bool) -> Content:
    status = status_cell(asset.status)
    mark = Content.styled("● ", "$text-accent") if marked else Content()
    kind = Content.styled(f" · {shown_text(asset.modality)}", "dim") if asset.modality else Content()
    title = Content.assemble(mark, Content(shown_text(asset.title)))
    return Content("\n").join([title, Content.assemble(Content.styled(status.text, _TONES.get(status.tone, "")), kind)])
