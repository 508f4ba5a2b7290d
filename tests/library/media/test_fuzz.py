"""Whatever a file holds, `inspect_file` answers: it never raises and never hangs."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peekui.library.media.damage import DamageKind
from peekui.library.media.inspect import inspect_file
from peekui.library.media.preview import PreviewError, render_preview

if TYPE_CHECKING:
    from peekui.library.media.facts import Facts

SECONDS = 10.0
STARTS = [
    b"",
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"GIF89a",
    b"RIFF\xff\xff\x00\x00WEBPVP8 ",
    b"RIFF\xff\xff\x00\x00WAVEfmt ",
    b"RIFF\xff\xff\x00\x00AVI LIST",
    b"BM\x00\x00\x00\x00\x00\x00\x00\x00",
    b"II*\x00\x08\x00\x00\x00",
    b"\x00\x00\x01\x00\x01\x00",
    b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00",
    b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00",
    b"\x1aE\xdf\xa3",
    b"fLaC\x00\x00\x00\x22",
    b"OggS\x00\x02",
    b"ID3\x04\x00\x00\x00\x00\x00\x23",
    b"\xff\xfb\x90\x00",
    b"%PDF-1.7\n",
    b"<!doctype html>",
    b'{"a":',
]
ENDINGS = ["", ".jpg", ".mp4", ".mp3", ".txt", ".json", ".csv", ".md", ".html", ".pdf"]
SMALL = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(content: bytes, ending: str) -> Facts:
    """Inspect content, draw its preview when there is one, and hold both to what they promise."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"file{ending}")
        path.write_bytes(content)
        started = time.monotonic()
        facts = inspect_file(path)
        damages = [facts.damage] if facts.damage else []
        try:
            render_preview(path, facts.media_type)
        except PreviewError as error:
            damages.append(error.damage)
        assert time.monotonic() - started < SECONDS
    assert {damage.type for damage in damages} <= set(DamageKind)
    assert not any(folder in damage.message for damage in damages)
    json.dumps(asdict(facts), allow_nan=False).encode()
    json.dumps(asdict(facts), allow_nan=False, ensure_ascii=False).encode()
    return facts


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=600), st.sampled_from(ENDINGS))
def test_random_bytes(start: bytes, rest: bytes, ending: str) -> None:
    check(start + rest, ending)


def mutated(content: bytes, keep: float, places: list[tuple[float, int]]) -> bytes:
    """Cut content to a share of its length and overwrite some bytes."""
    cut = bytearray(content[: int(len(content) * keep)])
    for place, value in places:
        if cut:
            cut[int(place * (len(cut) - 1))] = value
    return bytes(cut)


SHARES = st.floats(0, 1)
CHANGES = st.lists(st.tuples(SHARES, st.integers(0, 255)), max_size=20)


@pytest.mark.parametrize("ending", ["jpg", "png", "gif", "webp", "bmp", "tiff", "avif", "jp2", "ppm", "ico"])
@SMALL
@given(keep=SHARES, places=CHANGES)
def test_pictures(picture_files: dict[str, Path], ending: str, keep: float, places: list[tuple[float, int]]) -> None:
    check(mutated(picture_files[ending].read_bytes(), keep, places), f".{ending}")


@pytest.mark.parametrize("ending", ["mp4", "webm", "avi", "ts"])
@SMALL
@given(keep=SHARES, places=CHANGES)
def test_videos(video_files: dict[str, Path], ending: str, keep: float, places: list[tuple[float, int]]) -> None:
    check(mutated(video_files[ending].read_bytes(), keep, places), f".{ending}")


@pytest.mark.parametrize("ending", ["mp3", "flac", "ogg", "m4a", "wav", "aac", "aiff"])
@SMALL
@given(keep=SHARES, places=CHANGES)
def test_sounds(sound_files: dict[str, Path], ending: str, keep: float, places: list[tuple[float, int]]) -> None:
    check(mutated(sound_files[ending].read_bytes(), keep, places), f".{ending}")


@SMALL
@given(keep=SHARES, places=CHANGES)
def test_documents(document: Path, keep: float, places: list[tuple[float, int]]) -> None:
    check(mutated(document.read_bytes(), keep, places), ".pdf")
