"""Changing assets: metadata lies over the files, and files are never written."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from peekui.library import edits
from peekui.library.libraries import register
from peekui.library.store import open_store
from peekui.library.stored_files import FileReplaced
from peekui.library.walk import Found
from peekui.library.writing import add_asset
from tests.library.stocked import new_library

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.library.serve_protocol import Serve


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one note."""
    folder = tmp_path / "library" / "notes"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("The first note.\n", "utf-8")
    return tmp_path / "library"


def only(http: httpx.Client) -> dict[str, Any]:
    [asset] = http.post("/v1/assets", json={"collections": ["notes"]}).json()["results"]
    found: dict[str, Any] = asset
    return found


def total(http: httpx.Client, condition: dict[str, Any]) -> int:
    body = {"collections": ["notes"], "filters": {"AND": [condition]}}
    return int(http.post("/v1/assets", json=body).json()["pagination"]["total"])


def rescan(http: httpx.Client, until: dict[str, Any], count: int) -> None:
    http.post("/v1/namespaces/library/rescan").raise_for_status()
    wait_for(http, until, count)


def wait_for(http: httpx.Client, until: dict[str, Any], count: int) -> None:
    deadline = time.monotonic() + 60
    while total(http, until) != count:
        assert time.monotonic() < deadline, until


def test_patch_merges_and_put_replaces(root: Path, serve: Serve) -> None:
    http = serve(root)
    asset = only(http)
    path = f"/v1/assets/{asset['asset_id']}"
    merged = http.patch(path, json={"metadata": {"rating": 5, "title": "Erste Notiz"}}).json()
    assert merged["metadata"] == {**asset["metadata"], "rating": 5, "title": "Erste Notiz"}
    assert merged["updated_at"] > asset["updated_at"]
    assert total(http, {"key": "metadata.rating", "operator": "gt", "value": 4}) == 1
    search = {"collections": ["notes"], "query": {"key": ["*"], "value": "notiz"}}
    assert http.post("/v1/assets/search", json=search).json()["pagination"]["total"] == 1
    replaced = http.put(path, json={"metadata": {"only": [1, {"deep": None}]}}).json()
    assert replaced["metadata"] == {"only": [1, {"deep": None}]}
    assert total(http, {"key": "metadata.rating", "operator": "exists", "value": True}) == 0
    assert only(http) == replaced


def test_an_edit_survives_a_new_content(root: Path, serve: Serve) -> None:
    http = serve(root)
    path = f"/v1/assets/{only(http)['asset_id']}"
    http.patch(path, json={"metadata": {"rating": 5}, "propagate_features": True}).raise_for_status()
    (root / "notes" / "one.txt").write_text("The first note, longer now.\n", "utf-8")
    size = len("The first note, longer now.\n")
    rescan(
        http,
        {"AND": [{"key": "file_data.file_size_bytes", "value": size}, {"key": "status", "value": "DONE"}]},
        1,
    )
    answer = http.get(f"{path}/features").json()
    assert answer["asset"]["metadata"]["rating"] == 5
    assert [feature["metadata"]["rating"] for feature in answer["features"]["text"]] == [5]


@pytest.mark.parametrize("body", [{}, {"metadata": []}, {"metadata": {}, "more": 1}, {"metadata": None}])
def test_what_is_no_edit_is_422(root: Path, serve: Serve, body: dict[str, Any]) -> None:
    http = serve(root)
    assert http.patch(f"/v1/assets/{only(http)['asset_id']}", json=body).status_code == 422


def test_metadata_has_a_deepest_level(root: Path, serve: Serve) -> None:
    http = serve(root)
    path = f"/v1/assets/{only(http)['asset_id']}"
    for depth, status in ((99, 200), (100, 400), (900, 400)):
        answer = http.patch(path, content='{"metadata": {"x": ' + "[" * depth + "]" * depth + "}}")
        assert answer.status_code == status


def test_deleting_is_off_by_default(root: Path, serve: Serve) -> None:
    http = serve(root)
    answer = http.delete(f"/v1/assets/{only(http)['asset_id']}")
    assert answer.status_code == 403
    assert "--allow-delete" in answer.json()["error"]["message"]
    assert (root / "notes" / "one.txt").exists()
    assert http.delete("/v1/assets/ast_nope").status_code == 404


def test_deleting_puts_the_file_into_the_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trashed: list[Path] = []
    monkeypatch.setattr("send2trash.send2trash", trashed.append)
    store = open_store(tmp_path / "data")
    try:
        library = new_library(store, tmp_path)
        file = tmp_path / "one.txt"
        file.write_bytes(b"content")
        status = file.stat()
        with store.writing() as write:
            found = Found(b"one.txt", status.st_size, status.st_mtime_ns)
            add_asset(write, namespace=library.row, collection=1, identity=library.identity, found=found)
        os.utime(file, (1, 1))
        with pytest.raises(FileReplaced):
            edits.trash(store, library, 1)
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert edits.trash(store, library, 1)
        assert trashed == [file]
        assert not edits.trash(store, library, 1)
        assert register(store, [tmp_path], demo=False) == (library,)
    finally:
        store.close()


def test_nothing_is_written_into_the_folder(root: Path, serve: Serve) -> None:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    http = serve(root)
    http.patch(f"/v1/assets/{only(http)['asset_id']}", json={"metadata": {"a": 1}}).raise_for_status()
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
