"""What a library's root and its collections may say of themselves: `taxonomies.json` and `collection.json`."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from peekui.library.sample import vocabulary as words
from peekui.library.sample.files import SampleFile, moment

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

__all__ = ["COLLECTIONS", "plan_descriptions", "taxonomies"]

_SCENE_GROUPS: Mapping[str, tuple[str, ...]] = {
    "nature": ("mountains", "lake", "sea", "forest", "dunes", "meadow"),
    "night": ("aurora", "lights"),
    "town": ("city", "market"),
}

COLLECTIONS: Mapping[str, dict[str, Any]] = {
    "media/photos": {
        "name": "photos",
        "metadata": {"owner": "Picture desk", "description": "Journeys since 2024, as they came from the cameras"},
    },
    "media/design": {"metadata": {"owner": "Studio", "description": "Brand kits and uploads", "reviewed": False}},
    "archive/2019": {
        "name": "Year 2019",
        "metadata": {"owner": "Archive", "description": "Everything from 2019", "retention_years": 10},
    },
}
"""What `collection.json` says, by folder: name and metadata are both optional."""


def plan_descriptions() -> Iterator[SampleFile]:
    """`taxonomies.json` of the media library, and a `collection.json` for some collections."""
    path = "media/taxonomies.json"
    yield SampleFile(path, moment(2026, 1, 5), "taxonomy", partial(_json, taxonomies()), source=path)
    for folder, description in COLLECTIONS.items():
        path = f"{folder}/collection.json"
        yield SampleFile(path, moment(2026, 1, 5), "description", partial(_json, description), source=path)


def taxonomies() -> list[dict[str, Any]]:
    """Two trees in the API's form (mixpeek-api.md, section 4): scenes, and places by country.

    Node ids are those that the sidecars' `entities[].node` mention: `scenes/aurora`.
    """
    scenes = {group: list(names) for group, names in _SCENE_GROUPS.items()}
    places: dict[str, list[str]] = {}
    for trip in (*words.TRIPS, *words.TRIPS_2019):
        places.setdefault(trip.country, []).append(trip.place)
    return [_taxonomy("scenes", scenes), _taxonomy("places", places)]


def _taxonomy(name: str, groups: Mapping[str, list[str]]) -> dict[str, Any]:
    nodes = []
    for at, (group, members) in enumerate(groups.items()):
        parent = _node(name, group, (group,), (at,), None)
        parent["children"] = [
            _node(name, member, (group, member), (at, place), parent["node_id"]) for place, member in enumerate(members)
        ]
        nodes.append(parent)
    return {"taxonomy_id": f"tax_{name}", "taxonomy_name": name, "nodes": nodes}


def _node(
    taxonomy: str, name: str, path: tuple[str, ...], order: tuple[int, ...], parent: str | None
) -> dict[str, Any]:
    captions = words.CAPTIONS.get(name, ())
    return {
        "node_id": f"{taxonomy}/{name}",
        "taxonomy_id": f"tax_{taxonomy}",
        "node_name": name,
        "node_description": captions[0].format(place="the coast") if captions else f"Everything under {name}",
        "parent_node_id": parent,
        "depth": len(path) - 1,
        "path_tokens": list(path),
        "order": list(order),
        "embedding_configs": [],
        "children": [],
    }


def _json(value: object, _: random.Random) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode()
