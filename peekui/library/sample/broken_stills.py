"""Ways to break pictures and texts; each gives the bytes of a file that cannot be read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from peekui.library.sample.graphics import animation, logo
from peekui.library.sample.pictures import encode
from peekui.library.sample.scenes import paint
from peekui.library.sample.words import html_page, json_record, plain_note

if TYPE_CHECKING:
    import random

__all__ = [
    "broken_json",
    "empty",
    "garbage_tiff",
    "half_gif",
    "header_only_jpeg",
    "html_as_png",
    "impossible_bmp",
    "noise_as_text",
    "png_bomb",
    "png_rotten_pixels",
    "png_wrong_checksum",
    "text_as_jpeg",
    "truncated_bmp",
    "truncated_jpeg",
    "truncated_png",
    "truncated_tiff",
    "truncated_webp",
    "zeros",
    "zip_as_webp",
]


def _photo(dice: random.Random, form: str = "JPEG") -> bytes:
    return encode(paint("sea", (320, 213), dice), form)


def _truncated(content: bytes, share: float) -> bytes:
    return content[: round(len(content) * share)]


def truncated_jpeg(dice: random.Random) -> bytes:
    """A copy that broke off in the middle of the picture."""
    return _truncated(_photo(dice), 0.55)


def truncated_png(dice: random.Random) -> bytes:
    """A copy that broke off in the middle of the picture."""
    return _truncated(encode(logo(dice), "PNG"), 0.4)


def truncated_webp(dice: random.Random) -> bytes:
    """A copy that broke off in the middle of the picture."""
    return _truncated(_photo(dice, "WEBP"), 0.5)


def truncated_tiff(dice: random.Random) -> bytes:
    """A copy that broke off; the directory of a TIFF comes last."""
    return _truncated(_photo(dice, "TIFF"), 0.3)


def truncated_bmp(dice: random.Random) -> bytes:
    """A copy that broke off in the middle of the picture."""
    return _truncated(_photo(dice, "BMP"), 0.25)


def half_gif(dice: random.Random) -> bytes:
    """The first few frames of an animation, and half a frame more."""
    return _truncated(animation(dice, "GIF"), 0.5)


def empty(_: random.Random) -> bytes:
    """Nothing at all."""
    return b""


def zeros(_: random.Random) -> bytes:
    """A card that reserved the room and never filled it."""
    return bytes(24576)


def header_only_jpeg(dice: random.Random) -> bytes:
    """Everything but the picture."""
    content = _photo(dice)
    return content[: content.index(b"\xff\xda")]


def text_as_jpeg(dice: random.Random) -> bytes:
    """A note under a picture's name."""
    return plain_note("Read me first", dice)


def html_as_png(dice: random.Random) -> bytes:
    """A downloader saved the error page."""
    return html_page("404 Not Found", dice)


def zip_as_webp(dice: random.Random) -> bytes:
    """An archive that somebody renamed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("export/photo.jpg", (2026, 9, 1, 8, 30, 0)), dice.randbytes(2000))
    return out.getvalue()


def noise_as_text(dice: random.Random) -> bytes:
    """Bytes that are no text in any encoding."""
    return b"\x00\xfe\x01" + dice.randbytes(6000)


def broken_json(dice: random.Random) -> bytes:
    """An export that broke off."""
    return _truncated(json_record("Export of the catalogue", dice), 0.7)


def garbage_tiff(dice: random.Random) -> bytes:
    """A proper signature, then a directory that lies far behind the end of the file."""
    return b"II*\x00" + struct.pack("<I", 0x7FFFFFF0) + dice.randbytes(5000)


def impossible_bmp(dice: random.Random) -> bytes:
    """A header that no picture can have."""
    header = struct.pack("<IiiHHIIiiII", 40, -2_000_000_000, 3, 1, 37, 99, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 4000, 0, 0, 54) + header + dice.randbytes(3000)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(_: random.Random) -> bytes:
    """A few kilobytes that unpack to 256 million pixels."""
    side = 16000
    packer = zlib.compressobj(1)
    row = bytes(1 + side // 8) * 500
    pixels = b"".join(packer.compress(row) for _ in range(side // 500)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def png_wrong_checksum(dice: random.Random) -> bytes:
    """A bit flipped in the checksum of the header."""
    content = bytearray(encode(logo(dice), "PNG"))
    content[29] ^= 0xFF  # the first byte of the checksum of IHDR
    return bytes(content)


def png_rotten_pixels(dice: random.Random) -> bytes:
    """A few hundred bytes of the pixels overwritten."""
    content = encode(logo(dice), "PNG")
    start = content.index(b"IDAT") + 4
    return content[: start + 40] + dice.randbytes(400) + content[start + 440 :]
