"""Video: facts, segments, damage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.library.media.inspect import inspect_file
from peekui.library.media.limits import Limits
from tests.library.media.makers import write_video

if TYPE_CHECKING:
    from pathlib import Path


def test_facts(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", 12, sound="aac", title="Sea [final]")
    facts = inspect_file(path)
    assert (facts.media_type, facts.modality, facts.damage, facts.has_preview) == ("video/mp4", "video", None, True)
    found = facts.metadata
    assert (found["width"], found["height"], found["fps"], found["duration_seconds"]) == (96, 64, 10.0, 12.0)
    assert (found["video_codec"], found["audio_codec"], found["title"]) == ("mpeg4", "aac", "Sea [final]")


def test_a_segment_for_every_ten_seconds(tmp_path: Path) -> None:
    facts = inspect_file(write_video(tmp_path / "clip.mkv", 25))
    times = [(extract.start_time, extract.end_time) for extract in facts.extracts]
    assert times == [(0.0, 10.0), (10.0, 20.0), (20.0, 25.0)]
    assert {(extract.modality, extract.type, extract.has_preview) for extract in facts.extracts} == {
        ("video", "video_segment", True)
    }


def test_segments_stop_at_the_limit(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", 25)
    facts = inspect_file(path, limits=Limits(max_segments=2))
    assert len(facts.extracts) == 2
    assert facts.metadata["segments_truncated"] is True
    assert facts.metadata["duration_seconds"] == 25.0


def test_every_container(video_files: dict[str, Path]) -> None:
    for ending, path in video_files.items():
        facts = inspect_file(path)
        assert facts.damage is None, ending
        assert facts.modality == "video"
        assert facts.metadata["duration_seconds"] == 12.0, ending
        assert len(facts.extracts) == 2


def test_every_container_cut_in_half(video_files: dict[str, Path], tmp_path: Path) -> None:
    for ending, whole in video_files.items():
        path = tmp_path / f"half.{ending}"
        content = whole.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        facts = inspect_file(path)
        if ending == "ts":  # a stream without an index: half of one is a shorter one
            assert facts.damage is None
            assert facts.metadata["duration_seconds"] < 7  # type: ignore[operator]
        else:
            assert facts.damage is not None, ending
            assert facts.damage.type == "TruncatedMedia", ending


def test_what_is_there_of_a_cut_video_is_kept(video_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "half.webm"
    content = video_files["webm"].read_bytes()
    path.write_bytes(content[: len(content) // 2])
    facts = inspect_file(path)
    assert facts.metadata["width"] == 96
    assert facts.damage is not None
    assert facts.damage.message == f"the video ends after {facts.metadata['duration_seconds']:.1f} s of 12.0 s"
    assert len(facts.extracts) == 1


def test_pictures_that_cannot_be_decoded(video_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "noise.mp4"
    content = bytearray(video_files["mp4"].read_bytes())
    start = content.index(b"mdat") + 4
    content[start : content.index(b"moov") - 4] = b"\xff" * (content.index(b"moov") - 4 - start)
    path.write_bytes(content)
    facts = inspect_file(path)
    assert facts.damage is not None
    assert (facts.damage.type, facts.damage.message) == (
        "DecodeError",
        "no picture of the video can be decoded at 0.0 s",
    )


def test_a_container_that_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "clip.webm"
    path.write_bytes(b"\x1aE\xdf\xa3" + bytes(200))
    facts = inspect_file(path)
    assert facts.damage is not None
    assert facts.damage.message == "Invalid data found when processing input"


def test_more_pixels_than_allowed(video_files: dict[str, Path]) -> None:
    facts = inspect_file(video_files["mp4"], limits=Limits(max_pixels=6_000))
    assert facts.damage is not None
    assert facts.damage.type == "DecompressionBomb"


def test_tags_that_are_not_utf8(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mkv", 2, title="SEAxSEA")
    path.write_bytes(path.read_bytes().replace(b"SEAxSEA", b"SEA\xffSEA"))
    facts = inspect_file(path)
    assert facts.damage is None
    assert facts.metadata["title"] == "SEA\ufffdSEA"
