"""Types come from the content."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from peekui.library.media.containers import DEMUXERS
from peekui.library.media.kinds import MEDIA_TYPES, as_sound, canonical, claimed_type, modality_of
from peekui.library.media.sniff import HEAD_BYTES, looks_like_text, sniff

if TYPE_CHECKING:
    from pathlib import Path


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a", "b")
    return content.getvalue()


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        pytest.param(b"", "inode/x-empty", id="empty"),
        pytest.param(b"plain words\n", "text/plain", id="ascii"),
        pytest.param("Grüße, 世界, שלום, 🎈\n".encode(), "text/plain", id="utf-8"),
        pytest.param("Grüße aus Köln, schöne Straße\n".encode("cp1252"), "text/plain", id="cp1252"),
        pytest.param("mit Marke".encode("utf-16"), "text/plain", id="utf-16"),
        pytest.param("with a mark".encode("utf-8-sig"), "text/plain", id="utf-8-sig"),
        pytest.param(b"BM is how this text begins, and it is long enough\n", "text/plain", id="text like a bitmap"),
        pytest.param(b"\x1b[31mred\x1b[0m terminal log\n", "text/plain", id="terminal"),
        pytest.param(b"  <!DOCTYPE HTML>\n<html>", "text/html", id="html"),
        pytest.param("<html lang='en'>".encode("utf-8-sig"), "text/html", id="html-sig"),
        pytest.param(b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", id="svg"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf", id="pdf"),
        pytest.param(zipped(), "application/zip", id="zip"),
        pytest.param(gzip.compress(b"hello"), "application/gzip", id="gzip"),
        pytest.param(bytes(5_000), "application/octet-stream", id="zeros"),
        pytest.param(bytes(range(256)) * 4, "application/octet-stream", id="every byte"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(64), "application/octet-stream", id="elf"),
        pytest.param(bytes(range(0x80, 0x100)) * 4, "application/octet-stream", id="high bytes"),
        pytest.param(b"\x00\x00\x00\x18ftypheic" + bytes(32), "image/heic", id="heic"),
    ],
)
def test_content_decides(head: bytes, media_type: str) -> None:
    assert sniff(head) == media_type


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("jpg", "image/jpeg"),
        ("png", "image/png"),
        ("gif", "image/gif"),
        ("webp", "image/webp"),
        ("bmp", "image/bmp"),
        ("tiff", "image/tiff"),
        ("avif", "image/avif"),
        ("jp2", "image/jp2"),
        ("ppm", "image/x-portable-pixmap"),
        ("ico", "image/vnd.microsoft.icon"),
    ],
)
def test_pictures(picture_files: dict[str, Path], ending: str, media_type: str) -> None:
    assert sniff(picture_files[ending].read_bytes()[:HEAD_BYTES]) == media_type
    assert claimed_type(f".{ending.upper()}") == media_type
    assert modality_of(media_type) == "image"


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("mp4", "video/mp4"),
        ("mov", "video/quicktime"),
        ("webm", "video/webm"),
        ("mkv", "video/x-matroska"),
        ("avi", "video/x-msvideo"),
        ("ts", "video/mp2t"),
    ],
)
def test_videos(video_files: dict[str, Path], ending: str, media_type: str) -> None:
    assert sniff(video_files[ending].read_bytes()[:HEAD_BYTES]) == media_type


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("mp3", "audio/mpeg"),
        ("flac", "audio/flac"),
        ("m4a", "audio/mp4"),
        ("aac", "audio/aac"),
        ("aiff", "audio/aiff"),
        ("wav", "audio/wav"),
    ],
)
def test_sounds(sound_files: dict[str, Path], ending: str, media_type: str) -> None:
    assert sniff(sound_files[ending].read_bytes()[:HEAD_BYTES]) == media_type


def test_a_character_cut_at_the_end_of_the_head_is_still_text() -> None:
    assert looks_like_text("grün".encode()[:-2])


def test_every_timed_kind_has_its_demuxer() -> None:
    assert {modality_of(media_type) for media_type in DEMUXERS} == {"video", "audio"}
    assert all(as_sound(media_type) in DEMUXERS for media_type in DEMUXERS)
    timed = {media_type for media_type in MEDIA_TYPES if modality_of(media_type) in {"video", "audio"}}
    assert timed == set(DEMUXERS)


def test_names_of_types() -> None:
    assert canonical("image/jpg") == "image/jpeg"
    assert canonical("application/x-unheard-of") is None
    assert claimed_type(".unheard-of") is None
    assert as_sound("video/webm") == "audio/webm"
    assert as_sound("video/x-msvideo") == "video/x-msvideo"
