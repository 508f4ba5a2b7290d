"""peekui's own files: their owner's only, whole or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from peekui.own_files import append_private, config_path, create_private, replace_private, state_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_and_its_folder_are_their_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "folder/file"
    create_private(path, "text")
    assert (mode(path), mode(path.parent), path.read_text()) == (0o600, 0o700, "text")


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    create_private(tmp_path / "file", "old")
    with pytest.raises(FileExistsError):
        create_private(tmp_path / "file", "new")
    assert (tmp_path / "file").read_text() == "old"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o644)
    with path.open() as reader:
        replace_private(path, "new \ud800")
        assert reader.read() == "old"
    assert (mode(path), path.read_text()) == (0o600, "new \\ud800")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_stays_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "file"
    (path / "within").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        replace_private(path, "new")
    assert list(tmp_path.iterdir()) == [path]


def test_appending_makes_a_file_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("one\n")
    path.chmod(0o644)
    with append_private(path) as file:
        file.write("two\n")
    assert (mode(path), path.read_text()) == (0o600, "one\ntwo\n")


def test_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert config_path() == tmp_path / "config/peekui/config.toml"
    assert state_folder() == tmp_path / "state/peekui"
    assert list(tmp_path.iterdir()) == []
