"""The process that decodes pictures: what crashes, hangs or swells in it, the browser survives.

It reads requests from standard input and answers on standard output, each with its head (`wire`), until its input
closes.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from typing import TYPE_CHECKING, BinaryIO, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from peekui.browse.pictures.limits import MOST_PIXELS
from peekui.browse.pictures.wire import ANSWER, REQUEST

if TYPE_CHECKING:
    from peekui.browse.pictures.raster import Colour

__all__ = ["decode", "main"]

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")
"""No other decoder is tried, whatever the content looks like."""
_MEMORY: Final = 1_500_000_000
"""Bytes of address space: 40 million points four bytes each, twice, and what Pillow and Python take."""


def decode(content: bytes, box: tuple[int, int], ground: Colour) -> tuple[tuple[int, int], bytes]:
    """Decode a picture the right way up, no larger than a box; a small one stays as it is.

    Args:
        content: The file.
        box: Points, width and height.
        ground: What shows through where it is transparent.

    Returns:
        Width and height, and red, green and blue of every point.

    Raises:
        ValueError: It cannot, or must not, be decoded; the text says why.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as file:
            file.draft("RGB", (box[0] * 2, box[1] * 2))
            picture = ImageOps.exif_transpose(file)
            picture.thumbnail(box, Image.Resampling.BOX if picture.mode == "P" else Image.Resampling.BICUBIC)
            opaque = Image.new("RGBA", picture.size, (*ground, 255))
            opaque.alpha_composite(picture.convert("RGBA"))
            return opaque.size, opaque.convert("RGB").tobytes()
    except UnidentifiedImageError as error:
        raise ValueError("this is no picture of a kind that is decoded") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError(f"it has more than the {MOST_PIXELS:,} points that are decoded") from error
    except MemoryError as error:
        raise ValueError("it takes more memory than a picture gets") from error


def _reply(read: BinaryIO, write: BinaryIO) -> bool:
    """Answer one request; False at the end of the input."""
    head = read.read(REQUEST.size)
    if len(head) < REQUEST.size:
        return False
    length, width, height, *ground = REQUEST.unpack(head)
    content = read.read(length)
    try:
        size, points = decode(content, (width, height), (ground[0], ground[1], ground[2]))
        write.write(ANSWER.pack(True, *size, len(points)) + points)
    except Exception as error:  # noqa: BLE001  (whatever a decoder throws at hostile bytes, it is the same: no picture)
        reason = (str(error) or type(error).__name__).encode(errors="replace")[:500]
        write.write(ANSWER.pack(False, 0, 0, len(reason)) + reason)
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
