"""The payload indexes of a namespace: the metadata paths that most assets have, with their types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.serve_protocol import Serve

MOST = 500


def put(folder: Path, name: str, metadata: dict[str, Any]) -> None:
    """Write a file with a sidecar."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(name, "utf-8")
    (folder / f"{name}.json").write_text(json.dumps(metadata), "utf-8")


def test_of_many_paths_the_most_frequent_are_listed_and_all_can_be_asked(tmp_path: Path, serve: Serve) -> None:
    folder = tmp_path / "library" / "notes"
    rare = [f"rare{number:03}" for number in range(2 * MOST)]
    put(folder, "one", dict.fromkeys(rare, 1) | {"mixed": 1, "zero": [0.5]})
    put(folder, "two", {"zero": [1.5, 2.5], "mixed": "x"})
    http = serve(tmp_path / "library")
    [namespace] = http.get("/v1/namespaces").json()
    types = {index["field_name"]: index["type"] for index in namespace["payload_indexes"]}
    assert len(types) == MOST
    assert types["metadata.zero"] == "float"
    assert types["metadata.mixed"] == "integer"  # of two types that are as frequent, the first by name
    assert types["metadata.file_name"] == "keyword"
    listed = [name for name in rare if f"metadata.{name}" in types]
    assert listed == rare[: len(listed)]
    assert http.get("/v1/namespaces/library").json() == namespace
    filters = {"AND": [{"key": f"metadata.{rare[-1]}", "value": 1}]}
    answer = http.post("/v1/assets", json={"collections": ["notes"], "filters": filters}).json()
    assert answer["pagination"]["total"] == 1
