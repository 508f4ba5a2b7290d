"""A picture of a sound: how far it swings, from left to right in time."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image, ImageDraw

from peekui.library.media.audio import SEGMENT_SECONDS, sample_format, samples_of
from peekui.library.media.containers import duration_of, open_container, sound_of
from peekui.library.media.damage import DamageError, DamageKind
from peekui.library.media.levels import Meter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from peekui.library.media.levels import SampleFormat

__all__ = ["draw_waveform"]

_HEIGHT = 160
_INK = "#4c8dff"
_PAPER = "#10141c"
_SLICES_PER_COLUMN = 2
_UNKNOWN_SECONDS = 600.0  # sets only how finely a sound is cut whose header does not tell its length


def draw_waveform(source: BinaryIO, media_type: str, width: int, at: float | None) -> Image.Image:
    """Draw a sound.

    Args:
        source: The file, at its beginning.
        media_type: As its facts say.
        width: Pixels of the picture's longer side.
        at: Second at which a segment begins; None draws the whole sound.

    Returns:
        A picture in mode RGB, `width` by 160, with the largest swing of each column about the middle line.

    Raises:
        DamageError: Nothing of it can be decoded.
    """
    with open_container(source, media_type) as container:
        stream = sound_of(container)
        seconds = SEGMENT_SECONDS if at is not None else duration_of(container, stream) or _UNKNOWN_SECONDS
        form = sample_format(stream)
        frame = stream.codec_context.channels * form.size
        slice_frames = max(1, int(stream.codec_context.sample_rate * seconds / (width * _SLICES_PER_COLUMN)))
        skipped = int((at or 0.0) * stream.codec_context.sample_rate) * frame
        slices = _slices(samples_of(container, stream), slice_frames * frame, skipped)
        peaks = [_peak(part, form) for part in islice(slices, None if at is None else width * _SLICES_PER_COLUMN)]
    if not peaks:
        raise DamageError(DamageKind.DECODE_ERROR, "nothing of the sound can be decoded")
    return _draw(peaks, width)


def _slices(samples: Iterable[bytes], size: int, skipped: int) -> Iterator[bytes]:
    """Regroup samples into pieces of so many bytes, after leaving out some at the beginning."""
    waiting = bytearray()
    for part in samples:
        waiting += memoryview(part)[skipped:]
        skipped = max(0, skipped - len(part))
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            del waiting[:size]
    if waiting:
        yield bytes(waiting)


def _peak(samples: bytes, form: SampleFormat) -> float:
    meter = Meter(form)
    meter.add(samples)
    return min(1.0, meter.peak())


def _draw(peaks: list[float], width: int) -> Image.Image:
    picture = Image.new("RGB", (width, _HEIGHT), _PAPER)
    draw = ImageDraw.Draw(picture)
    middle = _HEIGHT / 2
    for column in range(width):
        start = column * len(peaks) // width
        end = max(start + 1, (column + 1) * len(peaks) // width)
        swing = max(0.5, max(peaks[start:end]) * (middle - 1))
        draw.line((column, middle - swing, column, middle + swing), fill=_INK)
    return picture
