"""The database file: damaged, newer, older, locked, full."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from peekui.library.database import DATABASE, SCHEMA_VERSION
from peekui.library.errors import LibraryError
from peekui.library.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.library.store import Store


@pytest.mark.parametrize("content", [b"no database at all " * 100, b"SQLite format 3\x00" + b"\xff" * 8192])
def test_a_damaged_database_is_set_aside_whole(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    open_store(tmp_path).close()
    assert (tmp_path / f"{DATABASE}.aside-1").read_bytes() == content
    assert "is damaged: it was set aside as library.sqlite.aside-1" in capsys.readouterr().err


def test_a_database_cut_short_is_set_aside(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    content = (tmp_path / DATABASE).read_bytes()
    (tmp_path / DATABASE).write_bytes(content[: len(content) // 3])
    open_store(tmp_path).close()
    assert (tmp_path / f"{DATABASE}.aside-1").read_bytes() == content[: len(content) // 3]


@pytest.mark.parametrize("step", [1, -1])
def test_another_version(tmp_path: Path, step: int) -> None:
    open_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + step}")
    content = (tmp_path / DATABASE).read_bytes()
    if step > 0:
        with pytest.raises(LibraryError, match="newer peekui"):
            open_store(tmp_path)
        assert (tmp_path / DATABASE).read_bytes() == content
    else:
        open_store(tmp_path).close()
        assert (tmp_path / f"{DATABASE}.aside-1").read_bytes() == content


def test_a_data_directory_is_for_one_process(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with pytest.raises(LibraryError, match="Another peekui"):
        open_store(tmp_path)
    store.close()
    open_store(tmp_path).close()


def test_a_data_directory_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryError, match="--data-dir"):
        open_store(tmp_path / "file")


def test_a_full_disk_is_one_sentence_and_nothing_is_half_written(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.writing() as write:
        [pages] = write.db.execute("PRAGMA page_count").fetchone()
    with store.writing() as write:
        write.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryError, match="make room"):
        _write_a_megabyte(store)
    reader = store.reader()
    assert reader.execute("SELECT count(*) FROM setting").fetchone() == (0,)
    reader.close()
    store.close()


def _write_twice(store: Store) -> None:
    with store.writing() as write:
        for _ in range(2):
            write.db.execute("INSERT INTO setting VALUES ('a', 'b')")


def _write_a_megabyte(store: Store) -> None:
    with store.writing() as write:
        write.db.executemany("INSERT INTO setting VALUES (?, ?)", ((str(n), "x" * 1000) for n in range(1000)))


def test_a_block_that_fails_is_not_kept(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    before = store.generation
    with pytest.raises(sqlite3.IntegrityError):
        _write_twice(store)
    assert store.generation > before
    secret = store.setting("secret")
    assert store.setting("secret") == secret
    reader = store.reader()
    assert reader.execute("SELECT name FROM setting").fetchall() == [("secret",)]
    reader.close()
    store.close()
