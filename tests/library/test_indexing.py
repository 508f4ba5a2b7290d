"""The database follows the folder: new, changed, moved and vanished files, sidecars and descriptions."""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from peekui.library.asset_query import Query
from peekui.library.errors import LibraryError
from peekui.library.indexer import Indexer
from peekui.library.libraries import register
from peekui.library.media.workers import DecoderPool
from peekui.library.reading import SEARCHED_CHARACTERS
from peekui.library.service.asset_rows import assets_by_row
from peekui.library.store import Store, open_store
from peekui.library.writing import timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from peekui.library.service.answers import Asset

CONTENT_BYTES = 1000


class Bench:
    """A folder, its index, and a way to look at it."""

    def __init__(self, root: Path, store: Store, pool: DecoderPool) -> None:
        self.root = root
        self.store = store
        self.reader = store.reader()
        self._indexer = Indexer(store, register(store, [root], demo=False), pool)

    def put(self, path: str, content: bytes | str, *, age: int = 0) -> Path:
        """Write a file that is so many seconds older than the epoch's billionth second."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(file, (1_000_000_000 - age, 1_000_000_000 - age))
        return file

    def index(self) -> dict[str, Asset]:
        """Make a pass; gives the assets by path."""
        self._indexer.index()
        assets = assets_by_row(self.reader, Query(None).find(self.reader).ids, None)
        return {str(metadata(asset)["path"]): asset for asset in assets}

    def column(self, select: str) -> list[Any]:
        """Give a column of the database."""
        return [row[0] for row in self.reader.execute(select)]


def metadata(asset: Asset) -> dict[str, Any]:
    assert asset.metadata is not None
    found: dict[str, Any] = json.loads(bytes(asset.metadata))
    return found


@pytest.fixture(scope="module")
def pool() -> Iterator[DecoderPool]:
    """One worker process for all tests of this module."""
    with DecoderPool(1) as workers:
        yield workers


@pytest.fixture
def bench(tmp_path: Path, pool: DecoderPool) -> Iterator[Bench]:
    """An empty folder with an index."""
    (tmp_path / "library").mkdir()
    store = open_store(tmp_path / "data")
    bench = Bench(tmp_path / "library", store, pool)
    yield bench
    bench.reader.close()
    store.close()


def test_only_what_changed_is_read_again(bench: Bench) -> None:
    bench.put("a/one.txt", "one")
    bench.put("a/two.txt", "two")
    first = bench.index()
    bench.put("a/two.txt", "two, changed", age=-1)
    bench.put("b/three.txt", "three")
    (bench.root / "a" / "one.txt").chmod(0o600)  # neither size nor time
    second = bench.index()
    assert second["a/one.txt"] == first["a/one.txt"]
    assert second["a/two.txt"].asset_id == first["a/two.txt"].asset_id
    assert second["a/two.txt"].file_hash != first["a/two.txt"].file_hash
    assert second["b/three.txt"].status == "DONE"


def test_what_is_gone_is_gone_everywhere(bench: Bench) -> None:
    bench.put("a/one.txt", "one word")
    bench.put("b/two.txt", "two words")
    bench.index()
    (bench.root / "a" / "one.txt").unlink()
    assert list(bench.index()) == ["b/two.txt"]
    assert bench.column("SELECT name FROM collection") == ["b"]
    for table in ("document", "facet", "words", "(SELECT DISTINCT asset FROM feature)"):
        assert bench.column(f"SELECT count(*) FROM {table}") == [1], table  # noqa: S608
    assert bench.column("SELECT uses FROM field WHERE path = 'metadata.path'") == [1]


def test_the_oldest_of_the_same_content_is_the_original(bench: Bench) -> None:
    bench.put("a/new.txt", "same", age=10)
    bench.put("b/old.txt", "same", age=20)
    bench.put("b/twin.txt", "same", age=20)
    old = bench.index()["b/old.txt"].asset_id
    assert {path: asset.duplicate_of for path, asset in bench.index().items()} == {
        "a/new.txt": old,
        "b/old.txt": None,
        "b/twin.txt": old,
    }
    (bench.root / "b" / "old.txt").unlink()
    assets = bench.index()
    assert assets["a/new.txt"].duplicate_of == assets["b/twin.txt"].asset_id
    bench.put("b/twin.txt", "other", age=20)
    assert [asset.duplicate_of for asset in bench.index().values()] == [None, None]


def test_collections_count_what_is_in_them(bench: Bench) -> None:
    bench.put("a/one.txt", "12345")
    bench.put("a/deep/two.txt", "123")
    bench.put("root.txt", "1")
    bench.index()
    rows = bench.reader.execute("SELECT name, asset_count, size_bytes FROM collection ORDER BY name").fetchall()
    assert rows == [("a", 2, 8), ("library", 1, 1)]
    bench.put("a/one.txt", "1234567890", age=-5)
    bench.index()
    assert bench.column("SELECT size_bytes FROM collection WHERE name = 'a'") == [13]


def test_a_sidecar_becomes_metadata_and_follows_its_changes(bench: Bench) -> None:
    bench.put("a/one.txt", "one")
    bench.put("a/one.json", '{"rating": 3, "title": "Far"}')
    bench.put("a/one.txt.json", '{"title": "Near", "tags": ["x", {"y": null}]}')
    [asset] = bench.index().values()
    assert metadata(asset) | {"rating": 3, "title": "Near", "tags": ["x", {"y": None}]} == metadata(asset)
    bench.put("a/one.txt.json", '{"title": "Nearer", }')
    [asset] = bench.index().values()
    assert metadata(asset)["title"] == "Far"
    assert "one.txt.json" in metadata(asset)["sidecar_error"]
    (bench.root / "a" / "one.txt.json").unlink()
    (bench.root / "a" / "one.json").unlink()
    [asset] = bench.index().values()
    assert "rating" not in metadata(asset)


def test_an_asset_is_as_new_as_its_newest_sidecar(bench: Bench) -> None:
    bench.put("a/one.txt", "one", age=90)
    [asset] = bench.index().values()
    assert asset.updated_at == asset.created_at
    bench.put("a/one.txt.json", '{"rating": 3}', age=20)
    bench.put("a/one.json", '{"rating": 3}', age=50)
    [changed] = bench.index().values()
    assert changed.created_at == asset.created_at
    assert changed.updated_at == timestamp((bench.root / "a" / "one.txt.json").stat().st_mtime_ns)


def test_a_description_names_its_collection(bench: Bench) -> None:
    bench.put("a/one.txt", "one")
    bench.put("b/two.txt", "two")
    bench.put("a/collection.json", '{"name": "b", "metadata": {"owner": "Ada"}}')
    bench.index()
    assert bench.reader.execute("SELECT folder, name, metadata FROM collection ORDER BY folder").fetchall() == [
        (b"a", "b", '{"owner":"Ada"}'),
        (b"b", "b-2", None),
    ]


def test_damage_is_an_error_and_mending_it_is_the_end_of_it(bench: Bench) -> None:
    bench.put("a/empty.txt", "")
    asset = bench.index()["a/empty.txt"]
    assert (asset.status, asset.file_hash is None) == ("FAILED", False)
    assert json.loads(bytes(asset.error or b""))["type"] == "EmptyFile"
    bench.put("a/empty.txt", "no more", age=-1)
    asset = bench.index()["a/empty.txt"]
    assert (asset.status, asset.error) == ("DONE", None)
    assert bench.column("SELECT uses FROM field WHERE path = 'error.type'") == [0]


def test_a_file_that_vanishes_before_it_is_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.put("a/one.txt", "one")
    doomed = bench.put("a/two.txt", "two")
    count = bench.store.reader

    def reader_after_the_scan() -> Any:  # noqa: ANN401
        doomed.unlink(missing_ok=True)
        return count()

    monkeypatch.setattr(bench.store, "reader", reader_after_the_scan)
    assert list(bench.index()) == ["a/one.txt"]


def test_a_database_that_is_damaged_meanwhile_is_one_sentence(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.put("a/one.txt", "one")
    damaged = bench.put("a/damaged.sqlite", b"no database at all " * 100)
    monkeypatch.setattr(bench.store, "reader", lambda: sqlite3.connect(damaged))
    with pytest.raises(LibraryError, match="is damaged: start again"):
        bench.index()


def test_a_text_that_is_searched_in_part_says_so(bench: Bench) -> None:
    bench.put("a/long.txt", "word " * (SEARCHED_CHARACTERS // 5) + "the end")
    bench.put("a/short.txt", "word")
    assets = bench.index()
    assert metadata(assets["a/long.txt"])["search_truncated"] is True
    assert "search_truncated" not in metadata(assets["a/short.txt"])
    [words] = bench.column("SELECT length(content) FROM words WHERE words MATCH 'title:long'")
    assert words <= SEARCHED_CHARACTERS


def test_long_texts_are_not_all_held_in_memory(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peekui.library.indexer._AHEAD_BYTES", 2 * CONTENT_BYTES)
    for number in range(6):
        bench.put(f"a/{number}.txt", "x" * CONTENT_BYTES)
    under_way: list[int] = []
    futures: list[Future[Any]] = []
    submit = DecoderPool.submit

    def counted(*arguments: Any, **more: Any) -> Future[Any]:  # noqa: ANN401
        under_way.append(sum(not future.done() for future in futures))
        futures.append(submit(*arguments, **more))
        return futures[-1]

    monkeypatch.setattr(DecoderPool, "submit", counted)
    bench.index()
    assert len(under_way) == 6
    assert max(under_way) <= 1  # beside the one that is submitted


def test_ids_are_of_the_path_and_the_same_in_every_index(bench: Bench, tmp_path: Path, pool: DecoderPool) -> None:
    bench.put("a/one.txt", "one")
    bench.put("b/one.txt", "one")
    first = [asset.asset_id for asset in bench.index().values()]
    store = open_store(tmp_path / "another")
    other = Bench(bench.root, store, pool)
    assert [asset.asset_id for asset in other.index().values()] == first
    assert len(set(first)) == 2
    other.reader.close()
    store.close()


def test_folders_of_one_name_are_two_namespaces(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    roots = [tmp_path / "x" / "photos", tmp_path / "y" / "photos"]
    libraries = register(store, roots, demo=False)
    assert [library.name for library in libraries] == ["photos", "photos-2"]
    assert libraries[0].namespace_id != libraries[1].namespace_id
    assert register(store, roots, demo=False) == libraries
    store.close()
