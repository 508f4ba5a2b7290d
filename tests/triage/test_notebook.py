"""The notebook: private, bounded, and never in the way when it is damaged."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from peekui.triage import notebook as module
from peekui.triage.acknowledging import Acknowledgement
from peekui.triage.duplicates import group_duplicates
from peekui.triage.failures import group_failures
from peekui.triage.notebook import Notebook, NotebookFailed
from peekui.triage.remembered import (
    acknowledge,
    acknowledgements,
    keep_review,
    not_duplicates,
    remember_not_duplicates,
    resume_review,
    visit,
)
from peekui.triage.review import Review
from peekui.triage.rows import Row
from peekui.triage.scope import Scope, Subject
from peekui.triage.visits import Change
from tests.triage.rows import NOW, copy, failure

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [copy("a", metadata={"x": [1, None]}, of="b"), failure("b", {"type": "T"}), Row("c")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state/triage.db"


def test_rows_come_back_as_they_were(path: Path) -> None:
    Notebook.open(path, "me").keep("s", {"at": 1}, ROWS)
    kept = Notebook.open(path, "me").reading("s")
    assert kept is not None
    assert (kept.state, kept.rows) == ({"at": 1}, {row.asset_id: row for row in ROWS})
    assert Notebook.open(path, "other").reading("s") is None
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_rows_change_and_go(path: Path) -> None:
    notebook = Notebook.open(path, "me")
    notebook.keep("s", {}, ROWS)
    notebook.keep("s", {"n": 2}, [Row("a", "new")], gone=["b"])
    kept = notebook.reading("s")
    assert kept is not None
    assert kept.rows == {"a": Row("a", "new"), "c": Row("c")}
    notebook.keep("s", {}, afresh=True)
    kept = notebook.reading("s")
    assert kept is not None
    assert kept.rows == {}


def test_what_was_used_longest_ago_goes_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_ROWS", 5)
    notebook = Notebook.open(path, "me")
    for scope in ("one", "two", "one", "three"):
        notebook.keep(scope, {}, [Row("a"), Row("b")])
    assert [scope for scope in ("one", "two", "three") if notebook.reading(scope)] == ["one", "three"]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM row").fetchone() == (4,)


def test_notes_are_kept_by_kind_and_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_NOTES", 3)
    notebook = Notebook.open(path, "me")
    known = Acknowledgement("cause", NOW, "later")
    acknowledge(notebook, "cause", known)
    for key in ("a", "b", "c", "d"):
        remember_not_duplicates(notebook, key)
    assert not_duplicates(notebook) == {"b", "c", "d"}
    remember_not_duplicates(notebook, "c", different=False)
    assert not_duplicates(notebook) == {"b", "d"}
    assert acknowledgements(notebook) == {"cause": known}
    acknowledge(notebook, "cause", None)
    assert acknowledgements(notebook) == {}


def test_a_visit_and_a_review_are_taken_up_where_they_were_left(path: Path) -> None:
    notebook, scope = Notebook.open(path, "me"), Scope(Subject.FAILURES, None, ("c",))
    groups = group_failures([failure("a", "one")])
    assert visit(notebook, scope, groups, NOW, complete=True) == (None, {})
    last, changes = visit(notebook, scope, group_failures([failure("b", "two")]), NOW, complete=False)
    assert (last and last.at, changes) == (NOW, {"two": Change.NEW})
    _, changes = visit(notebook, scope, [], NOW, complete=True)
    assert changes == {"one": Change.GONE}
    review = Review(tuple(group_duplicates([copy("a", "h"), copy("b", "h"), copy("c", "i"), copy("d", "i")])))
    keep_review(notebook, scope, review.keeping_all().accepted())
    taken_up = resume_review(notebook, scope, review)
    assert (taken_up.position, taken_up.reviewed) == (1, 1)
    assert resume_review(notebook, Scope(Subject.FAILURES, None, ("d",)), review) == review


def test_a_file_that_another_holds_is_no_damaged_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.0)
    notebook = Notebook.open(path, "me")
    with closing(sqlite3.connect(path)) as db:
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NotebookFailed, match="locked"):
            notebook.note("k", "n", 1)
        with pytest.raises(NotebookFailed, match="locked"):
            Notebook.open(path, "me")
    assert [file.name for file in path.parent.iterdir()] == ["triage.db"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotebookFailed, match="cannot be opened"):
        Notebook.open(tmp_path / "file/triage.db", "me")


@pytest.mark.parametrize("damage", ["text", "newer"])
def test_a_file_of_no_use_is_set_aside(path: Path, damage: str) -> None:
    Notebook.open(path, "me").note("k", "n", 1)
    if damage == "text":
        path.write_text("This is no database, and long enough to see that it is none. " * 20)
    else:
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA user_version = 99")
    notebook = Notebook.open(path, "me")
    assert notebook.notice is not None
    assert notebook.notes("k") == {}
    assert len([file for file in path.parent.iterdir() if file.name.startswith("triage.db.2")]) == 1
