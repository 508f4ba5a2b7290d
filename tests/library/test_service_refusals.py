"""What a folder cannot do is refused in one way, and no call of the vendor's clients finds nothing there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import mixpeek
import pytest

if TYPE_CHECKING:
    import httpx

OPERATION = re.compile(r'method="(?P<method>[A-Z]+)",\s*path="(?P<path>[^"]+)"')


def operations() -> set[tuple[str, str]]:
    """Give method and path of every call in the vendor's client, whose sources name both side by side."""
    sources = Path(mixpeek.__path__[0]).glob("*.py")
    found = (match for source in sources for match in OPERATION.finditer(source.read_text("utf-8")))
    return {(match["method"], match["path"]) for match in found}


def test_every_call_of_the_vendors_client_has_an_answer(http: httpx.Client) -> None:
    known = operations()
    assert {("GET", "/healthcheck"), ("POST", "/v1/assets/search"), ("POST", "/v1/features/search")} <= known
    for method, path in sorted(known):
        answer = http.request(method, re.sub(r"\{\w+\}", "nope", path), json={})
        assert answer.status_code in {200, 403, 404, 422}, (method, path)
        if answer.status_code == 404:
            assert "nope" in answer.json()["error"]["details"].values(), (method, path)


@pytest.mark.parametrize(
    ("method", "path", "says"),
    [
        ("POST", "/v1/namespaces", "start it with others"),
        ("DELETE", "/v1/namespaces/media", "start it with others"),
        ("POST", "/v1/collections", "put files and folders into it"),
        ("POST", "/v1/ingest/images/url", "put files and folders into it"),
        ("DELETE", "/v1/features/feat_0_0", "propagate_features"),
        ("DELETE", "/v1/tasks/task_0", "take the file out"),
        ("PATCH", "/v1/entities/taxonomies/nodes/scenes%2Fnature", "taxonomies.json"),
        ("POST", "/v1/features/search", "/v1/assets/search"),
        ("POST", "/v1/features/extractors/embed", "/v1/assets/search"),
        ("POST", "/v1/entities/taxonomies/scenes/classify", "metadata"),
        ("POST", "/v1/entities/taxonomies/scenes/classifications", "metadata"),
        ("GET", "/v1/organizations", "--api-key"),
    ],
)
def test_what_a_folder_cannot_do_is_403_and_says_what_to_do(
    http: httpx.Client, method: str, path: str, says: str
) -> None:
    for content in (b"{}", b"", b"\xff"):
        answer = http.request(method, path, content=content)
        body = answer.json()
        assert (answer.status_code, body["success"], body["status"]) == (403, False, 403)
        assert body["error"]["type"] == "ForbiddenError"
        assert says in body["error"]["message"]
