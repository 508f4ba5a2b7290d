"""Painted photographs: a dozen kinds of landscape, town and close-up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from peekui.library.sample.brushes import (
    Size,
    blend,
    develop,
    glow,
    gradient,
    reflect,
    ridge,
    shade,
    silhouette,
)
from peekui.library.sample.palettes import BLOSSOMS, DUNES, FRUITS, SKIES, SKYLINES, Sky

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from peekui.library.sample.palettes import Colour

__all__ = ["SCENES", "paint"]


def paint(scene: str, size: Size, dice: random.Random) -> Image.Image:
    """A picture of a scene of `SCENES`, in RGB.

    Raises:
        KeyError: The scene is not one of `SCENES`.
    """
    return develop(SCENES[scene](size, dice), dice)


def _sky(size: Size, dice: random.Random, *, horizon: float) -> tuple[Image.Image, Sky]:
    """A sky with its sun or moon down to the horizon (a share of the height)."""
    width, height = size
    sky = dice.choice(SKIES)
    picture = gradient(size, (*sky.stops, *[sky.stops[-1]] * 2))
    centre = (dice.uniform(0.2, 0.8) * width, dice.uniform(0.25, 0.8) * horizon * height)
    radius = dice.uniform(0.03, 0.055) * height
    glow(picture, centre, radius * 9, sky.light, 0.8)
    box = [centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius]
    ImageDraw.Draw(picture).ellipse(box, fill=blend(sky.light, (255, 255, 255), 0.6))
    return picture, sky


def _mountains(size: Size, dice: random.Random) -> Image.Image:
    picture, sky = _sky(size, dice, horizon=0.6)
    width, height = size
    layers = dice.randint(3, 5)
    for layer in range(layers):
        depth = (layer + 1) / layers
        line = ridge(dice, width, height * (0.45 + 0.3 * depth), height * (0.22 - 0.1 * depth), 0.52)
        silhouette(picture, line, blend(sky.stops[-1], sky.land, 0.25 + 0.75 * depth))
    return picture


def _lake(size: Size, dice: random.Random) -> Image.Image:
    picture, sky = _sky(size, dice, horizon=0.5)
    width, height = size
    horizon = round(height * dice.uniform(0.55, 0.65))
    for depth in (0.4, 0.7, 1.0):
        line = ridge(dice, width, horizon - height * 0.16 * (1.1 - depth), height * 0.16 * (1.2 - depth), 0.5)
        silhouette(picture, line, blend(sky.stops[-1], sky.land, depth))
    reflect(picture, horizon, sky.land, dice)
    return picture


def _sea(size: Size, dice: random.Random) -> Image.Image:
    picture, sky = _sky(size, dice, horizon=0.55)
    width, height = size
    horizon = round(height * dice.uniform(0.5, 0.62))
    water = gradient((width, height - horizon), (sky.stops[-1], shade(sky.land, 1.6), sky.land))
    picture.paste(water, (0, horizon))
    draw = ImageDraw.Draw(picture)
    path = dice.uniform(0.25, 0.75) * width
    for _ in range(260):
        depth = dice.random() ** 1.5
        row = horizon + depth * (height - horizon)
        spread = width * (0.04 + 0.16 * depth)
        middle = dice.gauss(path, spread)
        length = 2 + 16 * depth
        draw.line([middle - length, row, middle + length, row], fill=blend(sky.land, sky.light, dice.uniform(0.3, 0.9)))
    for _ in range(dice.randint(0, 3)):
        _boat(draw, dice.uniform(0.1, 0.9) * width, horizon + 2, height * dice.uniform(0.04, 0.09), sky)
    return picture


def _boat(draw: ImageDraw.ImageDraw, left: float, water: float, tall: float, sky: Sky) -> None:
    draw.polygon(
        [(left, water), (left, water - tall), (left + tall * 0.55, water)], fill=blend(sky.light, (255,) * 3, 0.5)
    )
    draw.polygon(
        [(left - tall * 0.4, water), (left + tall * 0.7, water), (left + tall * 0.4, water + tall * 0.2)], fill=sky.land
    )


def _forest(size: Size, dice: random.Random) -> Image.Image:
    picture, sky = _sky(size, dice, horizon=0.4)
    width, height = size
    for depth in (0.2, 0.45, 0.7, 1.0):
        colour = blend(sky.stops[-1], shade(sky.land, 0.9), depth)
        line = ridge(dice, width, height * (0.42 + 0.4 * depth), height * 0.06, 0.5)
        silhouette(picture, line, colour)
        draw = ImageDraw.Draw(picture)
        tall = height * (0.07 + 0.2 * depth)
        for _ in range(round(46 - 26 * depth)):
            left, foot = dice.choice(line)
            _fir(draw, left + dice.uniform(-6, 6), foot + 4, tall * dice.uniform(0.7, 1.2), colour)
    return picture


def _fir(draw: ImageDraw.ImageDraw, middle: float, foot: float, tall: float, colour: Colour) -> None:
    for tier in range(3):
        top, wide = foot - tall * (1 - tier * 0.26), tall * (0.1 + 0.07 * tier)
        draw.polygon(
            [(middle, top), (middle - wide, top + tall * 0.48), (middle + wide, top + tall * 0.48)], fill=colour
        )


def _city(size: Size, dice: random.Random) -> Image.Image:
    width, height = size
    skyline = dice.choice(SKYLINES)
    picture = gradient(size, skyline.stops)
    glow(picture, (width * dice.random(), height * 0.75), height * 0.9, skyline.light, 0.5)
    draw = ImageDraw.Draw(picture)
    for depth in (0.35, 0.7, 1.0):
        wall = blend(skyline.stops[-1], skyline.land, depth)
        left = -dice.uniform(0, 20)
        while left < width:
            wide = width * dice.uniform(0.04, 0.1)
            top = height * (dice.uniform(0.28, 0.62) + 0.22 * depth)
            draw.rectangle([left, top, left + wide, height], fill=wall)
            if depth > 0.5:
                _windows(draw, (left, top, left + wide, height * 0.97), skyline.light, dice)
            left += wide * dice.uniform(0.95, 1.25)
    return picture


def _windows(
    draw: ImageDraw.ImageDraw, wall: tuple[float, float, float, float], light: Colour, dice: random.Random
) -> None:
    left, top, right, bottom = wall
    row = top + 5
    while row < bottom:
        column = left + 4
        while column < right - 4:
            if dice.random() < 0.45:
                draw.rectangle([column, row, column + 2, row + 3], fill=shade(light, dice.uniform(0.6, 1.1)))
            column += 6
        row += 8


def _dunes(size: Size, dice: random.Random) -> Image.Image:
    picture, _ = _sky(size, dice, horizon=0.45)
    width, height = size
    bright, dark = dice.choice(DUNES)
    for layer in range(5):
        base, phase, waves = height * (0.5 + 0.1 * layer), dice.uniform(0, 6.3), dice.uniform(0.6, 1.5)
        line = [
            (column, base + math.sin(column / width * 6.3 * waves + phase) * height * 0.05)
            for column in range(0, width + 9, 8)
        ]
        silhouette(picture, line, blend(bright, dark, layer / 4))
        shadow = [(column, row + (3 + layer * 2) * (1 + math.sin(column / 37 + phase))) for column, row in line]
        silhouette(picture, shadow, blend(bright, dark, min(1.0, layer / 4 + 0.12)))
    return picture


def _aurora(size: Size, dice: random.Random) -> Image.Image:
    width, height = size
    picture = gradient(size, ((4, 6, 22), (8, 18, 44), (16, 44, 62)))
    veil = Image.new("RGB", (width // 4, height // 4))
    draw = ImageDraw.Draw(veil)
    for _ in range(dice.randint(2, 4)):
        phase, base = dice.uniform(0, 6.3), dice.uniform(0.3, 0.6) * veil.height
        colour = dice.choice(((70, 255, 150), (90, 240, 200), (180, 110, 255)))
        for column in range(veil.width):
            foot = base + math.sin(column / 17 + phase) * veil.height * 0.13
            tall = veil.height * (0.2 + 0.16 * math.sin(column / 7 + phase * 2))
            draw.line([column, foot - tall, column, foot], fill=shade(colour, dice.uniform(0.25, 0.75)))
    soft = veil.filter(ImageFilter.GaussianBlur(2.2)).resize(size, Image.Resampling.BICUBIC)
    picture = ImageChops.screen(picture, soft)
    draw = ImageDraw.Draw(picture)
    for _ in range(140):
        star = dice.randint(120, 255)
        draw.point([dice.randrange(width), dice.randrange(round(height * 0.8))], fill=(star, star, star))
    silhouette(picture, ridge(dice, width, height * 0.82, height * 0.12, 0.5), (5, 10, 18))
    return picture


def _bokeh(size: Size, dice: random.Random) -> Image.Image:
    width, height = size
    skyline = dice.choice(SKYLINES)
    picture = gradient(size, (shade(skyline.stops[0], 0.6), shade(skyline.stops[-1], 0.5)))
    for _ in range(36):
        disc = Image.new("L", (64, 64))
        ImageDraw.Draw(disc).ellipse(
            [4, 4, 60, 60], fill=dice.randint(50, 150), outline=dice.randint(120, 200), width=3
        )
        side = round(height * dice.uniform(0.06, 0.28))
        mask = disc.resize((side, side), Image.Resampling.BILINEAR)
        corner = (round(dice.uniform(-0.1, 1) * width), round(dice.uniform(-0.1, 1) * height))
        colour = blend(skyline.light, dice.choice(BLOSSOMS), dice.random())
        picture.paste(colour, (*corner, corner[0] + side, corner[1] + side), mask)
    return picture


def _meadow(size: Size, dice: random.Random) -> Image.Image:
    picture, _ = _sky(size, dice, horizon=0.35)
    width, height = size
    horizon = round(height * 0.42)
    picture.paste(gradient((width, height - horizon), ((150, 176, 92), (84, 130, 52), (34, 74, 30))), (0, horizon))
    draw = ImageDraw.Draw(picture)
    blossoms = dice.sample(BLOSSOMS, 3)
    for step in range(420):
        depth = (step / 420) ** 1.4
        row = horizon + depth * (height - horizon)
        radius = 0.6 + 5 * depth
        column = dice.uniform(0, width)
        draw.line([column, row, column + dice.uniform(-2, 2), row + radius * 3], fill=(40, 96, 40))
        colour = shade(dice.choice(blossoms), dice.uniform(0.8, 1.1))
        draw.ellipse([column - radius, row - radius * 0.8, column + radius, row + radius * 0.8], fill=colour)
    return picture


def _market(size: Size, dice: random.Random) -> Image.Image:
    width, height = size
    picture = gradient(size, ((70, 46, 34), (112, 76, 50)))
    draw = ImageDraw.Draw(picture)
    fruits = dice.sample(FRUITS, 4)
    radius = height * 0.075
    rows = math.ceil(height / (radius * 1.5)) + 1
    for row in range(rows):
        for column in range(math.ceil(width / (radius * 1.9)) + 2):
            # Each crate, a quarter of the width, holds one kind.
            left, top = column * radius * 1.9 - (row % 2) * radius, row * radius * 1.5
            colour = fruits[min(3, max(0, int(left / width * 4)))]
            _fruit(
                draw,
                left + dice.uniform(-3, 3),
                top + dice.uniform(-3, 3),
                radius,
                shade(colour, dice.uniform(0.85, 1.1)),
            )
    for crate in range(1, 4):
        middle = width * crate / 4
        draw.rectangle([middle - 5, 0, middle + 5, height], fill=(96, 64, 38), outline=(60, 38, 24))
    return picture


def _fruit(draw: ImageDraw.ImageDraw, left: float, top: float, radius: float, colour: Colour) -> None:
    for share, tone in ((1.0, 0.55), (0.9, 0.8), (0.72, 1.0), (0.4, 1.12)):
        reach, shift = radius * share, radius * (1 - share) * 0.5
        middle = (left - shift, top - shift)
        draw.ellipse(
            [middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach], fill=shade(colour, tone)
        )


SCENES: Mapping[str, Callable[[Size, random.Random], Image.Image]] = {
    "mountains": _mountains,
    "lake": _lake,
    "sea": _sea,
    "forest": _forest,
    "city": _city,
    "dunes": _dunes,
    "aurora": _aurora,
    "lights": _bokeh,
    "meadow": _meadow,
    "market": _market,
}
"""The kinds of picture that `paint` can make."""
