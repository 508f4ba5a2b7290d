"""Sound: facts, tags, levels, damage."""

from __future__ import annotations

import math
import wave
from array import array
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.library.media.inspect import inspect_file
from peekui.library.media.levels import FLOAT, SAMPLE_FORMATS, Meter
from peekui.library.media.limits import Limits
from tests.library.media.makers import write_sound, write_wave

if TYPE_CHECKING:
    from pathlib import Path

CODECS = {
    "mp3": "mp3",
    "flac": "flac",
    "ogg": "opus",
    "m4a": "aac",
    "aac": "aac",
    "aiff": "pcm_s16be",
    "webm": "opus",
    "mka": "opus",
    "wav": "pcm_s16le",
}


def test_every_container(sound_files: dict[str, Path]) -> None:
    for ending, path in sound_files.items():
        facts = inspect_file(path)
        assert (facts.damage, facts.modality, facts.has_preview) == (None, "audio", True), ending
        assert facts.media_type.startswith("audio/")
        assert facts.metadata["codec"] == CODECS[ending]
        assert (facts.metadata["sample_rate"], facts.metadata["channels"]) == (48_000, 1)
        assert facts.metadata["duration_seconds"] == pytest.approx(3.0, abs=0.1)
        [extract] = facts.extracts
        assert (extract.modality, extract.type, extract.start_time) == ("audio", "audio_segment", 0.0)
        assert extract.metadata["rms_dbfs"] == pytest.approx(-9.03, abs=0.6)  # half of full scale, a sine
        assert extract.metadata["peak_dbfs"] == pytest.approx(-6.02, abs=1.2)


def test_a_segment_for_every_ten_seconds(tmp_path: Path) -> None:
    path = write_wave(tmp_path / "long.wav", 25)
    facts = inspect_file(path)
    times = [(extract.start_time, extract.end_time) for extract in facts.extracts]
    assert times == [(0.0, 10.0), (10.0, 20.0), (20.0, 25.0)]
    limited = inspect_file(path, limits=Limits(max_segments=2))
    assert len(limited.extracts) == 2
    assert limited.metadata["segments_truncated"] is True
    assert (limited.metadata["duration_seconds"], limited.damage) == (25.0, None)


def test_silence_and_full_scale(tmp_path: Path) -> None:
    for name, value, level in (("silent", 0, -120.0), ("full", -32_768, 0.0)):
        with wave.open(str(tmp_path / f"{name}.wav"), "wb") as sound:
            sound.setnchannels(2)
            sound.setsampwidth(2)
            sound.setframerate(8_000)
            sound.writeframes(array("h", [value] * 16_000).tobytes())
        [extract] = inspect_file(tmp_path / f"{name}.wav").extracts
        assert (extract.metadata["rms_dbfs"], extract.metadata["peak_dbfs"]) == (level, level)


@settings(deadline=None)
@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=2_000), st.integers(1, 700))
def test_the_meter_measures_what_a_loop_would(values: list[float], step: int) -> None:
    meter = Meter(FLOAT)
    for start in range(0, len(values), step):
        meter.add(array("f", values[start : start + step]).tobytes())
    levels = meter.levels()
    peak = max(map(abs, values))
    assert levels is not None
    assert meter.peak() == pytest.approx(peak)
    rms = math.sqrt(math.fsum(value * value for value in values) / len(values))
    if rms > 1e-5:
        assert levels.rms == pytest.approx(20 * math.log10(rms), abs=0.02)


@pytest.mark.parametrize(("name", "code", "bits"), [("s16", "h", 16), ("s32", "i", 32)])
def test_whole_numbers_have_the_levels_of_the_floats_they_stand_for(name: str, code: str, bits: int) -> None:
    full_scale = 2 ** (bits - 1)
    values = [0, 1, -1, full_scale // 3, -full_scale // 2, full_scale - 1, -full_scale]
    for count in range(1, len(values) + 1):
        whole, floats = Meter(SAMPLE_FORMATS[name]), Meter(FLOAT)
        whole.add(array(code, values[:count]).tobytes())
        floats.add(array("f", [value / full_scale for value in values[:count]]).tobytes())
        assert whole.levels() == floats.levels()
        assert whole.peak() == floats.peak()


def test_a_meter_without_samples() -> None:
    assert Meter(FLOAT).levels() is None


def test_samples_that_are_no_numbers_are_passed_over() -> None:
    meter = Meter(FLOAT)
    meter.add(array("f", [math.nan, math.inf]).tobytes())
    assert meter.levels() is None


@pytest.mark.parametrize(
    ("ending", "codec"), [("mp3", "libmp3lame"), ("flac", "flac"), ("ogg", "libopus"), ("m4a", "aac")]
)
def test_tags(tmp_path: Path, ending: str, codec: str) -> None:
    path = write_sound(
        tmp_path / f"song.{ending}", codec, title="Höhe [live]", artist="Ada", album="Sea", genre="Noise"
    )
    found = inspect_file(path).metadata
    assert [found[name] for name in ("title", "artist", "album", "genre")] == ["Höhe [live]", "Ada", "Sea", "Noise"]


def test_damaged_tags_leave_the_sound(sound_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    frame = b"TIT2\x00\x00\x00\x7f\x00\x00\x01\xff"
    tags = b"ID3\x03\x00\x00\x00\x00\x00" + bytes([len(frame)]) + frame
    bare = sound_files["mp3"].read_bytes()
    path.write_bytes(tags + bare[bare.index(b"\xff\xfb") :])
    facts = inspect_file(path)
    assert facts.damage is None
    assert facts.extracts


def test_every_container_cut_in_half(sound_files: dict[str, Path], tmp_path: Path) -> None:
    for ending, whole in sound_files.items():
        path = tmp_path / f"half.{ending}"
        content = whole.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        facts = inspect_file(path)
        if ending in {"ogg", "aac"}:  # streams that do not tell their length: half of one is a shorter one
            assert facts.metadata["duration_seconds"] < 2  # type: ignore[operator]
        else:
            assert facts.damage is not None, ending
            assert facts.damage.type == "TruncatedMedia", ending


def test_a_cut_sound_keeps_what_was_heard(sound_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "half.wav"
    content = sound_files["wav"].read_bytes()
    path.write_bytes(content[: len(content) // 2])
    facts = inspect_file(path)
    assert facts.damage is not None
    assert facts.damage.message == "the sound ends after 1.5 s, where the file is cut off"
    assert len(facts.extracts) == 1
    assert facts.has_preview


def test_sound_that_becomes_another_midway(tmp_path: Path, sound_files: dict[str, Path]) -> None:
    path = tmp_path / "changing.flac"
    two_channels = write_sound(tmp_path / "stereo.flac", "flac", layout="stereo").read_bytes()
    path.write_bytes(sound_files["flac"].read_bytes() + two_channels)
    facts = inspect_file(path)
    assert facts.damage is not None
    assert (facts.damage.type, facts.damage.message) == ("DecodeError", "the sound changes its format midway")


def test_sound_that_is_noise_to_the_decoder(sound_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "noise.flac"
    content = bytearray(sound_files["flac"].read_bytes())
    content[len(content) // 3 : 2 * len(content) // 3] = b"\x55" * (len(content) // 3)
    path.write_bytes(content)
    facts = inspect_file(path)
    assert facts.damage is not None
    assert facts.damage.type in {"DecodeError", "TruncatedMedia"}
