"""Photographs: a painted scene, a camera's EXIF, and the bytes of a picture file."""

from __future__ import annotations

import datetime as dt
import io
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from peekui.library.sample.scenes import paint

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from peekui.library.sample.brushes import Size
    from peekui.library.sample.vocabulary import Camera, Trip

__all__ = ["Shot", "encode", "photograph"]

_SCANNED_AT = time.gmtime(1_650_000_000)  # Pillow would write the time of day into a PDF
_OPTIONS: Mapping[str, dict[str, Any]] = {
    "JPEG": {"quality": 84},
    "WEBP": {"quality": 80, "method": 0},
    "PNG": {"compress_level": 3},
    "PDF": {"creationDate": _SCANNED_AT, "modDate": _SCANNED_AT, "producer": "Flatbed 2"},
}


# How to turn the pixels so that a viewer that honours the EXIF orientation shows them upright.
_STORED = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


@dataclass(frozen=True, slots=True)
class Shot:
    """Everything there is to say of one photograph.

    Attributes:
        caption: Its title.
        scene: What is on it (`scenes.SCENES`).
        size: As seen, in pixels.
        form: Pillow's name of the format, such as `JPEG`.
        camera: Goes to EXIF, or None for a picture without EXIF.
        trip: Where it was taken; gives the GPS position.
        taken: When, in seconds since 1970.
        artist: Who pressed the button.
        orientation: EXIF orientation: 1, 3, 6 or 8.
        located: Whether EXIF tells where.
    """

    caption: str
    scene: str
    size: Size
    form: str
    camera: Camera | None
    trip: Trip
    taken: int
    artist: str
    orientation: int = 1
    located: bool = True


def encode(picture: Image.Image, form: str, exif: Image.Exif | None = None) -> bytes:
    """A picture as the bytes of a file of a format that Pillow knows."""
    out = io.BytesIO()
    options = _OPTIONS.get(form, {})
    picture.save(out, form, **(options if exif is None else {**options, "exif": exif}))
    return out.getvalue()


def photograph(shot: Shot, dice: random.Random) -> bytes:
    """The file of a shot."""
    picture = paint(shot.scene, shot.size, dice)
    if shot.camera is None:
        return encode(picture, shot.form)
    if shot.orientation in _STORED:
        picture = picture.transpose(_STORED[shot.orientation])
    return encode(picture, shot.form, _exif(shot, shot.camera, dice))


def _exif(shot: Shot, camera: Camera, dice: random.Random) -> Image.Exif:
    when = dt.datetime.fromtimestamp(shot.taken, dt.UTC)
    stamp = f"{when:%Y:%m:%d %H:%M:%S}"
    exif = Image.Exif()
    exif.update(
        {
            Base.ImageDescription: shot.caption,
            Base.Make: camera.make,
            Base.Model: camera.model,
            Base.Orientation: shot.orientation,
            Base.Software: "Darkroom 4.2",
            Base.DateTime: stamp,
            Base.Artist: shot.artist,
            Base.Copyright: f"© {when.year} {shot.artist}",
        }
    )
    exif.get_ifd(IFD.Exif).update(
        {
            Base.DateTimeOriginal: stamp,
            Base.DateTimeDigitized: stamp,
            Base.OffsetTimeOriginal: "+00:00",
            Base.ExposureTime: 1 / dice.choice((15, 60, 125, 500, 2000)),
            Base.FNumber: dice.choice((1.4, 1.8, 2.8, 5.6, 8.0)),
            Base.ISOSpeedRatings: dice.choice((100, 200, 400, 1600, 6400)),
            Base.FocalLength: float(dice.choice((24, 35, 50, 90))),
            Base.LensModel: camera.lens,
        }
    )
    if shot.located:
        # Nobody stands on the same spot for every picture.
        latitude, longitude = shot.trip.latitude + dice.gauss(0, 0.02), shot.trip.longitude + dice.gauss(0, 0.02)
        exif.get_ifd(IFD.GPSInfo).update(
            {
                GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
                GPS.GPSLatitude: _sexagesimal(latitude),
                GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
                GPS.GPSLongitude: _sexagesimal(longitude),
                GPS.GPSAltitude: float(shot.trip.altitude),
                GPS.GPSDateStamp: f"{when:%Y:%m:%d}",
            }
        )
    return exif


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(abs(degrees) * 3600, 60)
    whole, minutes = divmod(minutes, 60)
    return whole, minutes, round(seconds, 2)
