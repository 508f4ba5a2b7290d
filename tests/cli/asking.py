"""What tests of commands share: how they are run, and what the service says itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from click.testing import Result

    from peekui.search.searches import Search

    Peekui: TypeAlias = Callable[..., Result]

__all__ = ["PROGRAM", "Peekui", "asked", "ids"]

PROGRAM: Final = (sys.executable, "-m", "peekui")


def ids(result: Result) -> list[str]:
    """Give the ids that were printed."""
    assert result.exit_code in {0, 1}, result.stderr
    return result.stdout.splitlines()


def asked(http: httpx.Client, search: Search, namespace: str | None = None) -> list[str]:
    """Ask the service itself for the ids of all that match."""
    headers = {"X-Namespace": namespace} if namespace else {}
    there: list[dict[str, str]] = []
    if not search.collections:
        there = http.get("/v1/collections", params={"page_size": 1000}, headers=headers).json()["results"]
    query = search.query(namespace, [item["collection_id"] for item in there])
    path = "/v1/assets/search" if search.text else "/v1/assets"
    found = http.post(path, params={"page_size": 1000}, json=dict(query.body()), headers=headers).json()["results"]
    return [asset["asset_id"] for asset in found]
