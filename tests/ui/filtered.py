"""Filtering in tests: as the browser does it, and as the service itself answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.wire import to_json

if TYPE_CHECKING:
    import httpx

    from peekui.filters.nodes import Group
    from tests.service import Service
    from tests.ui.driver import Driver

__all__ = ["MEDIA", "body_of", "filter_of", "filtered", "pill_line", "told", "total"]

MEDIA = {"X-Namespace": "media"}


def body_of(http: httpx.Client, tree: Group | None) -> dict[str, Any]:
    collections = http.get("/v1/collections", params={"page_size": 100}, headers=MEDIA).json()["results"]
    body: dict[str, Any] = {"collections": [one["collection_id"] for one in collections]}
    return {**body, "filters": to_json(tree)} if tree else body


def total(demo: Service, tree: Group | None) -> int:
    """Ask the service itself how many assets match."""
    with demo.http() as http:
        answer = http.post("/v1/assets", params={"page_size": 1}, json=body_of(http, tree), headers=MEDIA)
        return int(answer.raise_for_status().json()["pagination"]["total"])


def filter_of(driver: Driver) -> str:
    tree = driver.browse.place.filter
    return to_expression(tree) if tree else ""


async def filtered(driver: Driver, text: str) -> None:
    driver.browse.filter_by(parse(text))
    await driver.until_rows()


def told(driver: Driver) -> str:
    """What notices say."""
    return "\n".join(note.message for note in driver.app._notifications)


def pill_line(driver: Driver) -> str:
    region = driver.browse.panes.pills.region
    line = driver.text().splitlines()[region.y] if region else ""
    return line[region.x : region.right]
