"""A screen as text: its characters, then which style each of them has. Small, and a difference can be read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.strip import Strip

__all__ = ["TextPictures", "picture"]

_NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class TextPictures(SingleFileSnapshotExtension):
    """Keeps each picture in a text file of its own."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


def picture(app: App[Any]) -> str:
    """Draw what is on the screen.

    Returns:
        The lines, a ruler, the styles of each line as letters with how many cells they hold, and what the letters mean.
    """
    strips = app.screen._compositor.render_strips(app.size)
    names: dict[str, str] = {}
    text = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    styles = [" ".join(_runs(strip, names)) for strip in strips]
    legend = [f"{name}  {style}" for style, name in names.items()]
    return "\n".join((*text, "-" * app.size.width, *styles, "-" * app.size.width, *legend)) + "\n"


def _runs(strip: Strip, names: dict[str, str]) -> Iterable[str]:
    cells = ((_name(str(segment.style), names), segment.cell_length) for segment in strip)
    for name, run in groupby(cells, key=lambda cell: cell[0]):
        yield f"{name}{sum(length for _, length in run)}"


def _name(style: str, names: dict[str, str]) -> str:
    return names.setdefault(style, _NAMES[len(names)] if len(names) < len(_NAMES) else f"<{len(names)}>")
