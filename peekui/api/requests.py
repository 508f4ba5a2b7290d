"""Requests of the Assets API, ready to be sent, printed or kept; nothing is sent here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import quote, urlencode

from peekui.api.budget import Priority
from peekui.api.sending import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

__all__ = ["AssetBody", "asset_path", "feature_path", "list_assets", "request", "task_path"]


class AssetBody(TypedDict, total=False):
    """Body of an asset request (section 5); keys that are unset are left out, as the hosted service demands."""

    collections: list[str]
    query: dict[str, JsonValue]
    filters: dict[str, JsonValue]
    sort: dict[str, JsonValue]
    select: list[str]
    return_url: bool


def request(
    method: str,
    path: str,
    *,
    namespace: str | None = None,
    params: Mapping[str, str | int] | None = None,
    body: AssetBody | Mapping[str, Any] | None = None,
    priority: Priority = Priority.NOW,
) -> Request:
    """Put a request together.

    Args:
        method: HTTP method.
        path: Below the origin, escaped.
        namespace: For `X-Namespace`; None or empty sends none.
        params: Of the query string.
        body: To send as JSON; None for no body.
        priority: Who goes first when calls must wait.
    """
    return Request(
        method,
        path,
        query=urlencode(params or {}),
        namespace=namespace or None,
        # Escaped to ASCII: half a surrogate pair goes back as it came, where UTF-8 has no form for it.
        body=None if body is None else json.dumps(body),
        priority=priority,
    )


def list_assets(
    body: AssetBody, *, namespace: str | None, page: int, page_size: int, priority: Priority = Priority.NOW
) -> Request:
    """Ask for a page of a list, or of a search when the body has a `query` (section 5)."""
    path = "/v1/assets/search" if "query" in body else "/v1/assets"
    params = {"page": page, "page_size": page_size}
    return request("POST", path, namespace=namespace, params=params, body=body, priority=priority)


def asset_path(asset_id: str) -> str:
    """Give the path of an asset; its id stays one step of it, whatever it holds."""
    return f"/v1/assets/{_step(asset_id)}"


def feature_path(feature_id: str) -> str:
    """Give the path of a feature."""
    return f"/v1/features/{_step(feature_id)}"


def task_path(task_id: str) -> str:
    """Give the path of a task."""
    return f"/v1/tasks/{_step(task_id)}"


def _step(text: str) -> str:
    """Escape an id so that it is one step of a path."""
    return quote(text, safe="", errors="surrogatepass")
