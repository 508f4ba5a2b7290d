"""What is remembered: comes back, stays small, and is never lost to another process or a damaged file."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.browse.columns import ColumnLayout, ColumnSetting
from peekui.browse.memory import Memory
from peekui.browse.query import Sort, TextQuery
from peekui.browse.remembered import RememberedPlace
from peekui.filters.expression.parse import parse
from peekui.filters.nodes import Group, Kind
from tests.filters.trees import any_trees

if TYPE_CHECKING:
    from pathlib import Path

FILTER = parse("status = FAILED and created_at > -7d and muted(any(modality = video, metadata.title ~ 'draft'))")
PLACE = RememberedPlace(
    "ns_1",
    ("col_1", "col 2"),
    TextQuery("water \ud800", ("title",)),
    FILTER,
    Sort("metadata.title", True),
    ("status",),
    50,
)
LAYOUT = ColumnLayout().with_path("metadata.camera.model").resized("status", 12)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state/memory.json"


def test_nothing_is_remembered_at_first(path: Path) -> None:
    memory = Memory.load(path, "a")
    assert (memory.place, memory.columns("col_1"), memory.theme, memory.notice) == (None, None, None, None)
    memory.save()
    assert not path.exists()


def test_it_comes_back(path: Path) -> None:
    memory = Memory.load(path, "a")
    memory.remember_place(PLACE)
    memory.remember_columns("col_1", LAYOUT)
    memory.remember_theme("nord")
    memory.save()
    for again in (memory, Memory.load(path, "a")):
        assert (again.place, again.columns("col_1"), again.theme) == (PLACE, LAYOUT, "nord")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_places_and_columns_belong_to_an_account_the_theme_to_all(path: Path) -> None:
    memory = Memory.load(path, "a")
    memory.remember_place(PLACE)
    memory.remember_columns("col_1", LAYOUT)
    memory.remember_theme("nord")
    memory.save()
    other = Memory.load(path, "b")
    assert (other.place, other.columns("col_1"), other.theme) == (None, None, "nord")


fields = st.lists(st.text(max_size=20), min_size=1, max_size=5).map(tuple)
places = st.builds(
    RememberedPlace,
    namespace=st.none() | st.text(max_size=20),
    collections=st.lists(st.text(max_size=20), max_size=5).map(tuple),
    text=st.none() | st.builds(TextQuery, st.text(max_size=50), fields),
    filter=st.none() | any_trees.filter(lambda tree: tree != Group(Kind.AND)),
    sort=st.none() | st.builds(Sort, st.text(max_size=20), st.booleans()),
    select=st.none() | fields,
    page_size=st.none() | st.integers(1, 1000),
)


@given(places)
def test_any_place_comes_back_through_json(place: RememberedPlace) -> None:
    assert RememberedPlace.from_json(json.loads(json.dumps(place.to_json()))) == place


@pytest.mark.parametrize("kept", [None, 1, {}, {"namespace": 1}, PLACE.to_json() | {"collections": [1]}])
def test_a_place_that_makes_no_sense_is_none(kept: object) -> None:
    assert RememberedPlace.from_json(kept) is None


def test_a_place_that_an_earlier_peekui_kept_is_read() -> None:
    kept = {"namespace": "ns_1", "collections": [], "words": "", "failed_only": True, "sort": None}
    assert RememberedPlace.from_json(kept) == RememberedPlace("ns_1", filter=parse("status = FAILED"))
    assert RememberedPlace.from_json(kept | {"failed_only": False}) == RememberedPlace("ns_1")
    found = RememberedPlace.from_json(kept | {"words": "beach", "filter": ""})
    assert found == RememberedPlace("ns_1", text=TextQuery("beach"))


def test_a_filter_that_cannot_be_read_is_lost_alone_and_says_so() -> None:
    place = RememberedPlace.from_json(PLACE.to_json() | {"filter": "status = = FAILED"})
    assert place
    assert (place.text, place.filter) == (PLACE.text, None)
    assert "cannot be read and was dropped: line 1, column 10" in place.lost


def test_a_filter_that_is_too_long_is_not_cut_to_another_one() -> None:
    kept = replace(PLACE, filter=parse(f"metadata.note = '{'x' * 100_001}'")).to_json()
    assert kept["filter"] == ""
    assert RememberedPlace.from_json(kept) == replace(PLACE, filter=None)


def test_two_that_save_by_turns_do_not_undo_each_other(path: Path) -> None:
    one, other = Memory.load(path, "a"), Memory.load(path, "a")
    one.remember_theme("nord")
    one.remember_columns("col_1", LAYOUT)
    other.remember_theme("dracula")
    other.remember_columns("col_2", LAYOUT)
    one.save()
    other.save()
    last = Memory.load(path, "a")
    assert (last.theme, last.columns("col_1"), last.columns("col_2")) == ("dracula", LAYOUT, LAYOUT)


WRITER = """
import sys
from pathlib import Path
from peekui.browse.columns import ColumnLayout
from peekui.browse.memory import Memory
for number in range(20):
    memory = Memory.load(Path(sys.argv[1]), "a")
    assert memory.notice is None, memory.notice
    memory.remember_columns(f"{sys.argv[2]}-{number}", ColumnLayout())
    memory.save()
