"""How loud samples are: RMS and peak, exactly, in C speed without a numerics library."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image, ImageMath

__all__ = ["FLOAT", "SAMPLE_FORMATS", "Levels", "Meter", "SampleFormat"]

_BLOCK = 24 * 1024
"""Samples measured at a time: few calls, and yet pictures under 128 kB, whose memory is used again where that of larger
ones goes back to the system every time (malloc's M_MMAP_THRESHOLD)."""
_SILENCE_DBFS = -120.0


@dataclass(frozen=True, slots=True)
class SampleFormat:
    """How samples lie in memory, in the machine's order, channels interleaved.

    Attributes:
        name: FFmpeg's.
        size: Bytes of a sample.
        raw_mode: Pillow's name for reading such samples as floats, unscaled.
        full_scale: What full scale is among them.
    """

    name: str
    size: int
    raw_mode: str
    full_scale: float


FLOAT = SampleFormat("flt", 4, "F;32NF", 1.0)
SAMPLE_FORMATS = {
    form.name: form
    for form in (FLOAT, SampleFormat("s16", 2, "F;16NS", 2.0**15), SampleFormat("s32", 4, "F;32NS", 2.0**31))
}
"""Those that are measured as they are, by name; all others have to be made `FLOAT` first."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels of a stretch of sound in dBFS: 0 is full scale, -120 stands for silence.

    Attributes:
        rms: Of all channels together; a full-scale square wave has 0.
        peak: The largest sample.
    """

    rms: float
    peak: float


class Meter:
    """Takes samples as they come, tells their levels so far.

    Pillow is at hand for pictures, and a picture of floats is an array: its extremes and its mean are what is needed.

    Args:
        form: What the samples are.
    """

    def __init__(self, form: SampleFormat) -> None:
        self._form = form
        self._waiting: list[bytes | memoryview] = []
        self._waiting_bytes = 0
        self._peak = 0.0
        self._squares = 0.0
        self._count = 0

    def add(self, samples: bytes | memoryview) -> None:
        """Take whole samples, channels in any order."""
        self._waiting.append(samples)
        self._waiting_bytes += len(samples)
        if self._waiting_bytes >= _BLOCK * self._form.size:
            self._measure()

    def levels(self) -> Levels | None:
        """Give the levels of all samples taken, or None when there were none."""
        self._measure()
        if not self._count:
            return None
        full_scale = self._form.full_scale
        rms = math.sqrt(self._squares / self._count)
        return Levels(_decibels(rms / full_scale), _decibels(self._peak / full_scale))

    def peak(self) -> float:
        """Give the largest sample's size, 0 to 1 unless the sound clips."""
        self._measure()
        return self._peak / self._form.full_scale

    def _measure(self) -> None:
        samples = b"".join(self._waiting)
        self._waiting, self._waiting_bytes = [], 0
        if not samples:
            return
        count = len(samples) // self._form.size
        picture = Image.frombytes("F", (count, 1), samples, "raw", self._form.raw_mode)
        extremes = [edge for edge in picture.getextrema() if isinstance(edge, float)]
        squared = ImageMath.lambda_eval(lambda args: args["x"] * args["x"], x=picture)
        mean = squared.reduce((count, 1)).getpixel((0, 0))
        if all(map(math.isfinite, extremes)) and isinstance(mean, float) and math.isfinite(mean):
            self._peak = max(self._peak, *map(abs, extremes))
            self._squares += mean * count
            self._count += count


def _decibels(amplitude: float) -> float:
    return round(max(20 * math.log10(amplitude), _SILENCE_DBFS), 2) if amplitude > 0 else _SILENCE_DBFS
