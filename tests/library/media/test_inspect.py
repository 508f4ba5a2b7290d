"""The door: what is wrong with a file before any decoder sees it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from peekui.library.media.inspect import Limits, inspect_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from peekui.library.media.facts import Facts


def damage_of(facts: Facts) -> str | None:
    return facts.damage.type if facts.damage else None


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root may read anything: act as nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.jpg"
    path.touch()
    facts = inspect_file(path)
    assert (facts.media_type, facts.modality, damage_of(facts)) == ("inode/x-empty", None, "EmptyFile")


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 101)
    assert inspect_file(path, limits=Limits(max_file_bytes=101)).damage is None
    facts = inspect_file(path, limits=Limits(max_file_bytes=100))
    assert damage_of(facts) == "TooLarge"
    assert facts.damage is not None
    assert facts.damage.message == "101 bytes; files up to 100 bytes are read"


def test_permission_denied(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("secret", encoding="ascii")
    path.chmod(0)
    with unprivileged():
        facts = inspect_file(path)
    assert damage_of(facts) == "PermissionDenied"
    assert facts.damage is not None
    assert str(tmp_path) not in facts.damage.message


def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert damage_of(inspect_file(path)) == "NotAFile"


def test_a_folder(tmp_path: Path) -> None:
    assert damage_of(inspect_file(tmp_path)) in {"NotAFile", "ReadError"}


def test_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inspect_file(tmp_path / "gone.txt")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.jpg", b"hello", "the ending says image/jpeg, the file holds text/plain"),
        ("notes.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "the ending says text/plain, the file holds image/jpeg"),
        ("clip.MP4", bytes(100), "the ending says video/mp4, the file holds content of an unknown kind"),
        ("paper.pdf", b"<!doctype html><p>404", "the ending says application/pdf, the file holds text/html"),
        ("song.mp3", b"%PDF-1.4\n\x00", "the ending says audio/mpeg, the file holds application/pdf"),
    ],
)
def test_content_of_another_medium(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    facts = inspect_file(path)
    assert facts.damage is not None
    assert (facts.damage.type, facts.damage.message) == ("WrongType", message)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.log", "a", ".env", "a.unheard-of", "a.py", "a.JSON.bak"])
def test_text_under_any_other_name_is_fine(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("# words\n", encoding="ascii")
    facts = inspect_file(path)
    assert facts.damage is None
    assert facts.modality == "text"


def test_a_picture_with_the_ending_of_another_picture_is_fine(tmp_path: Path, picture_files: dict[str, Path]) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture_files["png"].read_bytes())
    facts = inspect_file(path)
    assert (facts.media_type, facts.damage) == ("image/png", None)


def test_an_unknown_kind_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(bytes(range(256)))
    facts = inspect_file(path)
    assert (facts.media_type, facts.modality, facts.damage) == ("application/octet-stream", None, None)


def test_a_picture_without_a_decoder_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    path.write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(32))
    facts = inspect_file(path)
    assert (facts.media_type, facts.modality, facts.damage) == ("image/heic", "image", None)
    assert not facts.has_preview


@pytest.mark.skipif(sys.platform != "linux", reason="/proc gives a file whose reading fails")
def test_a_read_error_is_damage() -> None:
    from pathlib import Path as RealPath  # noqa: PLC0415

    assert damage_of(inspect_file(RealPath("/proc/self/mem"))) == "ReadError"


def test_decoders_are_imported_only_for_their_medium(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words", encoding="ascii")
    program = (
        "import sys; from pathlib import Path\n"
        "from peekui.library.media.inspect import inspect_file\n"
        "inspect_file(Path(sys.argv[1]))\n"
        "print(sorted({'PIL', 'av', 'mutagen', 'pypdf'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.txt")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
