"""A picture, drawn as finely as the terminal can.

Half blocks are drawn at once, on any terminal. Kitty's placeholders take their place when the picture was sent; Sixels
are painted over them, line by line, after each frame that drew those lines. Both only on the uppermost screen: beneath
a dialog all colours are tinted, also those that are a picture's number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from peekui.browse.pictures.forms import Form
from peekui.ui.kitty import MOST_CELLS, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.geometry import Region

    from peekui.browse.pictures.raster import Colour, Raster
    from peekui.ui.app import PeekApp

__all__ = ["Picture"]

_HALF = "▀"


class Picture(Widget):
    """Draws a raster, which has one line of cells for each line it takes."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Draw nothing yet."""
        super().__init__(id=id)
        self._raster: Raster | None = None
        self._strips: dict[int, Strip] = {}
        self._base = Style.null()
        self._image: int | None = None
        self._unpainted: set[int] = set()

    @property
    def raster(self) -> Raster | None:
        """What is drawn, None while there is no picture."""
        return self._raster

    @property
    def _app(self) -> PeekApp:
        return cast("PeekApp", self.app)

    @property
    def _form(self) -> Form:
        gallery = self._app.gallery
        return gallery.form if gallery and self._raster and self._raster.fine else Form.BLOCKS

    def on_mount(self) -> None:
        """Send pictures again to a terminal that somebody else had in between."""
        self.app.app_resume_signal.subscribe(self, lambda _: self.draw_again())

    def on_unmount(self) -> None:
        """Have it sent no more."""
        self._release()

    def draw(self, raster: Raster | None) -> None:
        """Draw another picture, or none."""
        self._release()
        self._raster = raster
        if self.is_attached:
            self.draw_again()

    def draw_again(self) -> None:
        """Draw it as it can be drawn now."""
        self._image = None
        raster = self._raster
        if raster and self._form is Form.KITTY and self.screen.is_active and _can_be_numbered(raster):
            self._image = self._app.terminal_pictures.place(raster, self.draw_again)
            self._app.send_pictures()
        self._strips.clear()
        self.refresh()

    def _release(self) -> None:
        if self._raster and self._form is Form.KITTY:
            self._app.terminal_pictures.release(self._raster, self.draw_again)

    def notify_style_update(self) -> None:
        """Draw it on the ground of now."""
        super().notify_style_update()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; Sixels that were over them are gone with that, and are to be painted anew."""
        self._base = self.rich_style  # worked out from all that is around it: once, not for each line
        if self._raster and self._form is Form.SIXEL:
            self._unpainted.update(y for y in crop.line_range if y < self._raster.rows)
            self._app.terminal_pictures.paint(self._sixels)
            self._app.send_pictures()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw a line of the picture, and nothing below it."""
        if self._raster is None or y >= self._raster.rows:
            return Strip.blank(self.size.width, self._base)
        if y not in self._strips:
            self._strips[y] = Strip(self._segments(self._raster, y))
        return self._strips[y].adjust_cell_length(self.size.width, self._base)

    def _segments(self, raster: Raster, y: int) -> list[Segment]:
        if self._image is not None:
            number = Style(color=Color.from_rgb(*self._image.to_bytes(3)))
            return [Segment(placeholders(y, raster.width), self._base + number)]
        return [Segment(_HALF * cells, self._base + _style(upper, lower)) for upper, lower, cells in raster.row(y)]

    def _sixels(self) -> Iterator[str]:
        """Give what paints the lines that were drawn, each as things stand when it is sent."""
        while self._unpainted:
            y = min(self._unpainted)
            self._unpainted.discard(y)
            if self._raster and y < len(self._raster.fine) and self._is_bare(y, self._raster.width):
                place = self.content_region.offset
                yield f"\x1b7\x1b[{place.y + y + 1};{place.x + 1}H{self._raster.fine[y]}\x1b8"

    def _is_bare(self, y: int, width: int) -> bool:
        """Whether nothing lies over a line, nor is any of it cut off: Sixels would be over that."""
        if not self.is_attached or not self.screen.is_active:
            return False
        x, top = self.content_region.offset
        cells = (next(iter(self.screen.get_widgets_at(x + column, top + y)), None) for column in range(width))
        return all(found is not None and found[0] is self for found in cells)


def _can_be_numbered(raster: Raster) -> bool:
    return raster.width <= MOST_CELLS and raster.rows <= MOST_CELLS


def _style(upper: Colour, lower: Colour | None) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower) if lower else None)
