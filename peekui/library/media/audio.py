"""Facts of sound: duration, codec, tags, and the levels of every ten seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

import av.error
from av.audio.resampler import AudioResampler

from peekui.library.media.containers import codec_name, duration_of, open_container, sound_of
from peekui.library.media.damage import DamageError, DamageKind
from peekui.library.media.facts import Extract, Facts
from peekui.library.media.lengths import check_length, is_cut_off
from peekui.library.media.levels import FLOAT, SAMPLE_FORMATS, Meter
from peekui.library.media.tags import read_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.stream import AudioStream
    from av.container import InputContainer

    from peekui.filters.nodes import JsonValue
    from peekui.library.media.levels import SampleFormat
    from peekui.library.media.limits import Limits

__all__ = ["SEGMENT_SECONDS", "inspect_audio", "sample_format", "samples_of"]

SEGMENT_SECONDS = 10
_TOLERATED_BAD_PACKETS = 0.01


@dataclass(slots=True)
class _Packets:
    """How decoding went."""

    good: int = 0
    bad: int = 0


def inspect_audio(source: BinaryIO, media_type: str, limits: Limits) -> Facts:
    """Read a sound; every sample is decoded.

    Args:
        source: The file, at its beginning.
        media_type: As sniffed.
        limits: `max_segments` is kept.

    Returns:
        Facts with `duration_seconds`, `codec`, `sample_rate` in Hz, `channels`, `bit_rate`, tags, and an
        `audio_segment` extract with `rms_dbfs` and `peak_dbfs` for every ten seconds. With damage when the sound
        ends before its header says, or when more than one packet in a hundred cannot be decoded.
    """
    facts = Facts(media_type=media_type, modality="audio", metadata=read_tags(source))
    packets = _Packets()
    metadata = dict(facts.metadata)
    segments: list[Extract] = []
    try:
        cut_off = is_cut_off(source, media_type)
        with open_container(source, media_type) as container:
            stream = sound_of(container)
            claimed = duration_of(container, stream)
            metadata |= _describe(container, stream)
            seconds, segments = _measure(container, stream, packets, limits)
        if len(segments) == limits.max_segments:  # what follows was not decoded: the header has to be believed
            metadata["segments_truncated"] = True
            seconds = max(seconds, claimed or 0.0)
        metadata["duration_seconds"] = round(seconds, 3)
        if packets.bad:
            metadata["undecodable_packets"] = packets.bad
        _check(packets, seconds, claimed, cut_off=cut_off)
    except DamageError as error:
        facts = replace(facts, damage=error.damage)
    return replace(facts, metadata=metadata, extracts=tuple(segments), has_preview=bool(segments))


def sample_format(stream: AudioStream) -> SampleFormat:
    """Give the format that a stream's samples are read in: its own wherever it can be measured as it is."""
    own = getattr(stream.codec_context.format, "name", None)  # a stream that cannot be decoded has none
    return SAMPLE_FORMATS.get(own or "", FLOAT)


def samples_of(container: InputContainer, stream: AudioStream, packets: _Packets | None = None) -> Iterator[bytes]:
    """Decode a stream to the end.

    Args:
        container: The opened file, wherever it stands.
        stream: A stream of it.
        packets: Counts packets that decode and that do not, which are passed over.

    Yields:
        Interleaved samples in the stream's `sample_format`, at its own rate and channels.

    Raises:
        ValueError: The sound becomes another midway, such as stereo after mono.
    """
    packets = packets or _Packets()
    resampler = AudioResampler(format=sample_format(stream).name)
    form = None
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            packets.bad += 1
            continue
        packets.good += 1
        for frame in chain.from_iterable(map(resampler.resample, frames)):
            # The resampler itself looks only at what it has to convert.
            found = (frame.format.name, frame.layout.nb_channels, frame.sample_rate)
            form = form or found
            if found != form:
                raise ValueError("the sound changes its format midway")
            size = frame.samples * frame.layout.nb_channels * frame.format.bytes
            yield bytes(memoryview(frame.planes[0])[:size])


def _describe(container: InputContainer, stream: AudioStream) -> dict[str, JsonValue]:
    facts: dict[str, JsonValue] = {
        "codec": codec_name(stream),
        "sample_rate": stream.codec_context.sample_rate,
        "channels": stream.codec_context.channels,
    }
    if rate := stream.bit_rate or container.bit_rate:
        facts["bit_rate"] = rate
    return facts


def _measure(
    container: InputContainer, stream: AudioStream, packets: _Packets, limits: Limits
) -> tuple[float, list[Extract]]:
    """Decode up to the limit of segments; give the seconds decoded and the segments."""
    form = sample_format(stream)
    second = stream.codec_context.sample_rate * stream.codec_context.channels * form.size
    full = second * SEGMENT_SECONDS
    segments: list[Extract] = []
    meter, inside = Meter(form), 0
    for samples in samples_of(container, stream, packets):
        rest = memoryview(samples)
        while rest:
            part, rest = rest[: full - inside], rest[full - inside :]
            meter.add(part)
            inside += len(part)
            if inside == full:
                segments.append(_segment(meter, len(segments), SEGMENT_SECONDS))
                meter, inside = Meter(form), 0
                if len(segments) == limits.max_segments:
                    return float(len(segments) * SEGMENT_SECONDS), segments
    seconds = len(segments) * SEGMENT_SECONDS + inside / second
    if inside:
        segments.append(_segment(meter, len(segments), inside / second))
    return seconds, segments


def _segment(meter: Meter, index: int, seconds: float) -> Extract:
    start = float(index * SEGMENT_SECONDS)
    metadata: dict[str, JsonValue] = {"index": index}
    if levels := meter.levels():
        metadata |= {"rms_dbfs": levels.rms, "peak_dbfs": levels.peak}
    end = round(start + seconds, 3)
    return Extract("audio", "audio_segment", start_time=start, end_time=end, metadata=metadata, has_preview=True)


def _check(packets: _Packets, seconds: float, claimed: float | None, *, cut_off: bool) -> None:
    if not seconds:
        raise DamageError(DamageKind.DECODE_ERROR, "not one packet of the sound can be decoded")
    check_length("sound", seconds, claimed, cut_off=cut_off)
    if packets.bad > _TOLERATED_BAD_PACKETS * (packets.good + packets.bad):
        message = f"{packets.bad:,} of {packets.good + packets.bad:,} packets cannot be decoded"
        raise DamageError(DamageKind.DECODE_ERROR, message)
