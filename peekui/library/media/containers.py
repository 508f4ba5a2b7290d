"""Opening video and audio with PyAV, within bounds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import av
import av.error
import av.logging
from av.stream import Disposition

from peekui.library.media.damage import DamageError, DamageKind, decode_error
from peekui.library.media.json_safe import clean_text
from peekui.library.media.lengths import is_cut_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

__all__ = [
    "DEMUXERS",
    "audio_stream",
    "codec_name",
    "duration_of",
    "open_container",
    "sound_of",
    "tag",
    "video_stream",
]

DEMUXERS = {
    "video/mp2t": "mpegts",
    "video/mp4": "mov",
    "video/mpeg": "mpeg",
    "video/ogg": "ogg",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "video/x-flv": "flv",
    "video/x-matroska": "matroska",
    "video/x-msvideo": "avi",
    "audio/aac": "aac",
    "audio/aiff": "aiff",
    "audio/flac": "flac",
    "audio/mp4": "mov",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "matroska",
    "audio/x-matroska": "matroska",
}
"""FFmpeg's demuxer for each media type of video and audio."""
_MICROSECONDS = 1_000_000
_CUT_OFF = "the file is shorter than its header says"

# Tags in another encoding must not cost the file. PyAV 19 lets them pass by itself and no longer knows the option.
_TOLERANT: dict[str, Any] = {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "surrogateescape"}

av.logging.set_level(None)  # what the decoders print is neither the user's nor the log's business


def _options(media_type: str) -> dict[str, Any]:
    # Uncompressed sound comes in packets of 4 kB unless told otherwise: half the time would go into handling them. And
    # 5 MB of it would be searched for compressed sound in disguise; a quarter of a megabyte shows that as well.
    return {"options": {"max_size": "49152", "probesize": "262144"}} if DEMUXERS[media_type] == "wav" else {}


@contextmanager
def open_container(source: BinaryIO, media_type: str) -> Iterator[InputContainer]:
    """Open a video or a sound.

    Args:
        source: The file, at its beginning.
        media_type: As sniffed: it names the one demuxer that is tried, so that no playlist or script in the content
            can make the decoder open anything else.

    Yields:
        The container; every exception of PyAV in the block becomes damage.

    Raises:
        DamageError: `TruncatedMedia` when the file is shorter than it says, `DecodeError` for all else.
    """
    cut_off = is_cut_off(source, media_type)
    try:
        with av.open(source, "r", format=DEMUXERS[media_type], **_options(media_type), **_TOLERANT) as container:
            for stream in (*container.streams.video, *container.streams.audio):
                stream.codec_context.thread_count = 1  # files are decoded side by side, one per processor
            yield container
    except DamageError as error:
        if cut_off and error.damage.type == DamageKind.DECODE_ERROR:
            raise DamageError(DamageKind.TRUNCATED_MEDIA, _CUT_OFF) from None
        raise
    except (av.error.FFmpegError, ValueError, LookupError, ArithmeticError) as error:
        if cut_off:
            raise DamageError(DamageKind.TRUNCATED_MEDIA, _CUT_OFF) from None
        raise decode_error(error) from error


def video_stream(container: InputContainer) -> VideoStream | None:
    """Give the first stream of moving pictures; a cover is none."""
    streams = container.streams.video
    return next((stream for stream in streams if not stream.disposition & Disposition.attached_pic), None)


def audio_stream(container: InputContainer) -> AudioStream | None:
    """Give the first stream of sound."""
    return next(iter(container.streams.audio), None)


def sound_of(container: InputContainer) -> AudioStream:
    """Give the first stream of sound.

    Raises:
        DamageError: There is none, or one without channels or a rate.
    """
    stream = audio_stream(container)
    if stream is None or not stream.codec_context.sample_rate or not stream.codec_context.channels:
        raise DamageError(DamageKind.DECODE_ERROR, "there is no sound in it")
    return stream


def duration_of(container: InputContainer, stream: Stream) -> float | None:
    """Give the duration in seconds that the header claims, or None."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / _MICROSECONDS if container.duration else None


def codec_name(stream: AudioStream | VideoStream) -> str:
    """Give the name of a stream's format (`h264`), not of the decoder that reads it."""
    return stream.codec_context.codec.canonical_name


def tag(container: InputContainer, name: str) -> str | None:
    """Give one of the container's own tags, in whatever case it is written."""
    for key, value in container.metadata.items():
        if key.lower() == name and value.strip():
            return clean_text(value.strip())[:500]
    return None
