"""What designers and scanners leave behind: logos, icons, banners, swatches, animations, scanned letters."""

from __future__ import annotations

import io
import math
import textwrap
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from peekui.library.sample import vocabulary as words
from peekui.library.sample.brushes import Size, blend, gradient, shade
from peekui.library.sample.palettes import BLOSSOMS, BRANDS, Brand
from peekui.library.sample.words import sentence

if TYPE_CHECKING:
    import random

__all__ = ["animation", "banner", "icon", "logo", "scan", "swatches"]


def logo(dice: random.Random, brand: Brand = BRANDS[0]) -> Image.Image:
    """A round mark on nothing: RGBA with real transparency."""
    ground, accent, paper = brand
    picture = Image.new("RGBA", (360, 360), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse([10, 10, 350, 350], fill=ground)
    petals, turn = dice.randint(5, 9), dice.random()
    for petal in range(petals):
        angle = math.tau * (petal + turn) / petals
        middle = (180 + 84 * math.cos(angle), 180 + 84 * math.sin(angle))
        draw.ellipse([middle[0] - 46, middle[1] - 46, middle[0] + 46, middle[1] + 46], outline=accent, width=7)
    draw.ellipse([146, 146, 214, 214], fill=paper)
    return picture


def icon(dice: random.Random, brand: Brand = BRANDS[0]) -> Image.Image:
    """A small symmetric icon with a palette of a few colours."""
    ground, accent, paper = brand
    cells = Image.new("RGB", (8, 8), paper)
    for row in range(1, 7):
        for column in range(1, 4):
            if dice.random() < 0.55:
                colour = dice.choice((ground, accent))
                cells.putpixel((column, row), colour)
                cells.putpixel((7 - column, row), colour)
    return cells.resize((128, 128), Image.Resampling.NEAREST).quantize(8)


def banner(dice: random.Random, brand: Brand = BRANDS[0]) -> Image.Image:
    """A wide banner with a headline."""
    ground, accent, paper = brand
    size = dice.choice(((728, 180), (640, 320), (600, 300)))
    picture = gradient(size, (ground, blend(ground, accent, 0.35)))
    draw = ImageDraw.Draw(picture)
    for ring in range(9):
        reach = size[1] * (0.15 + ring * 0.16)
        centre = (size[0] * 0.86, size[1] * 0.5)
        box = [centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach]
        draw.ellipse(box, outline=blend(ground, accent, max(0.2, 1 - ring * 0.1)), width=6)
    campaign = dice.choice(words.CAMPAIGNS)
    draw.text((28, size[1] * 0.28), campaign.name, fill=paper, font=ImageFont.load_default(46))
    draw.text(
        (30, size[1] * 0.28 + 62),
        f"{campaign.client} · {dice.choice(words.ADJECTIVES)}",
        fill=accent,
        font=ImageFont.load_default(22),
    )
    return picture


def swatches(dice: random.Random, brand: Brand = BRANDS[0]) -> Image.Image:
    """A board of colours."""
    picture = Image.new("RGB", (480, 320), (246, 244, 240))
    draw = ImageDraw.Draw(picture)
    colours = [*brand, *dice.sample(BLOSSOMS, 3)]
    for index, colour in enumerate(colours):
        for step in range(4):
            left, top = 18 + index * 75, 18 + step * 72
            draw.rounded_rectangle([left, top, left + 66, top + 62], 10, fill=shade(colour, 1 - step * 0.2))
    return picture


def scan(dice: random.Random) -> Image.Image:
    """A typed letter as a scanner sees it: grey, a little crooked, with dust."""
    size: Size = (420, 594)
    page = Image.new("L", size, 244)
    draw = ImageDraw.Draw(page)
    small, large = ImageFont.load_default(11), ImageFont.load_default(20)
    draw.text((44, 48), dice.choice(words.LETTER_SUBJECTS), fill=40, font=large)
    lines = [line for _ in range(7) for line in (*textwrap.wrap(sentence(dice), 58), "")]
    for row, line in enumerate(lines[:36]):
        draw.text((44, 96 + row * 13), line, fill=60, font=small)
    draw.line([(250, 552), *[(262 + step * 8, 552 + dice.randint(-12, 10)) for step in range(12)]], fill=70, width=2)
    page = page.rotate(dice.uniform(-1.6, 1.6), Image.Resampling.BILINEAR, fillcolor=226)
    noise = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    return Image.blend(page, noise, 0.06)


def animation(dice: random.Random, form: str, frames: int = 10) -> bytes:
    """A looping animation as GIF or WebP, 160 × 96."""
    ground, accent, paper = dice.choice(BRANDS)
    start, lean = dice.uniform(0, math.tau), dice.uniform(0.7, 1.2)
    pictures = []
    for frame in range(frames):
        turn = math.tau * frame / frames
        picture = gradient((160, 96), (ground, blend(ground, accent, 0.3)))
        draw = ImageDraw.Draw(picture)
        for planet in range(4):
            angle, reach = start + turn * (1 + planet % 2) + planet * 1.6, 10 + planet * 10
            middle = (80 + reach * 1.5 * math.cos(angle), 48 + reach * lean * math.sin(angle))
            radius = 4 + planet * 1.6
            draw.ellipse(
                [middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius],
                fill=blend(accent, paper, planet / 3),
            )
        pictures.append(picture)
    out = io.BytesIO()
    if form == "GIF":
        palette = pictures[0].quantize(48)
        pictures = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    options = {"method": 0, "quality": 70} if form == "WEBP" else {}
    pictures[0].save(out, form, save_all=True, append_images=pictures[1:], duration=80, loop=0, **options)
    return out.getvalue()
