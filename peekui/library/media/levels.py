"""How loud samples are: RMS and peak, exactly, in C speed without a numerics library."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image, ImageMath

__all__ = ["SAMPLE_BYTES", "Levels", "Meter"]

SAMPLE_BYTES = 4
"""Samples are 32-bit floats in the machine's order, full scale ±1."""
_ROW = 256
_BLOCK = _ROW * 256 * SAMPLE_BYTES
_SILENCE_DBFS = -120.0


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
    """

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._peak = 0.0
        self._squares = 0.0
        self._count = 0

    def add(self, samples: bytes | memoryview) -> None:
        """Take samples: 32-bit floats, channels in any order."""
        self._waiting += samples
        if len(self._waiting) >= _BLOCK:
            self._measure()

    def levels(self) -> Levels | None:
        """Give the levels of all samples taken, or None when there were none."""
        self._measure()
        if not self._count:
            return None
        return Levels(_decibels(math.sqrt(self._squares / self._count)), _decibels(self._peak))

    def peak(self) -> float:
        """Give the largest sample's size, 0 to 1 unless the sound clips."""
        self._measure()
        return self._peak

    def _measure(self) -> None:
        samples, self._waiting = self._waiting, bytearray()
        rows = len(samples) // (_ROW * SAMPLE_BYTES)
        for count, width in ((rows, _ROW), (1, len(samples) // SAMPLE_BYTES - rows * _ROW)):
            size = count * width * SAMPLE_BYTES
            if size:
                self._measure_block(bytes(samples[:size]), (width, count))
                del samples[:size]

    def _measure_block(self, samples: bytes, size: tuple[int, int]) -> None:
        picture = Image.frombuffer("F", size, samples, "raw", "F;32NF", 0, 1)
        extremes = [edge for edge in picture.getextrema() if isinstance(edge, float)]
        squared = ImageMath.lambda_eval(lambda args: args["x"] * args["x"], x=picture)
        mean = squared.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        if all(map(math.isfinite, extremes)) and isinstance(mean, float) and math.isfinite(mean):
            self._peak = max(self._peak, *map(abs, extremes))
            self._squares += mean * size[0] * size[1]
            self._count += size[0] * size[1]


def _decibels(amplitude: float) -> float:
    return round(max(20 * math.log10(amplitude), _SILENCE_DBFS), 2) if amplitude > 0 else _SILENCE_DBFS
