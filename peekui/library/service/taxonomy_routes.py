"""Taxonomies from a library's `taxonomies.json` (mixpeek-api.md, section 4)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library.service.answers import Page, Pagination
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.requests import TaxonomyPageQuery
from peekui.library.service.spans import Span
from peekui.library.taxonomies import Node, Taxonomy, all_nodes

if TYPE_CHECKING:
    from peekui.library.service.context import Call

__all__ = ["OPERATIONS", "taxonomies"]


async def list_taxonomies(call: Call[TaxonomyPageQuery, Any]) -> Page[Taxonomy]:
    """List taxonomies."""
    found = [taxonomy for taxonomy, _ in await taxonomies(call)]
    ids = [taxonomy.taxonomy_id for taxonomy in found]
    size, offset_id = call.query.page_size, call.query.offset_id
    if offset_id is not None and offset_id not in ids:
        raise not_found("Taxonomy", offset_id)
    begin = (call.query.page - 1) * size if offset_id is None else ids.index(offset_id)
    span = Span(len(found), begin, size)
    pagination = Pagination(
        total=span.total,
        page=span.number,
        page_size=size,
        total_pages=span.pages,
        next_page=None if span.next is None else ids[span.next],
        previous_page=None if span.previous is None else ids[span.previous],
    )
    return Page(found[begin : begin + size], pagination)


async def get_taxonomy(call: Call[Any, Any]) -> Taxonomy:
    """Give one taxonomy, by id or name."""
    name = call.path["taxonomy"]
    found = [taxonomy for taxonomy, _ in await taxonomies(call)]
    for taxonomy in found:
        if taxonomy.taxonomy_id == name:
            return taxonomy
    for taxonomy in found:
        if taxonomy.taxonomy_name == name:
            return taxonomy
    raise not_found("Taxonomy", name)


async def get_node(call: Call[Any, Any]) -> Node:
    """Give one node with those below it, by id or name; of several with that name the first."""
    name = call.path["node"]
    nodes = [node for taxonomy, _ in await taxonomies(call) for node in all_nodes(taxonomy.nodes)]
    for node in nodes:
        if node.node_id == name:
            return node
    for node in nodes:
        if node.node_name == name:
            return node
    raise not_found("Node", name)


async def taxonomies(call: Call[Any, Any]) -> list[tuple[Taxonomy, str]]:
    """Give the taxonomies in scope, each with the time of the file it is from."""
    namespaces = [library.row for library in call.libraries()]
    marks = ", ".join("?" * len(namespaces))
    rows = await call.parts.readers.run(
        lambda db: db.execute(
            f"SELECT taxonomies, taxonomies_at FROM namespace WHERE id IN ({marks}) ORDER BY id",  # noqa: S608
            namespaces,
        ).fetchall()
    )
    return [
        (taxonomy, changed_at)
        for said, changed_at in rows
        for taxonomy in msgspec.json.decode(said, type=list[Taxonomy])
    ]


OPERATIONS = (
    Operation(
        "GET",
        "/v1/entities/taxonomies",
        list_taxonomies,
        Page[Taxonomy],
        "List taxonomies",
        query=TaxonomyPageQuery,
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
    Operation(
        "GET",
        "/v1/entities/taxonomies/{taxonomy}",
        get_taxonomy,
        Taxonomy,
        "Get a taxonomy by id or name",
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
    Operation(
        "GET",
        "/v1/entities/taxonomies/nodes/{node:path}",
        get_node,
        Node,
        "Get a node of a taxonomy by id or name",
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
)
