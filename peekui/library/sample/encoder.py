"""Video and sound through FFmpeg (PyAV), the same bytes every time."""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream
    from PIL import Image

    from peekui.library.sample.brushes import Size

__all__ = ["encode_film", "encode_sound"]

# Without it the muxers write the time of day, the version and made-up identifiers.
_REPEATABLE = {"fflags": "+bitexact"}


@dataclass(frozen=True, slots=True)
class _Codec:
    container: str
    name: str
    options: Mapping[str, str]


_FILMS = {
    "mp4": _Codec("mp4", "libx264", {"preset": "ultrafast", "crf": "30", "threads": "1", "flags": "+bitexact"}),
    "mov": _Codec("mov", "mpeg4", {"threads": "1", "flags": "+bitexact"}),
    "webm": _Codec(
        "webm", "libvpx", {"deadline": "realtime", "cpu-used": "8", "threads": "1", "flags": "+bitexact", "b": "200k"}
    ),
}
_SOUNDS = {
    "flac": _Codec("flac", "flac", {"flags": "+bitexact"}),
    "mp3": _Codec("mp3", "libmp3lame", {"b": "48k", "flags": "+bitexact"}),
    "ogg": _Codec("ogg", "libopus", {"b": "24k", "flags": "+bitexact"}),
    "mp4": _Codec("mp4", "aac", {"b": "32k", "flags": "+bitexact"}),
    "webm": _Codec("webm", "libopus", {"b": "24k", "flags": "+bitexact"}),
}


def encode_film(
    pictures: Iterable[Image.Image], size: Size, rate: int, form: str, *, sound: bytes, sound_rate: int, title: str
) -> bytes:
    """A film of pictures, with sound where there is some.

    Args:
        pictures: RGB, all of the same size, one for each frame.
        size: Of the pictures; both even.
        rate: Frames a second.
        form: `mp4`, `mov` or `webm`.
        sound: Mono 16 bit samples; empty for a film without a sound track.
        sound_rate: Samples a second.
        title: Written into the container.
    """
    codec, out = _FILMS[form], io.BytesIO()
    with av.open(out, "w", format=codec.container, container_options=_REPEATABLE) as container:
        container.metadata["title"] = title
        stream = cast("VideoStream", container.add_stream(codec.name, rate=rate, options=dict(codec.options)))
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        track = _sound_track(container, _SOUNDS[form], sound_rate) if sound else None
        for number, picture in enumerate(pictures):
            frame = VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]  # PyAV leaves this one untyped
            frame.pts, frame.time_base = number, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if track is not None:
            _write_sound(container, track, sound, sound_rate)
    return out.getvalue()


def encode_sound(sound: bytes, rate: int, form: str) -> bytes:
    """Mono 16 bit samples as a file of `flac`, `mp3` or `ogg` (Opus)."""
    codec, out = _SOUNDS[form], io.BytesIO()
    with av.open(out, "w", format=codec.container, container_options=_REPEATABLE) as container:
        _write_sound(container, _sound_track(container, codec, rate), sound, rate)
    return out.getvalue()


def _sound_track(container: OutputContainer, codec: _Codec, rate: int) -> AudioStream:
    return cast("AudioStream", container.add_stream(codec.name, rate=rate, options=dict(codec.options)))


def _write_sound(container: OutputContainer, track: AudioStream, sound: bytes, rate: int) -> None:
    step = 2 * 4096
    for start in range(0, len(sound), step):
        part = sound[start : start + step]
        frame = AudioFrame(format="s16", layout="mono", samples=len(part) // 2)
        frame.planes[0].update(part.ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts, frame.time_base = rate, start // 2, Fraction(1, rate)
        container.mux(track.encode(frame))
    container.mux(track.encode(None))
