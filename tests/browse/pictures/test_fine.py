"""Pictures for Kitty and Sixel: the same cells as the half blocks, and no more than is sent."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from peekui.browse.pictures.decoder import Decoder
from peekui.browse.pictures.forms import CellSize, Form
from peekui.browse.pictures.limits import MOST_SENT
from peekui.browse.pictures.sixel import sixel_lines

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from peekui.browse.pictures.raster import Colour, Raster

GROUND = (10, 20, 30)
RED, BLUE = (255, 0, 0), (0, 0, 255)
CELL = CellSize(8, 16)


def encoded(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def halves(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def read_sixels(sequence: str) -> dict[tuple[int, int], Colour]:
    """Draw a sequence: the colour of every point it gives one to."""
    match = re.fullmatch(r'\x1bP0;1q"1;1;(\d+);(\d+)(.*)\x1b\\', sequence, re.DOTALL)
    assert match
    colours: dict[str, Colour] = {}
    points: dict[tuple[int, int], Colour] = {}
    x = top = 0
    colour = (0, 0, 0)
    for found in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)(.)|([-$])|(.)", match[3]):
        number, red, green, blue, count, repeated, move, single = found.groups()
        if red:
            colours[number] = (int(red) * 255 // 100, int(green) * 255 // 100, int(blue) * 255 // 100)
        elif number:
            colour = colours[number]
        elif move:
            x, top = 0, top + (6 if move == "-" else 0)
        else:
            bits, width = ord(repeated or single) - 63, int(count or 1)
            lines = [top + bit for bit in range(6) if bits >> bit & 1]
            points.update({(column, line): colour for column in range(x, x + width) for line in lines})
            x += width
    assert {x for x, _ in points} == set(range(int(match[1])))
    assert {y for _, y in points} == set(range(int(match[2])))
    return points


@pytest.fixture
async def decoder() -> AsyncIterator[Decoder]:
    one = Decoder()
    yield one
    await one.aclose()


def kitty(raster: Raster) -> Image.Image:
    [content] = raster.fine
    return Image.open(io.BytesIO(base64.b64decode(content)))


async def test_half_blocks_come_alone(decoder: Decoder) -> None:
    assert (await decoder.decode(encoded(halves(40, 20)), (10, 10), GROUND)).fine == ()


async def test_kitty_gets_all_pixels_of_the_same_cells(decoder: Decoder) -> None:
    raster = await decoder.decode(encoded(halves(400, 200)), (20, 20), GROUND, Form.KITTY, CELL)
    assert (raster.width, raster.height, raster.rows) == (20, 10, 5)
    picture = kitty(raster)
    assert (picture.format, picture.size) == ("PNG", (20 * 8, 5 * 16))
    assert picture.getpixel((0, 0)) == RED
    assert picture.getpixel((159, 79)) == BLUE


async def test_what_is_beside_the_picture_is_the_ground(decoder: Decoder) -> None:
    wide = CellSize(16, 16)  # cells that are no half blocks high: the picture keeps its shape
    raster = await decoder.decode(encoded(halves(200, 200)), (10, 10), GROUND, Form.KITTY, wide)
    picture = kitty(raster)
    assert picture.size == (160, 80)
    assert picture.getpixel((5, 40)) == GROUND
    assert picture.getpixel((60, 40)) == RED


@pytest.mark.parametrize("size", [(1, 1), (3, 1), (1, 90), (5000, 2)])
@pytest.mark.parametrize("form", [Form.KITTY, Form.SIXEL])
async def test_odd_shapes(decoder: Decoder, size: tuple[int, int], form: Form) -> None:
    raster = await decoder.decode(encoded(Image.new("RGB", size)), (30, 20), GROUND, form, CELL)
    assert len(raster.fine) == (raster.rows if form is Form.SIXEL else 1)


async def test_no_more_is_sent_than_is_sensible(decoder: Decoder) -> None:
    noise = encoded(Image.effect_noise((2000, 2000), 80).convert("RGB"))
    high = CellSize(20, 40)
    raster = await decoder.decode(noise, (100, 100), GROUND, Form.KITTY, high)
    picture = kitty(raster)
    assert picture.width * picture.height <= MOST_SENT
    assert (await decoder.decode(noise, (100, 100), GROUND, Form.SIXEL, high)).fine == ()


async def test_sixels_are_the_picture_line_by_line(decoder: Decoder) -> None:
    raster = await decoder.decode(encoded(halves(400, 200)), (20, 20), GROUND, Form.SIXEL, CELL)
    assert len(raster.fine) == raster.rows
    for sequence in raster.fine:
        points = read_sixels(sequence)
        assert len(points) == 20 * 8 * 16
        assert (points[0, 0], points[159, 15]) == (RED, BLUE)


def test_sixels_of_many_colours() -> None:
    picture = Image.merge("RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256))])
    for number, sequence in enumerate(sixel_lines(picture, 16)):
        points = read_sixels(sequence.decode())
        for x in range(0, 256, 51):
            drawn, meant = points[x, 3], picture.getpixel((x, number * 16 + 3))
            assert isinstance(meant, tuple)
            assert all(abs(one - other) < 40 for one, other in zip(drawn, meant, strict=True))
