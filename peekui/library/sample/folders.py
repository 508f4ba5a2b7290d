"""Plans what is neither a photograph nor broken: design, animations, notes, scanned letters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from peekui.library.sample import vocabulary as words
from peekui.library.sample.files import SampleFile, again, dice, moment
from peekui.library.sample.graphics import animation, banner, icon, logo, scan, swatches
from peekui.library.sample.palettes import BRANDS
from peekui.library.sample.pictures import encode
from peekui.library.sample.words import TEXT_KINDS

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from PIL import Image

__all__ = ["plan_animations", "plan_design", "plan_notes", "plan_scans"]

_DESIGN: tuple[tuple[str, str, Callable[..., Image.Image]], ...] = (
    ("logo.png", "PNG", logo),
    ("icon.png", "PNG", icon),
    ("icon.gif", "GIF", icon),
    ("icon.bmp", "BMP", icon),
    ("banner.png", "PNG", banner),
    ("banner.webp", "WEBP", banner),
    ("cover.jpg", "JPEG", banner),
    ("swatches.png", "PNG", swatches),
)
"""Every brand has the same file names with different content."""

_NOTES_PER_KIND = {"md": 14, "txt": 10, "csv": 5, "json": 6, "html": 5}
_SCANS = 14
_ANIMATIONS = 8


def plan_design(scale: int) -> Iterator[SampleFile]:
    """The kit of each brand."""
    for repetition in range(scale):
        for number, (name, brand) in enumerate(zip(words.BRAND_NAMES, BRANDS, strict=True)):
            folder = again(f"media/design/{name}", repetition)
            for step, (file_name, form, draw) in enumerate(_DESIGN):
                path = f"{folder}/{file_name}"
                when = moment(2024, 2 + number * 2, 3 + step, 15) - repetition * 3600
                yield SampleFile(path, when, "design", partial(_drawn, partial(draw, brand=brand), form), source=path)


def plan_animations(seed: int, scale: int) -> Iterator[SampleFile]:
    """Looping GIF and WebP animations."""
    for repetition in range(scale):
        folder = again("media/clips/loops", repetition)
        chance = dice(seed, folder)
        for number in range(1, _ANIMATIONS + 1):
            form = ("GIF", "WEBP")[number % 2]
            path = f"{folder}/{chance.choice(words.ADJECTIVES)}-orbit-{number:02}.{form.lower()}"
            when = moment(2025, number, chance.randint(1, 28)) - repetition * 3600
            yield SampleFile(path, when, "animation", partial(animation, form=form), source=path)


def plan_notes(seed: int, scale: int) -> Iterator[SampleFile]:
    """Texts, foldered by the year of the journey that they are about."""
    for repetition in range(scale):
        chance = dice(seed, f"notes {repetition}")
        for ending, count in _NOTES_PER_KIND.items():
            for number in range(1, count + 1):
                trip, topic = chance.choice(words.TRIPS), chance.choice(words.NOTE_TOPICS)
                name = f"{trip.place} {topic} {number:02}".lower().replace(" ", "-")
                path = f"{again(f'media/notes/{trip.year}', repetition)}/{name}.{ending}"
                when = (
                    moment(trip.year, trip.month, trip.day, 20) + chance.randrange(0, 40 * 86400, 2) - repetition * 3600
                )
                make = partial(TEXT_KINDS[ending], f"{topic}: {trip.place} {trip.year}")
                yield SampleFile(path, when, "note", make, source=path)


def plan_scans(seed: int, scale: int) -> Iterator[SampleFile]:
    """Letters as a scanner saves them: grey TIFF, PNG and JPEG."""
    for repetition in range(scale):
        folder = again("archive/scans/batch 16", repetition)
        chance = dice(seed, folder)
        for number in range(1, _SCANS + 1):
            ending, form = chance.choice((("tif", "TIFF"), ("png", "PNG"), ("jpg", "JPEG"), ("jpg", "JPEG")))
            path = f"{folder}/scan-{number:04}.{ending}"
            when = moment(2022, 1 + number % 12, chance.randint(1, 28), 9) - repetition * 3600
            yield SampleFile(path, when, "scan", partial(_drawn, scan, form), source=path)


def _drawn(draw: Callable[[random.Random], Image.Image], form: str, chance: random.Random) -> bytes:
    return encode(draw(chance), form)
