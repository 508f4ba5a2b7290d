"""Plans the photographs: `media/photos` by journey, and the year 2019 in the archive."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from peekui.library.sample import vocabulary as words
from peekui.library.sample.files import SampleFile, again, dice, moment
from peekui.library.sample.pictures import Shot, photograph
from peekui.library.sample.sidecars import describe_photo

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from peekui.library.sample.brushes import Size
    from peekui.library.sample.vocabulary import Trip

__all__ = ["plan_photos"]

_PER_TRIP = 13
_PER_TRIP_2019 = 12
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "TIFF": "tif", "BMP": "bmp"}


def plan_photos(seed: int, scale: int) -> Iterator[SampleFile]:
    """Every photograph of both namespaces, with its sidecar where it has one."""
    for repetition in range(scale):
        for trip in words.TRIPS:
            folder = again(f"media/photos/{trip.year}-{trip.month:02} {trip.place}", repetition)
            yield from _journey(seed, trip, folder, _PER_TRIP, repetition)
        for trip in words.TRIPS_2019:
            folder = again(f"archive/2019/{trip.place}", repetition)
            yield from _journey(seed, trip, folder, _PER_TRIP_2019, repetition)


def _journey(seed: int, trip: Trip, folder: str, count: int, repetition: int) -> Iterator[SampleFile]:
    chance = dice(seed, folder)
    camera = chance.choice(words.CAMERAS)
    artist = chance.choice(words.PEOPLE)
    # Cameras count from the same few numbers, so equal names with different pictures are common.
    counter = chance.choice((401, 405, 2117))
    # Later rounds are earlier in time: nothing of the sample lies in the future.
    taken = moment(trip.year, trip.month, trip.day, chance.randint(5, 18)) - repetition * 3 * 3600
    for index in range(count):
        taken += chance.randrange(40, 9000, 2)
        counter += chance.choice((1, 1, 1, 2))
        form = chance.choices(tuple(_ENDINGS), weights=(44, 2, 5, 1, 1))[0]
        scene = trip.scenes[index % len(trip.scenes)]
        shot = Shot(
            caption=chance.choice(words.CAPTIONS[scene]).format(place=trip.place),
            scene=scene,
            size=_size(index, chance),
            form=form,
            # Pillow writes no EXIF to BMP; some pictures have gone through a program that dropped it.
            camera=camera if form != "BMP" and chance.random() < 0.85 else None,
            trip=trip,
            taken=taken,
            artist=artist,
            orientation=chance.choices((1, 3, 6, 8), weights=(8, 1, 2, 1))[0],
            located=chance.random() < 0.7,
        )
        path = f"{folder}/{camera.prefix}{counter:04}.{_ENDINGS[form]}"
        yield SampleFile(path, taken, "photo", partial(photograph, shot), source=path)
        if chance.random() < 0.35:
            sidecar = f"{path}.json"
            yield SampleFile(sidecar, taken, "sidecar", partial(describe_photo, shot), source=sidecar)


def _size(index: int, chance: random.Random) -> Size:
    if index == 0:
        return (960, 640)
    return chance.choices(((480, 320), (320, 480), (320, 213), (640, 427)), weights=(12, 3, 5, 1))[0]
