"""Taxonomies from the `taxonomies.json` in a library's root, in the API's form (mixpeek-api.md, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library import ids
from peekui.library.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Node", "Taxonomy", "all_nodes", "read_taxonomies"]

_MAX_BYTES = 16 * 1024 * 1024
_MAX_DEPTH = 64


class Embedding(msgspec.Struct, frozen=True):
    """What a node is compared with."""

    embedding_model: str | None = None
    type: str | None = None
    value: str | None = None


class Node(msgspec.Struct, frozen=True):
    """One node of a taxonomy with those below it."""

    node_id: str
    taxonomy_id: str
    node_name: str
    node_description: str | None
    parent_node_id: str | None
    depth: int
    path_tokens: list[str]
    order: list[int]
    embedding_configs: list[Embedding]
    children: list[Node]


class Taxonomy(msgspec.Struct, frozen=True):
    """A tree of names."""

    taxonomy_id: str
    taxonomy_name: str
    nodes: list[Node]


def all_nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    """Give nodes and all below them, each before those below it."""
    for node in nodes:
        yield node
        yield from all_nodes(node.children)


def read_taxonomies(path: Path, identity: bytes) -> list[Taxonomy]:
    """Read the file. What is missing in it is filled in from where a node stands; what makes no sense is left out.

    Args:
        path: The file; it may be missing.
        identity: Of the library (ids.py), for taxonomies that have no id.

    Returns:
        Its taxonomies; none when it cannot be read or holds neither a list nor an object of them.
    """
    try:
        if path.is_symlink() or path.stat().st_size > _MAX_BYTES:
            return []
        said = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []
    if isinstance(said, dict):
        said = said.get("taxonomies", [said])
    if not isinstance(said, list):
        return []
    found = [_taxonomy(item, identity) for item in said if isinstance(item, dict) and _text(item, "taxonomy_name")]
    return list({taxonomy.taxonomy_id: taxonomy for taxonomy in found}.values())


def _taxonomy(said: dict[str, Any], identity: bytes) -> Taxonomy:
    name = str(_text(said, "taxonomy_name"))
    taxonomy = _text(said, "taxonomy_id") or ids.taxonomy_id(identity, name)
    return Taxonomy(taxonomy, name, _nodes(said.get("nodes"), taxonomy, None))


def _nodes(said: object, taxonomy: str, parent: Node | None) -> list[Node]:
    if not isinstance(said, list) or (parent is not None and parent.depth >= _MAX_DEPTH):
        return []
    named = [item for item in said if isinstance(item, dict) and _text(item, "node_name")]
    return [_node(item, taxonomy, parent, place) for place, item in enumerate(named)]


def _node(said: dict[str, Any], taxonomy: str, parent: Node | None, place: int) -> Node:
    name = str(_text(said, "node_name"))
    tokens = [*(parent.path_tokens if parent else []), name]
    node = Node(
        node_id=_text(said, "node_id") or f"{taxonomy}/{'/'.join(tokens)}",
        taxonomy_id=taxonomy,
        node_name=name,
        node_description=_text(said, "node_description"),
        parent_node_id=parent.node_id if parent else None,
        depth=parent.depth + 1 if parent else 0,
        path_tokens=tokens,
        order=[*(parent.order if parent else []), place],
        embedding_configs=_embeddings(said.get("embedding_configs")),
        children=[],
    )
    node.children.extend(_nodes(said.get("children"), taxonomy, node))
    return node


def _embeddings(said: object) -> list[Embedding]:
    if not isinstance(said, list):
        return []
    return [
        Embedding(_text(item, "embedding_model"), _text(item, "type"), _text(item, "value"))
        for item in said
        if isinstance(item, dict)
    ]


def _text(said: dict[str, Any], name: str) -> str | None:
    value = said.get(name)
    return visible(value) if isinstance(value, str) and value else None
