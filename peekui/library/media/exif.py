"""What a camera wrote into a picture: orientation, camera, moment, exposure, place."""

from __future__ import annotations

import math
import struct
from datetime import datetime
from typing import TYPE_CHECKING

from peekui.library.media.json_safe import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

    from peekui.filters.nodes import JsonValue

__all__ = ["read_exif"]

_EXPOSURE_IFD = 0x8769
_GPS_IFD = 0x8825
_TEXTS = {0x010E: "title", 0x010F: "camera_make", 0x0110: "camera_model", 0x013B: "artist", 0x8298: "copyright"}
_EXPOSURE_TEXTS = {0xA434: "lens_model"}
_EXPOSURE_NUMBERS = {0x829A: "exposure_seconds", 0x829D: "f_number", 0x8827: "iso", 0x920A: "focal_length_mm"}
_ORIENTATION = 0x0112
_TAKEN = (0x9003, 0x0132)
_BROKEN = (ValueError, TypeError, KeyError, IndexError, OverflowError, OSError, SyntaxError, struct.error)


def read_exif(image: Image.Image) -> dict[str, JsonValue]:
    """Read the EXIF block of an opened picture.

    Args:
        image: A picture as Pillow opened it.

    Returns:
        Those of `orientation` (1–8), `title`, `camera_make`, `camera_model`, `lens_model`, `artist`, `copyright`,
        `taken_at` (ISO 8601, the camera's local time), `exposure_seconds`, `f_number`, `iso`, `focal_length_mm` and
        `gps` (`lat`, `lon` in degrees, `altitude_m`) that the block holds. A block that cannot be read gives
        `exif_damaged`: the picture itself is still fine.
    """
    facts: dict[str, JsonValue] = {}
    try:
        exif = image.getexif()
        if exif:
            facts |= _main(exif)
            facts |= _exposure(exif.get_ifd(_EXPOSURE_IFD), facts)
            facts |= _place(exif.get_ifd(_GPS_IFD))
    except _BROKEN:
        facts["exif_damaged"] = True
    return facts


def _main(exif: Mapping[int, object]) -> dict[str, JsonValue]:
    facts: dict[str, JsonValue] = _texts(exif, _TEXTS)
    orientation = exif.get(_ORIENTATION)
    if isinstance(orientation, int) and 1 <= orientation <= 8:
        facts["orientation"] = orientation
    if moment := _moment(exif.get(_TAKEN[1])):
        facts["taken_at"] = moment
    return facts


def _exposure(ifd: Mapping[int, object], known: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    facts = _texts(ifd, _EXPOSURE_TEXTS)
    for tag, name in _EXPOSURE_NUMBERS.items():
        if (number := _number(ifd.get(tag))) is not None:
            facts[name] = number
    if moment := _moment(ifd.get(_TAKEN[0])) or known.get("taken_at"):
        facts["taken_at"] = moment
    return facts


def _place(ifd: Mapping[int, object]) -> dict[str, JsonValue]:
    latitude = _degrees(ifd.get(2), negative=ifd.get(1) == "S", most=90)
    longitude = _degrees(ifd.get(4), negative=ifd.get(3) == "W", most=180)
    if latitude is None or longitude is None:
        return {}
    place: dict[str, JsonValue] = {"lat": latitude, "lon": longitude}
    if (altitude := _number(ifd.get(6))) is not None:
        place["altitude_m"] = -altitude if ifd.get(5) in {1, b"\x01"} else altitude
    return {"gps": place}


def _texts(tags: Mapping[int, object], wanted: Mapping[int, str]) -> dict[str, JsonValue]:
    facts: dict[str, JsonValue] = {}
    for tag, name in wanted.items():
        value = tags.get(tag)
        if isinstance(value, str) and (words := clean_text(value.strip("\0 \t\r\n"))[:500]):
            facts[name] = words
    return facts


def _number(value: object) -> float | None:
    if isinstance(value, tuple) and value:
        value = value[0]
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return round(number, 6) if math.isfinite(number) else None


def _degrees(value: object, *, negative: bool, most: float) -> float | None:
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    parts = [_number(part) for part in value]
    if any(part is None for part in parts):
        return None
    degrees, minutes, seconds = (part or 0.0 for part in parts)
    angle = round(degrees + minutes / 60 + seconds / 3600, 6)
    return None if angle > most else -angle if negative else angle


def _moment(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        # EXIF has no zone here: the answer stays without one rather than claim UTC.
        return datetime.strptime(value.strip("\0 "), "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007
    except ValueError:
        return None
