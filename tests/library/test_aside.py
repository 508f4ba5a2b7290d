"""A database that was set aside leaves the user's metadata edits to the one that takes its place."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from peekui.library.database import DATABASE, SCHEMA_VERSION
from peekui.library.store import open_store
from tests.service import serving

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

ASIDE = f"{DATABASE}.aside-1"
EDIT = ("ast_1", 0, 1, '{"rating":5}', "2026-01-01T00:00:00.000000Z")
KILLED_BEFORE_THE_END = """
import os, pathlib, signal, sys
from peekui.library import database

def killed(connection, path, take_over_edits=database.take_over_edits):
    take_over_edits(connection, path)
    os.kill(os.getpid(), signal.SIGKILL)

database.take_over_edits = killed
database.open_database(pathlib.Path(sys.argv[1]))
"""


def make_old(directory: Path, *edits: tuple[object, ...]) -> None:
    """Make a database of an older peekui, with edits."""
    open_store(directory).close()
    with closing(sqlite3.connect(directory / DATABASE)) as db, db:
        db.executemany("INSERT INTO metadata_edit VALUES (?, ?, ?, ?, ?)", edits)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")


def edits_in(database: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute("SELECT * FROM metadata_edit ORDER BY asset_id").fetchall()


def test_edits_are_taken_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = ("ast_2", 1, 0, "{}", "2026-01-02T00:00:00.000000Z")
    make_old(tmp_path, EDIT, other)
    open_store(tmp_path).close()
    assert edits_in(tmp_path / DATABASE) == edits_in(tmp_path / ASIDE) == [EDIT, other]
    assert capsys.readouterr().err.splitlines() == [
        f"The database {tmp_path / DATABASE} is of an older peekui: it was set aside as {ASIDE}, and is built anew.",
        f"The metadata edits in {ASIDE} were taken over: 2.",
    ]
    open_store(tmp_path).close()
    assert capsys.readouterr().err == ""


def test_the_newest_of_several_edits_holds(tmp_path: Path) -> None:
    make_old(tmp_path, EDIT)
    newer = (*EDIT[:3], '{"rating":1}', "2026-01-03T00:00:00.000000Z")
    open_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db, db:
        db.execute("REPLACE INTO metadata_edit VALUES (?, ?, ?, ?, ?)", newer)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    open_store(tmp_path).close()
    assert edits_in(tmp_path / DATABASE) == [newer]
    assert edits_in(tmp_path / ASIDE) == [EDIT]


def test_a_kill_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    make_old(tmp_path, EDIT)
    for _ in range(2):
        killed = subprocess.run([sys.executable, "-c", KILLED_BEFORE_THE_END, tmp_path / DATABASE], check=False)
        assert killed.returncode == -signal.SIGKILL
    open_store(tmp_path).close()
    assert edits_in(tmp_path / DATABASE) == edits_in(tmp_path / ASIDE) == [EDIT]
    assert not (tmp_path / f"{DATABASE}.aside-2").exists()


def test_a_log_that_was_not_merged_goes_with_its_database(tmp_path: Path) -> None:
    # Killed while it was set aside, after the log had its new name.
    (tmp_path / DATABASE).write_bytes(b"no database at all")
    (tmp_path / f"{ASIDE}-wal").write_bytes(b"its log")
    open_store(tmp_path).close()
    assert (tmp_path / ASIDE).read_bytes() == b"no database at all"
    assert (tmp_path / f"{ASIDE}-wal").read_bytes() == b"its log"


@pytest.mark.parametrize("content", [b"no database at all " * 100, b""])
def test_edits_that_cannot_be_read_stay_where_they_are(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ASIDE).write_bytes(content)
    open_store(tmp_path).close()
    assert edits_in(tmp_path / DATABASE) == []
    assert (tmp_path / ASIDE).read_bytes() == content
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Of the metadata edits in {ASIDE} 0 were taken over; others cannot be read (")


@pytest.mark.parametrize(
    "damaged",
    [
        ("ast_2", 0, 0, "{", ""),
        ("ast_2", 0, 0, "[]", ""),
        ("ast_2", 0, 0, b"\xff", ""),
        ("ast_2", 0, 0, None, ""),
        ("ast_2", 0, 0, "{}", None),
        ("ast_2", "no", 0, "{}", ""),
        (None, 0, 0, "{}", ""),
    ],
)
def test_an_edit_that_is_damaged_stays_where_it_is(
    tmp_path: Path, damaged: tuple[object, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(tmp_path / ASIDE)) as db, db:
        db.execute("CREATE TABLE metadata_edit (asset_id, replaces, propagates, metadata, edited_at)")
        db.executemany("INSERT INTO metadata_edit VALUES (?, ?, ?, ?, ?)", [EDIT, damaged])
    open_store(tmp_path).close()
    assert edits_in(tmp_path / DATABASE) == [EDIT]
    assert "1 were taken over; others cannot be read (damaged) and stay there" in capsys.readouterr().err


def test_a_library_of_an_older_peekui_shows_its_edits(tmp_path: Path) -> None:
    root = tmp_path / "library"
    (root / "notes").mkdir(parents=True)
    (root / "notes" / "one.txt").write_text("The first note.\n", "utf-8")
    arguments = (root, "--data-dir", tmp_path / "data")
    for service in serving(*arguments):
        with service.http() as http:
            path = f"/v1/assets/{only(http)['asset_id']}"
            edited = http.patch(path, json={"metadata": {"rating": 5}}).json()
    with closing(sqlite3.connect(tmp_path / "data" / DATABASE)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    for service in serving(*arguments):
        with service.http() as http:
            assert only(http) == edited
    assert edited["metadata"]["rating"] == 5


def only(http: httpx.Client) -> dict[str, Any]:
    [asset] = http.post("/v1/assets", json={"collections": ["notes"]}).json()["results"]
    found: dict[str, Any] = asset
    return found
