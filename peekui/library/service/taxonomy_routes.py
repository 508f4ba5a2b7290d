"""Taxonomies from a library's `taxonomies.json` (mixpeek-api.md, section 4)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library.service.answers import Page, page_of
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.requests import PageQuery
from peekui.library.taxonomies import Taxonomy

if TYPE_CHECKING:
    from peekui.library.service.context import Call

__all__ = ["OPERATIONS", "taxonomies"]


async def list_taxonomies(call: Call[PageQuery, Any]) -> Page[Taxonomy]:
    """List taxonomies."""
    page, size = call.query.page, call.query.page_size
    found = [taxonomy for taxonomy, _ in await taxonomies(call)]
    rows = found[(page - 1) * size : page * size]
    return page_of(rows, total=len(found), page=page, page_size=size, path=call.url_path)


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
        query=PageQuery,
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
)