"""


def test_processes_that_save_at_the_same_time_lose_nothing(path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    memory = Memory.load(path, "a")
    assert all(memory.columns(f"{name}-{number}") for name in "abc" for number in range(20))
    assert {file.name for file in path.parent.iterdir()} == {path.name, f"{path.name}.lock"}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "it is not whole"),
        (b'{"format": 1, "theme": "no', "it is not whole"),
        (b"\xff\xfe", "it is not whole"),
        pytest.param(b"[" * 100_000, "it is not whole", id="deep"),
        (b"[]", "it is not peekui's"),
        (b'{"theme": "nord"}', "it is not peekui's"),
        (b'{"format": 2}', "a newer peekui wrote it"),
        (b'{"format": 1, "theme": 1}', "its parts make no sense"),
        (b'{"format": 1, "accounts": {"a": {"columns": 1}}}', "its parts make no sense"),
        pytest.param(b" " * 5_000_000, "it is too long", id="long"),
    ],
)
def test_a_file_of_no_use_is_set_aside(raw: bytes, reason: str, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(raw)
    memory = Memory.load(path, "a")
    assert memory.notice
    assert reason in memory.notice
    assert memory.theme is None
    [aside] = path.parent.glob(f"{path.name}.*Z")
    assert str(aside) in memory.notice
    memory.remember_theme("nord")
    memory.save()
    assert aside.read_bytes() == raw
    assert Memory.load(path, "a").theme == "nord"


def test_a_file_that_spoils_meanwhile_is_set_aside_too(path: Path) -> None:
    memory = Memory.load(path, "a")
    memory.remember_theme("nord")
    path.parent.mkdir()
    path.write_text('{"format": 2}')
    memory.save()
    assert memory.notice
    assert Memory.load(path, "a").theme == "nord"


def test_what_makes_no_sense_within_is_as_at_first(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"format": 1, "accounts": {"a": {"place": 3, "columns": {"col_1": 3}}}}')
    memory = Memory.load(path, "a")
    assert (memory.place, memory.columns("col_1")) == (None, ColumnLayout())


def test_the_file_stays_small(path: Path) -> None:
    for account in range(18):
        memory = Memory.load(path, f"account {account}")
        memory.remember_place(
            RememberedPlace("n" * 60, tuple(f"col_{number:036}" for number in range(2000)), TextQuery("x" * 9999))
        )
        for number in range(70):
            memory.remember_columns(f"col_{number:036}", LAYOUT)
        memory.save()
    assert path.stat().st_size < 4_000_000
    last, first = Memory.load(path, "account 17"), Memory.load(path, "account 0")
    assert first.place is None
    assert last.place
    assert last.place.text
    assert (len(last.place.collections), len(last.place.text.value)) == (1000, 1000)
    assert (last.columns(f"col_{5:036}"), last.columns(f"col_{69:036}")) == (None, LAYOUT)


def test_a_file_is_never_written_longer_than_it_is_read(path: Path) -> None:
    columns = tuple(ColumnSetting(f"metadata.{number:0100}") for number in range(20_000))
    for account in ("first", "second"):
        memory = Memory.load(path, account)
        memory.remember_columns("col_1", ColumnLayout(columns))
        memory.save()
    assert Memory.load(path, "first").columns("col_1") is None
    kept = Memory.load(path, "second").columns("col_1")
    assert kept
    assert kept.columns[:20_000] == columns


def test_what_was_changed_last_is_kept_longest(path: Path) -> None:
    memory = Memory.load(path, "a")
    memory.remember_columns("old but used", LAYOUT)
    for number in range(100):
        memory.remember_columns(str(number), LAYOUT)
        memory.remember_columns("old but used", LAYOUT)
    memory.save()
    memory = Memory.load(path, "a")
    assert memory.columns("old but used") == LAYOUT
    assert memory.columns("0") is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way")
    memory = Memory(tmp_path / "state/memory.json", "a", {"format": 1}, None)
    memory.remember_theme("nord")
    with pytest.raises(OSError, match="state"):
        memory.save()
    assert memory.theme == "nord"
