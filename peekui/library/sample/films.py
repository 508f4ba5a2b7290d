"""Short films: a slow pan over each scene, something that moves across, a cut to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import ImageDraw

from peekui.library.sample.palettes import BLOSSOMS
from peekui.library.sample.scenes import paint
from peekui.library.sample.sounds import RATE, TUNES

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from PIL import Image

    from peekui.library.sample.brushes import Size

__all__ = ["FRAMES_PER_SECOND", "Film", "shoot"]

FRAMES_PER_SECOND = 10
_PAN = 1.25
"""How much wider than the frame the painted scene is."""


@dataclass(frozen=True, slots=True)
class Film:
    """What is seen and heard.

    Attributes:
        title: Written into the container.
        scenes: One after the other, equally long (`scenes.SCENES`).
        seconds: The whole length.
        form: `mp4`, `mov` or `webm`.
        tune: What is heard (`sounds.TUNES`), or None for a silent film without a sound track.
        size: In pixels, both even.
    """

    title: str
    scenes: tuple[str, ...]
    seconds: int
    form: str
    tune: str | None = None
    size: Size = (192, 108)


def shoot(film: Film, dice: random.Random) -> bytes:
    """The file of a film."""
    from peekui.library.sample.encoder import encode_film  # noqa: PLC0415  (loads FFmpeg)

    sound = TUNES[film.tune](film.seconds, dice).tobytes() if film.tune else b""
    frames = _frames(film, dice)
    return encode_film(frames, film.size, FRAMES_PER_SECOND, film.form, sound=sound, sound_rate=RATE, title=film.title)


def _frames(film: Film, dice: random.Random) -> Iterator[Image.Image]:
    width, height = film.size
    count = film.seconds * FRAMES_PER_SECOND
    per_scene = math.ceil(count / len(film.scenes))
    for start, scene in zip(range(0, count, per_scene), film.scenes, strict=False):
        wide = paint(scene, (round(width * _PAN), height), dice)
        colour, radius, phase = dice.choice(BLOSSOMS), height * 0.06, dice.uniform(0, math.tau)
        length = min(per_scene, count - start)
        for step in range(length):
            share = step / length
            left = round((wide.width - width) * share)
            picture = wide.crop((left, 0, left + width, height))
            middle = (width * share, height * (0.45 + 0.2 * math.sin(phase + share * math.tau)))
            box = [middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius]
            ImageDraw.Draw(picture).ellipse(box, fill=colour)
            yield picture
