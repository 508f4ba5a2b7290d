"""What the vendor's clients can ask for and a folder cannot do: refused, with the reason and what to do instead."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NoReturn

from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_REFUSED: Final = {
    "Namespaces are the folders the library was started with: start it with others to change them.": (
        ("POST", "/v1/namespaces"),
        ("PUT", "/v1/namespaces/{namespace}"),
        ("PATCH", "/v1/namespaces/{namespace}"),
        ("DELETE", "/v1/namespaces/{namespace}"),
    ),
    "This library is a folder: put files and folders into it, or take them out, and it follows.": (
        ("POST", "/v1/collections"),
        ("PUT", "/v1/collections/{collection}"),
        ("PATCH", "/v1/collections/{collection}"),
        ("DELETE", "/v1/collections/{collection}"),
        ("POST", "/v1/ingest/text"),
        ("POST", "/v1/ingest/images/url"),
        ("POST", "/v1/ingest/videos/url"),
    ),
    "Features are what was found in a file: change the file, or edit its asset with propagate_features.": (
        ("PUT", "/v1/features/{feature_id}"),
        ("PATCH", "/v1/features/{feature_id}"),
        ("DELETE", "/v1/features/{feature_id}"),
    ),
    "A task is the reading of one file, which is not called off: take the file out of the folder instead.": (
        ("DELETE", "/v1/tasks/{task_id}"),
    ),
    "Taxonomies come from taxonomies.json in the library's folder: edit that file, and rescan.": (
        ("POST", "/v1/entities/taxonomies"),
        ("PATCH", "/v1/entities/taxonomies/{taxonomy}"),
        ("DELETE", "/v1/entities/taxonomies/{taxonomy}"),
        ("PATCH", "/v1/entities/taxonomies/nodes/{node:path}"),
    ),
    "Nothing is embedded here, so there are no vectors: search for words with POST /v1/assets/search.": (
        ("POST", "/v1/features/search"),
        ("POST", "/v1/features/extractors/embed"),
    ),
    "Nothing is classified here: edit the assets' metadata to name nodes, and filter by it.": (
        ("POST", "/v1/entities/taxonomies/{taxonomy}/classify"),
        ("POST", "/v1/entities/taxonomies/{taxonomy}/classifications"),
        ("DELETE", "/v1/entities/taxonomies/{taxonomy}/classifications/{classification_id}"),
    ),
    "This library has no accounts: its key is the one it was started with, by --api-key.": (
        ("GET", "/v1/organizations"),
        ("GET", "/v1/organizations/usage"),
        ("POST", "/v1/organizations/users"),
        ("GET", "/v1/organizations/users/{user_email}"),
        ("DELETE", "/v1/organizations/users/{user_email}"),
        ("POST", "/v1/organizations/users/{user_email}/api-keys"),
        ("PATCH", "/v1/organizations/users/{user_email}/api-keys/{key_name}"),
        ("DELETE", "/v1/organizations/users/{user_email}/api-keys/{key_name}"),
    ),
}
"""Methods and paths by the reason. Together with what is answered these are all operations of the vendor's clients."""


def _refusing(reason: str) -> Callable[[Call[Any, Any]], Awaitable[NoReturn]]:
    async def refuse(_: Call[Any, Any]) -> NoReturn:
        raise ApiError(HTTPStatus.FORBIDDEN, reason)

    return refuse


OPERATIONS = tuple(
    Operation(method, path, _refusing(reason), NoReturn, "Not for a folder", statuses=(HTTPStatus.FORBIDDEN,))
    for reason, refused in _REFUSED.items()
    for method, path in refused
)
