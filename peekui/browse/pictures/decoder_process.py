"""The process that decodes pictures: what crashes, hangs or swells in it, the browser survives.

It reads requests from standard input and answers on standard output, each with its head (`wire`), until its input
closes.
"""

from __future__ import annotations

import base64
import io
import os
import sys
import warnings
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

from PIL import Image, ImageOps, UnidentifiedImageError

from peekui.browse.pictures.limits import MOST_PIXELS, MOST_SENT
from peekui.browse.pictures.sixel import sixel_lines
from peekui.browse.pictures.wire import ANSWER, FORMS, REQUEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.browse.pictures.raster import Colour

__all__ = ["decode", "main"]

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")
"""No other decoder is tried, whatever the content looks like."""
_MEMORY: Final = 1_500_000_000
"""Bytes of address space: 40 million points four bytes each, twice, and what Pillow and Python take."""


def decode(
    content: bytes, box: tuple[int, int], ground: Colour, form: str = "blocks", cell: tuple[int, int] = (1, 2)
) -> tuple[tuple[int, int], bytes, bytes]:
    """Decode a picture the right way up, no larger than a box; a small one has as many points as it has pixels.

    Args:
        content: The file.
        box: Points, width and height; a cell has two, one above the other.
        ground: What shows through where it is transparent.
        form: What is wanted beside the points, one of `wire.FORMS`.
        cell: Pixels of a cell, width and height.

    Returns:
        Width and height; red, green and blue of every point; and the picture in the form that is wanted, over the same
        cells: base64 for Kitty, the lines' sequences with line feeds between them for Sixel. Nothing for half blocks,
        and where it would be larger than what is sent.

    Raises:
        ValueError: It cannot, or must not, be decoded; the text says why.
    """
    finest = box if form == "blocks" else (box[0] * cell[0], (box[1] + 1) // 2 * cell[1])
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as file:
            file.draft("RGB", (finest[0] * 2, finest[1] * 2))
            picture = _fitted(ImageOps.exif_transpose(file), finest, ground)
            points = picture.copy()
            points.thumbnail(box, Image.Resampling.BICUBIC)
            cells = (points.width, (points.height + 1) // 2)
            return points.size, points.tobytes(), _ENCODERS[form](picture, cells, cell, ground)
    except UnidentifiedImageError as error:
        raise ValueError("this is no picture of a kind that is decoded") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError(f"it has more than the {MOST_PIXELS:,} points that are decoded") from error
    except MemoryError as error:
        raise ValueError("it takes more memory than a picture gets") from error


def _fitted(picture: Image.Image, box: tuple[int, int], ground: Colour) -> Image.Image:
    picture.thumbnail(box, Image.Resampling.BOX if picture.mode == "P" else Image.Resampling.BICUBIC)
    opaque = Image.new("RGBA", picture.size, (*ground, 255))
    opaque.alpha_composite(picture.convert("RGBA"))
    return opaque.convert("RGB")


def _no_more(*_: object) -> bytes:
    return b""


def _png(picture: Image.Image, cells: tuple[int, int], cell: tuple[int, int], ground: Colour) -> bytes:
    """Give it for Kitty, which makes it as large as its cells."""
    most = cells[0] * cell[0] * cells[1] * cell[1]
    share = min(1.0, (MOST_SENT / most) ** 0.5)
    canvas = _on_canvas(picture, (int(cells[0] * cell[0] * share), int(cells[1] * cell[1] * share)), ground)
    content = io.BytesIO()
    canvas.save(content, "PNG")
    return base64.b64encode(content.getvalue())


def _sixels(picture: Image.Image, cells: tuple[int, int], cell: tuple[int, int], ground: Colour) -> bytes:
    """Give it for Sixel, which has the very pixels that are drawn."""
    size = (cells[0] * cell[0], cells[1] * cell[1])
    if size[0] * size[1] > MOST_SENT:
        return b""
    return b"\n".join(sixel_lines(_on_canvas(picture, size, ground), cell[1]))


def _on_canvas(picture: Image.Image, size: tuple[int, int], ground: Colour) -> Image.Image:
    return ImageOps.pad(picture, (max(size[0], 1), max(size[1], 1)), Image.Resampling.BICUBIC, ground)


_Encoder: TypeAlias = "Callable[[Image.Image, tuple[int, int], tuple[int, int], Colour], bytes]"
_ENCODERS: Final[dict[str, _Encoder]] = {"blocks": _no_more, "kitty": _png, "sixel": _sixels}


def _reply(read: BinaryIO, write: BinaryIO) -> bool:
    """Answer one request; False at the end of the input."""
    head = read.read(REQUEST.size)
    if len(head) < REQUEST.size:
        return False
    length, width, height, red, green, blue, form, *cell = REQUEST.unpack(head)
    content = read.read(length)
    try:
        size, points, fine = decode(content, (width, height), (red, green, blue), FORMS[form], (cell[0], cell[1]))
        write.write(ANSWER.pack(True, *size, len(points), len(fine)) + points + fine)
    except Exception as error:  # noqa: BLE001  (whatever a decoder throws at hostile bytes, it is the same: no picture)
        reason = (str(error) or type(error).__name__).encode(errors="replace")[:500]
        write.write(ANSWER.pack(False, 0, 0, len(reason), 0) + reason)
    write.flush()
    return True


def main() -> None:
    """Answer until the input closes."""
    warnings.simplefilter("ignore")
    # Pillow's own guard, which sees pictures inside pictures too: it warns above this, and refuses above twice as many.
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    os.nice(5)
    _limit_memory()
    while _reply(sys.stdin.buffer, sys.stdout.buffer):
        pass


def _limit_memory() -> None:
    if sys.platform == "linux":  # macOS has the call, and does not keep to it
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
