"""Sound: little tunes, chords and something like speech, as WAV, FLAC, MP3 and Opus, with tags."""

from __future__ import annotations

import io
import math
import wave
from array import array
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

__all__ = ["RATE", "TUNES", "Recording", "record"]

RATE = 16000
"""Samples a second, mono."""

_NOTE_SECONDS = 0.25
_SCALE = (220.0, 246.94, 261.63, 293.66, 329.63, 392.0, 440.0, 523.25)


@dataclass(frozen=True, slots=True)
class Recording:
    """What is on a recording and what its tags say.

    Attributes:
        title: Of the recording.
        artist: Who made it.
        album: What it belongs to.
        date: A year or a day.
        tune: What is heard (`TUNES`).
        seconds: How long.
        form: `wav`, `flac`, `mp3` or `ogg`.
    """

    title: str
    artist: str
    album: str
    date: str
    tune: str
    seconds: int
    form: str


def record(recording: Recording, dice: random.Random) -> bytes:
    """The file of a recording."""
    samples = TUNES[recording.tune](recording.seconds, dice)
    content = _wav(samples) if recording.form == "wav" else _encoded(samples, recording.form)
    return _tagged(content, recording)


@cache
def _tone(pitches: tuple[float, ...]) -> array[int]:
    """A note or a chord that fades away; never changed, so one copy serves every tune."""
    count = round(RATE * _NOTE_SECONDS)
    loud = 9000 / len(pitches)
    steps = [math.tau * pitch / RATE for pitch in pitches]
    return array(
        "h",
        (round(sum(math.sin(step * at) for step in steps) * loud * math.exp(-3 * at / count)) for at in range(count)),
    )


def _melody(seconds: int, dice: random.Random) -> array[int]:
    notes = [_tone((pitch,)) for pitch in _SCALE]
    return _joined(notes, seconds, dice)


def _chords(seconds: int, dice: random.Random) -> array[int]:
    chords = [_tone((root, root * 5 / 4, root * 3 / 2)) for root in dice.sample(_SCALE, 4)]
    return _joined(chords, seconds, dice)


def _speech(seconds: int, dice: random.Random) -> array[int]:
    """Bursts of noise as long as syllables, and pauses."""
    count = round(RATE * _NOTE_SECONDS)
    syllables = [array("h", bytes(2 * count))]
    for _ in range(5):
        level, noise = 0.0, []
        for at, value in enumerate(islice(dice.randbytes(count), count)):
            level += (value - 128 - level) * 0.3  # a low-pass: voices are dull
            noise.append(round(level * 90 * math.sin(math.pi * at / count) ** 2))
        syllables.append(array("h", noise))
    return _joined(syllables, seconds, dice)


def _joined(parts: list[array[int]], seconds: int, dice: random.Random) -> array[int]:
    samples = array("h")
    for _ in range(round(seconds / _NOTE_SECONDS)):
        samples += dice.choice(parts)
    return samples


def _silence(seconds: int, _: random.Random) -> array[int]:
    return array("h", bytes(2 * RATE * seconds))


TUNES: Mapping[str, Callable[[int, random.Random], array[int]]] = {
    "melody": _melody,
    "chords": _chords,
    "speech": _speech,
    "silence": _silence,
}
"""The kinds of sound that `record` can make."""


def _wav(samples: array[int]) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def _encoded(samples: array[int], form: str) -> bytes:
    from peekui.library.sample.encoder import encode_sound  # noqa: PLC0415  (loads FFmpeg)

    return encode_sound(samples.tobytes(), RATE, form)


def _tagged(content: bytes, recording: Recording) -> bytes:
    """The same sound with its tags written by mutagen, in the form that each format has for them."""
    import mutagen  # noqa: PLC0415  (only the sample needs it, and only when it is first written)
    from mutagen.id3 import Frames  # noqa: PLC0415

    values = (recording.title, recording.artist, recording.album, recording.date)
    file = io.BytesIO(content)
    sound = mutagen.File(file)
    if sound.tags is None:
        sound.add_tags()
    if recording.form in {"wav", "mp3"}:
        for name, value in zip(("TIT2", "TPE1", "TALB", "TDRC"), values, strict=True):
            sound.tags.add(Frames[name](text=value))
    else:
        sound.tags.update(zip(("title", "artist", "album", "date"), values, strict=True))
    file.seek(0)
    sound.save(file)
    return file.getvalue()
