"""Sidecars: what they say, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.library.media.sidecar import SIDECAR_BYTES, read_sidecar

if TYPE_CHECKING:
    from pathlib import Path


def test_an_object_becomes_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg.json"
    path.write_text('\ufeff{"title": "a[/]b \\ud800", "n": [1, 2.5, null, true, NaN]}', encoding="utf-8")
    found = read_sidecar(path)
    assert found.problem is None
    assert found.metadata == {"title": "a[/]b \ufffd", "n": [1, 2.5, None, True, None]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[1]", "does not hold an object"),
        (b"{", "is not JSON"),
        (b"", "is not JSON"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b'{"a":' * 100_000, "nests too deeply"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "nests too deeply"),
        (b" " * (SIDECAR_BYTES + 1), "bytes are read"),
    ],
    ids=["list", "cut", "empty", "latin-1", "deep", "deeper than is read", "large"],
)
def test_a_problem_is_told_and_not_raised(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.jpg.json"
    path.write_bytes(content)
    found = read_sidecar(path)
    assert found.metadata == {}
    assert found.problem is not None
    assert words in found.problem
    assert str(tmp_path) not in found.problem


def test_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_sidecar(tmp_path / "gone.json")
