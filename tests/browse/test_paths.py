"""Dotted paths: what they lead to, and which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.api.models import Asset
from peekui.browse.paths import BadPath, checked_path, paths_of, values_at

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

ASSET = Asset.model_validate(
    {
        "asset_id": "a1",
        "status": "DONE",
        "created_at": "2026-03-01T12:00:00",
        "url": "https://files.example/?X-Amz-Signature=secret",
        "metadata": {
            "camera": {"model": "X100", "lens": None},
            "tags": ["sea", "fog"],
            "faces": [{"name": "Ann", "box": [1, 2]}, {"name": "Bo"}, {"age": 3}],
            "a.b": 1,
            "empty": {},
        },
        "file_data": {"file_size_bytes": 7},
        "shelf": {"row": 2},
    }
)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("metadata.camera.model", ["X100"]),
        ("metadata.camera.lens", [None]),
        ("metadata.camera", [{"model": "X100", "lens": None}]),
        ("metadata.tags", [["sea", "fog"]]),
        ("metadata.tags[]", ["sea", "fog"]),
        ("metadata.faces[].name", ["Ann", "Bo"]),
        ("metadata.faces.name", ["Ann", "Bo"]),
        ("metadata.faces[].box[]", [1, 2]),
        ("metadata.nowhere.at.all", []),
        ("metadata.tags.name", []),
        ("file_data.file_size_bytes", [7]),
        ("status", ["DONE"]),
        ("created_at", ["2026-03-01T12:00:00+00:00"]),
        ("error", []),
        ("shelf.row", [2]),
        ("url", []),
        ("model_config", []),
    ],
)
def test_what_a_path_leads_to(path: str, values: list[JsonValue]) -> None:
    assert values_at(ASSET, path) == values


def test_paths_there_are_with_those_most_assets_have_first() -> None:
    other = Asset.model_validate({"metadata": {"tags": ["x"], "zoom": 2}, "preview_url": "https://secret"})
    assert paths_of([ASSET, other]) == [
        "metadata.tags",
        "file_data.file_size_bytes",
        "metadata.camera.model",
        "metadata.faces[].age",
        "metadata.faces[].box",
        "metadata.faces[].name",
        "metadata.zoom",
        "shelf.row",
    ]


def test_every_path_that_is_named_leads_somewhere() -> None:
    assert all(values_at(ASSET, path) for path in paths_of([ASSET]))


def test_naming_paths_of_a_megabyte_stops_somewhere() -> None:
    huge = Asset.model_validate({"metadata": {f"key{number}": number for number in range(50_000)}})
    assert len(paths_of([huge])) == 1000


@pytest.mark.parametrize("text", ["", "  ", "a..b", ".a", "a.", "[]", "a.[]", "url", "preview_url", "url.x"])
def test_what_is_no_path(text: str) -> None:
    with pytest.raises(BadPath):
        checked_path(text)


def test_blanks_around_a_path_go() -> None:
    assert checked_path("  metadata.camera model ") == "metadata.camera model"
