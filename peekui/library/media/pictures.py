"""Opening and decoding pictures with Pillow, within bounds."""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image, UnidentifiedImageError

from peekui.library.media.damage import DamageError, DamageKind, decode_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.library.media.limits import Limits

__all__ = ["FORMATS", "check_size", "open_picture"]

FORMATS = {
    "image/avif": "AVIF",
    "image/bmp": "BMP",
    "image/gif": "GIF",
    "image/jp2": "JPEG2000",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/vnd.microsoft.icon": "ICO",
    "image/webp": "WEBP",
    "image/x-portable-pixmap": "PPM",
}
"""Pillow's decoder for each media type. No other decoder is ever tried, whatever the content looks like."""

# Pillow looks at pictures inside pictures (icons) that our own check of the outer size does not see.
_MOST_PIXELS = 240_000_000
Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # it warns from there, and refuses from twice as many
_TRUNCATED = ("truncated", "not enough", "end of file", "unexpected eof", "incomplete", "premature")


@contextmanager
def _decoding(format_: str) -> Iterator[None]:
    """Turn whatever Pillow throws in the block into damage.

    Args:
        format_: Is decoded: each breaks in ways of its own, and Pillow tells them in the same words.

    Yields:
        Nothing.

    Raises:
        DamageError: `TruncatedImage`, `DecompressionBomb`, `TooMuchMemory` or `DecodeError`.
    """
    try:
        yield
    except DamageError:
        raise
    except UnidentifiedImageError:
        raise DamageError(DamageKind.DECODE_ERROR, f"the {format_}'s header cannot be read") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = f"the picture claims more than {_MOST_PIXELS:,} pixels"
        raise DamageError(DamageKind.DECOMPRESSION_BOMB, message) from None
    except Exception as error:
        if any(word in str(error).lower() for word in _TRUNCATED):
            raise DamageError(DamageKind.TRUNCATED_IMAGE, f"the {format_} ends too early: {error}") from None
        raise decode_error(error) from error


@contextmanager
def open_picture(source: BinaryIO, media_type: str, limits: Limits) -> Iterator[Image.Image]:
    """Open a picture without decoding it yet.

    Args:
        source: The file, at its beginning.
        media_type: One of `FORMATS`, as sniffed.
        limits: `max_pixels` is checked against the size that the header claims.

    Yields:
        The opened picture; every exception in the block becomes damage, as `_decoding` says.

    Raises:
        DamageError: The header cannot be read, or claims too many pixels.
    """
    with _decoding(FORMATS[media_type]), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if media_type == "image/webp":
            _check_riff(source)
        with Image.open(source, formats=[FORMATS[media_type]]) as image:
            check_size(image, limits)
            yield image


def _check_riff(source: BinaryIO) -> None:
    """WebP's decoder takes all or nothing and does not say why: the header tells how long the file has to be."""
    head = source.read(8)
    claimed = int.from_bytes(head[4:], "little") + len(head)
    present = source.seek(0, os.SEEK_END)
    source.seek(0)
    if present < claimed:
        message = f"the WEBP ends too early: {present:,} of {claimed:,} bytes are there"
        raise DamageError(DamageKind.TRUNCATED_IMAGE, message)


def check_size(image: Image.Image, limits: Limits) -> None:
    """Refuse a picture whose header claims more pixels than may be decoded.

    Args:
        image: An opened picture.
        limits: Where `max_pixels` is.

    Raises:
        DamageError: `DecompressionBomb`.
    """
    width, height = image.size
    if width * height > limits.max_pixels:
        message = f"{width}×{height} is {width * height:,} pixels; at most {limits.max_pixels:,} are decoded"
        raise DamageError(DamageKind.DECOMPRESSION_BOMB, message)
