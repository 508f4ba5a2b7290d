"""Saved searches, history, and names to complete."""

from __future__ import annotations

import stat
import tomllib
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from peekui.search.history import Searched, history_path, read_history, record_search
from peekui.search.lines import parse_line
from peekui.search.names import (
    known_collections,
    known_namespaces,
    names_path,
    remember_collections,
    remember_namespaces,
)
from peekui.search.saved import (
    BadSaved,
    SavedSearch,
    delete_saved,
    load_saved,
    rename_saved,
    save_search,
    saved_names,
)
from tests.search.searches import any_searches

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.search.searches import Search

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_searches)
def test_every_search_comes_back_from_its_file(tmp_path: Path, search: Search) -> None:
    saved = SavedSearch(search, "films", ("title", 'my "own"'))
    path = save_search(tmp_path, "late-ones", saved, over=True)
    assert tomllib.loads(path.read_text("utf-8"))["namespace"] == "films"
    assert load_saved(tmp_path, "late-ones") == saved


def test_saved_searches_are_named_private_and_not_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "searches"
    assert saved_names(folder) == []
    path = save_search(folder, "b", SavedSearch(parse_line("sunset")))
    save_search(folder, "a", SavedSearch(parse_line("beach")))
    (folder / "no name.toml").write_text("")
    assert saved_names(folder) == ["a", "b"]
    assert mode(path) == 0o600
    with pytest.raises(FileExistsError):
        save_search(folder, "b", SavedSearch(parse_line("other")))
    assert load_saved(folder, "b") == SavedSearch(parse_line("sunset"))


@pytest.mark.parametrize("name", ["", "../x", "a b", "-x", ".x", "x" * 65])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSaved):
        save_search(tmp_path, name, SavedSearch(parse_line("")))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("line = ", "not TOML"),
        ("namespace = 'x'", "line must be there"),
        ("line = 1", "are texts"),
        ("line = ''\ncolumns = [1]", "a list of them"),
        ("line = ''\nsort = 'x'", "'sort' is nothing"),
        ("line = 'a ='", "its line cannot be read: line 1, column 4"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_by_its_name(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(BadSaved, match=why) as refused:
        load_saved(tmp_path, "x")
    assert "x.toml" in str(refused.value)
    with pytest.raises(BadSaved, match="no saved search 'y'"):
        load_saved(tmp_path, "y")


def test_history_keeps_each_search_once_the_newest_last_and_no_more_than_it_should(tmp_path: Path) -> None:
    path = history_path(tmp_path, "default@https://api.mixpeek.com")
    assert read_history(path) == []
    for number in range(510):
        if number % 60 == 0 or number > 500:
            record_search(path, Searched(f"words {number % 505}", "films", NOW + timedelta(seconds=number), number))
    entries = read_history(path)
    assert entries[-1] == Searched("words 4", "films", NOW + timedelta(seconds=509), 509)
    assert len({entry.line for entry in entries}) == len(entries)
    path.write_text("nonsense\n" * 600 + path.read_text())
    assert read_history(path) == entries
    record_search(path, Searched("words", None, NOW))
    assert len(path.read_text().splitlines()) == len(entries) + 1
    assert mode(path) == 0o600


def test_history_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    record_search(path, Searched("0", None, NOW))
    line = path.read_text()
    path.write_text("".join(line.replace('"0"', f'"{number}"') for number in range(800)))
    record_search(path, Searched("new", None, NOW))
    entries = read_history(path)
    assert (len(entries), entries[0].line, entries[-1].line) == (500, "301", "new")


def test_history_holds_no_signature(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    record_search(path, Searched("https://b/x?X-Amz-Signature=0123", None, NOW))
    record_search(path, Searched("x" * 30_000, None, NOW))
    assert read_history(path) == []


def _record(path: Path, first: int) -> None:
    for number in range(first, first + 20):
        record_search(path, Searched(str(number), None, NOW))


def test_history_of_two_processes_is_of_both(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    spawn = get_context("spawn")
    processes = [spawn.Process(target=_record, args=(path, first)) for first in (0, 100)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert sorted(int(entry.line) for entry in read_history(path)) == [*range(20), *range(100, 120)]


def test_names_are_kept_by_account_and_namespace(tmp_path: Path) -> None:
    path = names_path(tmp_path, "default@https://x")
    assert (known_namespaces(path), known_collections(path, "a")) == ([], [])
    remember_namespaces(path, ["a", "b"])
    remember_collections(path, "a", ["photos"])
    remember_collections(path, None, ["all"])
    assert known_namespaces(path) == ["a", "b"]
    assert (known_collections(path, "a"), known_collections(path, None)) == (["photos"], ["all"])
    for number in range(120):
        remember_collections(path, f"ns{number}", ["x"])
    assert known_collections(path, "a") == []
    assert mode(path) == 0o600
    path.write_text('{"namespaces": 1, "collections": [')
    assert (known_namespaces(path), known_collections(path, "ns119")) == ([], [])


def test_a_saved_search_is_renamed_as_it_was_written_and_deleted(tmp_path: Path) -> None:
    path = save_search(tmp_path, "old", SavedSearch(parse_line("sunset")))
    path.write_text(f"# for the night shift\n{path.read_text()}")
    save_search(tmp_path, "other", SavedSearch(parse_line("beach")))
    with pytest.raises(FileExistsError):
        rename_saved(tmp_path, "old", "other")
    with pytest.raises(BadSaved):
        rename_saved(tmp_path, "old", "../x")
    new = rename_saved(tmp_path, "old", "new")
    assert new.read_text().startswith("# for the night shift\n")
    assert mode(new) == 0o600
    assert saved_names(tmp_path) == ["new", "other"]
    delete_saved(tmp_path, "new")
    assert saved_names(tmp_path) == ["other"]
    with pytest.raises(FileNotFoundError):
        delete_saved(tmp_path, "new")
