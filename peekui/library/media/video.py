"""Facts of video: size, rate, codecs, duration, and a segment for every ten seconds."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

import av.error
from PIL import Image

from peekui.library.media.containers import (
    audio_stream,
    codec_name,
    duration_of,
    open_container,
    tag,
    video_stream,
)
from peekui.library.media.damage import DamageError, DamageKind
from peekui.library.media.facts import Extract, Facts
from peekui.library.media.lengths import check_length, is_cut_off

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from peekui.filters.nodes import JsonValue
    from peekui.library.media.limits import Limits

__all__ = ["draw_video", "inspect_video"]

SEGMENT_SECONDS = 10
_MICROSECONDS = 1_000_000
_TAIL_SECONDS = 2.0
_NEAR_SECONDS = 1.0
# A damaged stream may hold any number of packets without a picture; a keyframe further off than this is no keyframe.
_PACKETS_TRIED = 3_000


def inspect_video(source: BinaryIO, media_type: str, limits: Limits) -> Facts | None:
    """Read a video. The first picture is decoded and the last reached; what lies between is not decoded.

    Args:
        source: The file, at its beginning.
        media_type: As sniffed.
        limits: `max_pixels` and `max_segments` are kept.

    Returns:
        Facts with `duration_seconds`, `width`, `height`, `fps`, `rotation` in degrees, `video_codec`,
        `audio_codec`, `bit_rate`, `title`, and a `video_segment` extract for every ten seconds; with damage when the
        first picture cannot be decoded or the video ends before its header says. None when there are no moving
        pictures in it: it is a sound.
    """
    facts = Facts(media_type=media_type, modality="video")
    metadata: dict[str, JsonValue] = {}
    segments: tuple[Extract, ...] = ()
    try:
        cut_off = is_cut_off(source, media_type)
        with open_container(source, media_type) as container:
            stream = video_stream(container)
            if stream is None:
                return None
            metadata |= _describe(container, stream)
            _check_size(stream, limits)
            if rotation := _frame_at(container, stream, 0.0).rotation:
                metadata["rotation"] = rotation
            claimed = duration_of(container, stream)
            reached = _reach_end(container, stream, claimed)
            duration = reached if claimed is None else min(claimed, reached)
            metadata["duration_seconds"] = round(duration, 3)
            segments = _segments(duration, limits)
            check_length("video", reached, claimed, cut_off=cut_off)
        if segments[-1].end_time != metadata["duration_seconds"]:
            metadata["segments_truncated"] = True
    except DamageError as error:
        facts = replace(facts, damage=error.damage)
    return replace(facts, metadata=metadata, extracts=segments, has_preview=bool(segments))


def draw_video(source: BinaryIO, media_type: str, box: int, at: float | None, limits: Limits) -> Image.Image:
    """Draw one picture of a video, the right way up.

    Args:
        source: The file, at its beginning.
        media_type: As its facts say.
        box: Pixels of the longer side, at most.
        at: Seconds from the beginning; None takes one a tenth in, past the fade from black.
        limits: `max_pixels` is kept.

    Returns:
        A picture in mode RGB.

    Raises:
        DamageError: There are no moving pictures in it, or they cannot be decoded there.
    """
    with open_container(source, media_type) as container:
        stream = video_stream(container)
        if stream is None:
            raise DamageError(DamageKind.DECODE_ERROR, "there are no moving pictures in it")
        _check_size(stream, limits)
        moment = (duration_of(container, stream) or 0.0) / 10 if at is None else at
        frame = _frame_at(container, stream, moment)
        shrink = min(1.0, box / max(frame.width, frame.height))
        width, height = (max(1, round(side * shrink)) for side in (frame.width, frame.height))
        [plane] = frame.reformat(width=width, height=height, format="rgb24").planes
        picture = Image.frombytes("RGB", (width, height), bytes(plane), "raw", "RGB", plane.line_size, 1)
        return picture.rotate(frame.rotation, expand=True)


def _describe(container: InputContainer, stream: VideoStream) -> dict[str, JsonValue]:
    facts: dict[str, JsonValue] = {
        "width": stream.codec_context.width,
        "height": stream.codec_context.height,
        "video_codec": codec_name(stream),
    }
    if rate := stream.average_rate:
        facts["fps"] = round(float(rate), 3)
    if sound := audio_stream(container):
        facts["audio_codec"] = codec_name(sound)
    if container.bit_rate:
        facts["bit_rate"] = container.bit_rate
    if title := tag(container, "title"):
        facts["title"] = title
    return facts


def _check_size(stream: VideoStream, limits: Limits) -> None:
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > limits.max_pixels:
        message = f"{width}×{height} is {width * height:,} pixels; at most {limits.max_pixels:,} are decoded"
        raise DamageError(DamageKind.DECOMPRESSION_BOMB, message)


def _frame_at(container: InputContainer, stream: VideoStream, at: float) -> VideoFrame:
    """Decode the picture that shows at a moment, else the last one before it; `DecodeError` when there is none."""
    found: VideoFrame | None = None
    if at > 0:
        with suppress(av.error.FFmpegError):  # a stream that cannot seek is read from where it stands
            container.seek(int(at * _MICROSECONDS))
    for tried, packet in enumerate(container.demux(stream)):
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            frames = []
        for frame in frames:
            if found is not None and (frame.time or 0.0) > at:
                return found
            found = frame
        if (found is not None and at <= 0) or tried > _PACKETS_TRIED:
            break
    if found is None:
        raise DamageError(DamageKind.DECODE_ERROR, f"no picture of the video can be decoded at {at:.1f} s")
    return found


def _reach_end(container: InputContainer, stream: VideoStream, claimed: float | None) -> float:
    """Give the moment in seconds at which the last packet ends, reading the last seconds only where that works."""
    if claimed is not None and claimed > _TAIL_SECONDS:
        with suppress(av.error.FFmpegError):
            container.seek(int((claimed - _TAIL_SECONDS) * _MICROSECONDS))
            if (end := _last_end(container, stream)) >= claimed - _NEAR_SECONDS:
                return end
    with suppress(av.error.FFmpegError):
        container.seek(0)
    return _last_end(container, stream)


def _last_end(container: InputContainer, stream: VideoStream) -> float:
    end = 0.0
    with suppress(av.error.FFmpegError):  # where reading fails, there the video ends
        for packet in container.demux(stream):
            if packet.pts is not None and packet.time_base is not None:
                end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    start = float(stream.start_time * stream.time_base) if stream.start_time and stream.time_base else 0.0
    return max(0.0, end - max(0.0, start))


def _segments(duration: float, limits: Limits) -> tuple[Extract, ...]:
    count = min(max(1, math.ceil(duration / SEGMENT_SECONDS)), limits.max_segments)
    return tuple(
        Extract(
            "video",
            "video_segment",
            start_time=float(index * SEGMENT_SECONDS),
            end_time=round(min((index + 1) * SEGMENT_SECONDS, duration), 3),
            metadata={"index": index},
            has_preview=True,
        )
        for index in range(count)
    )
