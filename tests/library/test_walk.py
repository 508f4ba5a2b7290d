"""What of a folder is in the library, and in which order."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest

from peekui.library.walk import Walk, sidecar_names

if TYPE_CHECKING:
    from pathlib import Path


def put(root: Path, *paths: str, content: bytes = b"content") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def found(root: Path, excluded: Path | None = None) -> list[str]:
    return [os.fsdecode(file.path) for file in Walk(root, excluded).files()]


def test_files_come_before_folders_in_the_order_of_their_bytes(tmp_path: Path) -> None:
    put(tmp_path, "b/z.txt", "b/a/x.txt", "B/y.txt", "z.txt", "é.txt", "a.txt")
    assert found(tmp_path) == ["a.txt", "z.txt", "é.txt", "B/y.txt", "b/z.txt", "b/a/x.txt"]
    assert found(tmp_path) == found(tmp_path)


def test_hidden_and_system_things_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, ".git/config", ".hidden", "$RECYCLE.BIN/x", "a/Thumbs.db", "a/__MACOSX/x", "a/kept.txt")
    walk = Walk(tmp_path)
    assert [file.path for file in walk.files()] == [b"a/kept.txt"]
    assert walk.skipped == {"hidden": 2, "system folders": 2, "system files": 1}


def test_links_pipes_and_sockets_are_left_out_and_counted(tmp_path: Path) -> None:
    put(tmp_path, "a/kept.txt")
    (tmp_path / "a" / "link.txt").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "a" / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()  # noqa: PTH109 - the path of a socket must be short
        os.chdir(tmp_path / "a")
        listener.bind("socket")
        os.chdir(here)
    walk = Walk(tmp_path)
    assert [file.path for file in walk.files()] == [b"a/kept.txt"]
    assert walk.skipped == {"links": 2, "pipes, sockets and devices": 2}


def test_the_data_directory_is_no_part_of_the_library(tmp_path: Path) -> None:
    put(tmp_path, "a/x.txt", "data/library.sqlite")
    assert found(tmp_path, tmp_path / "data") == ["a/x.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_counted(tmp_path: Path) -> None:
    put(tmp_path, "a/x.txt", "b/y.txt")
    (tmp_path / "a").chmod(0)
    walk = Walk(tmp_path)
    assert [file.path for file in walk.files()] == [b"b/y.txt"]
    assert sum(walk.skipped.values()) == 1


def test_a_folder_that_vanishes_meanwhile_is_counted(tmp_path: Path) -> None:
    put(tmp_path, "a/x.txt", "b/y.txt", "c/z.txt")
    walk = Walk(tmp_path)
    files = walk.files()
    assert next(files).path == b"a/x.txt"
    (tmp_path / "b" / "y.txt").unlink()
    (tmp_path / "b").rmdir()
    assert [file.path for file in files] == [b"c/z.txt"]
    assert sum(walk.skipped.values()) == 1


def test_descriptions_are_no_assets_where_they_describe(tmp_path: Path) -> None:
    put(tmp_path, "taxonomies.json", "a/collection.json", "a/b/collection.json", "a/taxonomies.json")
    assert found(tmp_path) == ["a/taxonomies.json", "a/b/collection.json"]


def test_a_sidecar_belongs_to_its_file(tmp_path: Path) -> None:
    put(tmp_path, "a/x.jpg", "a/y.png", "a/y.wav", "a/lone.json", "a/z.csv")
    put(tmp_path, "a/x.jpg.json", "a/x.json", "a/y.json", content=json.dumps({"a": 1}).encode())
    put(tmp_path, "a/z.json", content=b"[1, 2]")
    sidecars = {file.path: sidecar_names(file.sidecars) for file in Walk(tmp_path).files()}
    assert sidecars == {
        b"a/x.jpg": (b"x.json", b"x.jpg.json"),
        b"a/y.png": (b"y.json",),
        b"a/y.wav": (b"y.json",),
        b"a/lone.json": (),
        b"a/z.csv": (),
        b"a/z.json": (),
    }


def test_a_changed_sidecar_changes_its_file(tmp_path: Path) -> None:
    put(tmp_path, "a/x.jpg")
    put(tmp_path, "a/x.json", content=b"{}")
    [before] = Walk(tmp_path).files()
    put(tmp_path, "a/x.json", content=b'{"a": 1}')
    [after] = Walk(tmp_path).files()
    assert before.sidecars != after.sidecars
