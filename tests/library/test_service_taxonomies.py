"""Taxonomies and their nodes, as `taxonomies.json` in a library's root has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.library.serve_protocol import Serve

SCENES = {
    "taxonomy_id": "tax_scenes",
    "taxonomy_name": "scenes/all",
    "nodes": [
        {
            "node_id": "scenes/nature",
            "node_name": "nature",
            "children": [{"node_name": "sea", "node_description": "Evening tide", "children": [{"node_name": "50 %"}]}],
        },
        {"node_name": "scenes/nature"},
    ],
}
PLACES = {"taxonomy_name": "places", "nodes": [{"node_id": "p1", "node_name": "sea"}, {"node_name": "harbour"}]}


@pytest.fixture
def http(tmp_path: Path, serve: Serve) -> httpx.Client:
    """A library with five taxonomies."""
    root = tmp_path / "library"
    root.mkdir()
    more = [{"taxonomy_name": f"more {number}"} for number in range(3)]
    (root / "taxonomies.json").write_text(json.dumps({"taxonomies": [SCENES, PLACES, *more]}), "utf-8")
    return serve(root)


def page(http: httpx.Client, **params: int | str) -> dict[str, Any]:
    answer = http.get("/v1/entities/taxonomies", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def names(found: dict[str, Any]) -> list[str]:
    return [taxonomy["taxonomy_name"] for taxonomy in found["results"]]


def node(http: httpx.Client, name: str) -> dict[str, Any]:
    answer = http.get(f"/v1/entities/taxonomies/nodes/{name}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_taxonomy_by_id_and_by_name(http: httpx.Client) -> None:
    scenes = page(http)["results"][0]
    for name in ("tax_scenes", "scenes%2Fall"):
        assert http.get(f"/v1/entities/taxonomies/{name}").json() == scenes
    answer = http.get("/v1/entities/taxonomies/nope")
    assert (answer.status_code, answer.json()["error"]["details"]) == (404, {"taxonomy_id": "nope"})


def test_a_node_by_id_and_by_name(http: httpx.Client) -> None:
    nature = page(http)["results"][0]["nodes"][0]
    assert node(http, "scenes%2Fnature") == nature  # an id, before another node's name
    assert node(http, "scenes/nature") == nature  # as the vendor's client sends it
    assert node(http, "nature") == nature
    sea = nature["children"][0]
    assert node(http, "sea") == sea  # of two, the first
    assert sea["parent_node_id"] == "scenes/nature"
    assert (sea["depth"], sea["order"], sea["path_tokens"]) == (1, [0, 0], ["nature", "sea"])
    assert node(http, "50%20%25") == sea["children"][0]
    assert node(http, "harbour")["taxonomy_id"] == page(http)["results"][1]["taxonomy_id"]
    answer = http.get("/v1/entities/taxonomies/nodes/scenes%252Fnature")
    assert (answer.status_code, answer.json()["error"]["details"]) == (404, {"node_id": "scenes%2Fnature"})


def test_pages_by_number_and_from_an_id_on(http: httpx.Client) -> None:
    everything = names(page(http))
    by_number = [page(http, page=number, page_size=2) for number in (1, 2, 3, 4)]
    assert [names(found) for found in by_number] == [everything[:2], everything[2:4], everything[4:], []]
    first = page(http, page_size=2)
    second = page(http, page_size=2, offset_id=first["pagination"]["next_page"])
    third = page(http, page_size=2, offset_id=second["pagination"]["next_page"])
    assert [first, second, third] == by_number[:3]
    assert third["pagination"]["next_page"] is None
    assert first["pagination"]["previous_page"] is None
    assert page(http, page_size=2, offset_id=third["pagination"]["previous_page"]) == second
    assert by_number[3]["pagination"]["previous_page"] == second["pagination"]["next_page"]
    assert [found["pagination"]["page"] for found in by_number] == [1, 2, 3, 4]
    answer = http.get("/v1/entities/taxonomies", params={"offset_id": "nope"})
    assert (answer.status_code, answer.json()["error"]["details"]) == (404, {"taxonomy_id": "nope"})
