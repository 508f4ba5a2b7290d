"""What the painted scenes have in common: gradients, glows, ridges, grain. Pillow only."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageOps

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from peekui.library.sample.palettes import Colour

__all__ = ["Size", "blend", "develop", "glow", "gradient", "reflect", "ridge", "shade", "silhouette"]

Size = tuple[int, int]


def blend(first: Colour, second: Colour, share: float) -> Colour:
    """The colour between two, `share` (0–1) of the way from the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def shade(colour: Colour, factor: float) -> Colour:
    """A colour made darker (factor below 1) or lighter (above 1)."""
    red, green, blue = (min(255, round(part * factor)) for part in colour)
    return red, green, blue


def gradient(size: Size, stops: Sequence[Colour]) -> Image.Image:
    """A vertical gradient through evenly spaced colours."""
    column = Image.new("RGB", (1, len(stops)))
    for row, colour in enumerate(stops):
        column.putpixel((0, row), colour)
    # From centre to centre of the outer pixels: resizing the whole column would leave flat bands at both ends.
    return column.resize(size, Image.Resampling.BILINEAR, box=(0, 0.5, 1, len(stops) - 0.5))


@cache
def _spot() -> Image.Image:
    # Pillow's radial gradient is 181 at the middle of an edge and 255 in the corners.
    return Image.radial_gradient("L").point(lambda value: round(max(0.0, 1 - value / 180) ** 1.6 * 255))


@cache
def _corners(size: Size) -> Image.Image:
    return Image.radial_gradient("L").resize(size).point(lambda value: max(0, value - 110) * 2 // 3)


def glow(picture: Image.Image, centre: tuple[float, float], radius: float, colour: Colour, strength: float) -> None:
    """Lay a soft round light on a picture.

    Args:
        picture: Changed in place.
        centre: In pixels.
        radius: In pixels, where the light has faded out.
        colour: Of the light.
        strength: 0–1, at the centre.
    """
    # Only the part of the light that falls on the picture is drawn.
    left, top = max(0, round(centre[0] - radius)), max(0, round(centre[1] - radius))
    right, bottom = min(picture.width, round(centre[0] + radius)), min(picture.height, round(centre[1] + radius))
    if left >= right or top >= bottom:
        return
    spot = _spot()
    scale = spot.width / (radius * 2)
    box_left, box_right = (min(spot.width, max(0.0, (edge - centre[0] + radius) * scale)) for edge in (left, right))
    box_top, box_bottom = (min(spot.height, max(0.0, (edge - centre[1] + radius) * scale)) for edge in (top, bottom))
    mask = spot.resize(
        (right - left, bottom - top), Image.Resampling.BILINEAR, box=(box_left, box_top, box_right, box_bottom)
    )
    picture.paste(colour, (left, top, right, bottom), mask.point(lambda value: round(value * strength)))


def ridge(dice: random.Random, width: int, base: float, height: float, roughness: float) -> list[tuple[float, float]]:
    """The line of a mountain range, by midpoint displacement.

    Args:
        dice: Source of chance.
        width: In pixels.
        base: The middle height, in pixels from the top.
        height: How far summits may rise above it, in pixels.
        roughness: 0.4 (dunes) to 0.6 (peaks).

    Returns:
        Points from the left edge to the right one.
    """
    levels = [base + dice.uniform(-height, height) * 0.4, base + dice.uniform(-height, height) * 0.4]
    swing = height
    while len(levels) < 65:
        middles = [(a + b) / 2 + dice.uniform(-swing, swing) for a, b in pairwise(levels)]
        levels = [level for pair in zip(levels, middles, strict=False) for level in pair] + levels[-1:]
        swing *= roughness
    step = width / (len(levels) - 1)
    return [(index * step, level) for index, level in enumerate(levels)]


def silhouette(picture: Image.Image, line: Sequence[tuple[float, float]], colour: Colour) -> None:
    """Fill everything below a line."""
    bottom = picture.height
    ImageDraw.Draw(picture).polygon([(0, bottom), *line, (picture.width, bottom)], fill=colour)


def reflect(picture: Image.Image, horizon: int, tint: Colour, dice: random.Random) -> None:
    """Turn everything below the horizon into water that mirrors what is above."""
    width, height = picture.size
    depth = height - horizon
    mirror = ImageOps.flip(picture.crop((0, max(0, horizon - depth), width, horizon))).resize((width, depth))
    mirror = Image.blend(mirror, Image.new("RGB", mirror.size, tint), 0.35)
    picture.paste(mirror, (0, horizon))
    for row in range(horizon, height, 3):
        # Each strip is moved a little: ripples, wider towards the viewer.
        reach = 1 + (row - horizon) // 18
        strip = picture.crop((0, row, width, min(row + 2, height)))
        picture.paste(ImageChops.offset(strip, dice.randint(-reach, reach), 0), (0, row))


def develop(picture: Image.Image, dice: random.Random, grain: float = 0.05) -> Image.Image:
    """Give a drawing the look of a photograph: darker corners and grain."""
    width, height = picture.size
    picture.paste((8, 8, 16), (0, 0, width, height), _corners(picture.size))
    noise = Image.frombytes("L", picture.size, dice.randbytes(width * height))
    return Image.blend(picture, noise.convert("RGB"), grain)
