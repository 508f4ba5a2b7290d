"""Writes a picture as Sixels, one sequence for each line of cells: a line that was covered is sent again alone.

Own code: textual-image has an encoder in a private module of its own only, libsixel's binding was last released in
2018, and with Pillow's palette and big integers there is little to write.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["sixel_lines"]

_COLOURS: Final = 255
_BAND: Final = 6
"""Lines of points that a sixel stands for, the lowest bit on top."""
_LETTERS: Final = bytes((number + 63) % 256 for number in range(256))
_RUN: Final = re.compile(rb"(.)\1{3,}", re.DOTALL)


def sixel_lines(picture: Image.Image, height: int) -> Iterator[bytes]:
    """Give the sequence for each line of cells, from the top.

    Args:
        picture: Red, green and blue; as high as some whole lines.
        height: Points of a line of cells.
    """
    indexed = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE)
    palette = indexed.getpalette() or []
    for top in range(0, indexed.height, height):
        yield _sequence(indexed.crop((0, top, indexed.width, top + height)), palette)


def _sequence(line: Image.Image, palette: list[int]) -> bytes:
    points, width = line.tobytes(), line.width
    used = sorted(set(points))
    colours = b"".join(b"#%d;2;%d;%d;%d" % (one, *_percent(palette[3 * one : 3 * one + 3])) for one in used)
    bands = (points[begin : begin + _BAND * width] for begin in range(0, len(points), _BAND * width))
    body = b"-".join(_band(band, width) for band in bands)
    # 1: points that no colour is given to stay as they are.
    return b'\x1bP0;1q"1;1;%d;%d%s%s\x1b\\' % (width, line.height, colours, body)


def _percent(colour: list[int]) -> list[int]:
    return [round(part * 100 / 255) for part in colour]


def _band(points: bytes, width: int) -> bytes:
    lines = [points[begin : begin + width] for begin in range(0, len(points), width)]
    return b"$".join(b"#%d%s" % (colour, _sixels(lines, colour)) for colour in sorted(set(points)))


def _sixels(lines: list[bytes], colour: int) -> bytes:
    """Give where a band has a colour: the bits of all columns at once, as one large number."""
    bits = 0
    for place, line in enumerate(lines):
        bits |= int.from_bytes(line.translate(_bit_where(colour, place)))
    letters = bits.to_bytes(len(lines[0])).translate(_LETTERS).rstrip(b"?")
    return _RUN.sub(lambda run: b"!%d%s" % (len(run[0]), run[1]), letters)


@cache
def _bit_where(colour: int, place: int) -> bytes:
    table = bytearray(256)
    table[colour] = 1 << place
    return bytes(table)
