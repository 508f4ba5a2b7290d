"""The client against answers that a healthy service cannot give; the healthy ones are in test_client_live.py."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.api.client import MixpeekClient
from peekui.api.errors import CannotConnect, NoAnswer, TimedOut, Unauthorized, UnreadableAnswer
from peekui.api.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "sk_very_secret"


def client_of(handler: Callable[[httpx.Request], httpx.Response]) -> MixpeekClient:
    return MixpeekClient("https://api.example", Secret(KEY), transport=httpx.MockTransport(handler))


def answering(body: object, status: int = 200) -> Callable[[httpx.Request], httpx.Response]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: httpx.Response(status, content=content)


def raising(error: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def handler(_: httpx.Request) -> httpx.Response:
        raise error

    return handler


async def test_only_declared_keys_are_sent() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"results": []})

    async with client_of(handler) as client:
        await client.assets({"collections": ["a"]}, namespace="ns_1", page=2, page_size=50)
        await client.assets({"collections": ["a"], "query": {"key": ["*"], "value": "x"}}, namespace=None)
    listing, search = seen
    assert (listing.url.path, dict(listing.url.params)) == ("/v1/assets", {"page": "2", "page_size": "50"})
    assert json.loads(listing.content) == {"collections": ["a"]}
    assert listing.headers["X-Namespace"] == "ns_1"
    assert listing.headers["Authorization"] == f"Bearer {KEY}"
    assert search.url.path == "/v1/assets/search"
    assert "X-Namespace" not in search.headers


async def test_ids_cannot_leave_their_place_in_the_path() -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return httpx.Response(200, json={})

    async with client_of(handler) as client:
        await client.asset("../namespaces?x=1#é", namespace=None)
    assert seen == ["/v1/assets/..%2Fnamespaces%3Fx%3D1%23%C3%A9"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError("refused"), CannotConnect),
        (httpx.ReadTimeout("slow"), TimedOut),
        (httpx.ConnectTimeout("slow"), TimedOut),
        (httpx.RemoteProtocolError("torn"), NoAnswer),
    ],
)
async def test_failures_of_the_network_are_of_our_tree(error: Exception, expected: type[NoAnswer]) -> None:
    async with client_of(raising(error)) as client:
        with pytest.raises(expected) as caught:
            await client.namespaces()
    assert KEY not in caught.value.detail
    assert client.last_call is not None
    assert client.last_call.status is None


@pytest.mark.parametrize("body", [b"<html>login</html>", b"", b'{"results": [', b"\xff", b"[" * 100_000])
async def test_what_is_not_json_is_said(body: bytes) -> None:
    async with client_of(answering(body)) as client:
        with pytest.raises(UnreadableAnswer, match="not JSON"):
            await client.assets({"collections": ["a"]}, namespace=None)


@pytest.mark.parametrize("body", [[], "text", 7, {"results": {}}])
async def test_json_of_another_shape_is_said(body: object) -> None:
    async with client_of(answering(body)) as client:
        with pytest.raises(UnreadableAnswer, match="shape"):
            await client.assets({"collections": ["a"]}, namespace=None)


async def test_one_odd_field_costs_that_field_only() -> None:
    odd = {"asset_id": 7, "status": ["x"], "created_at": "yesterday", "metadata": {"a": 1}, "brand_new": {"b": 2}}
    body = {"results": [{"asset_id": "a1"}, odd], "pagination": {"total": "many", "page": 1}}
    async with client_of(answering(body)) as client:
        page = await client.assets({"collections": ["a"]}, namespace=None)
    first, second = page.results
    assert first.asset_id == "a1"
    assert (second.asset_id, second.status, second.created_at) == (None, None, None)
    assert second.metadata == {"a": 1}
    assert second.model_extra == {"brand_new": {"b": 2}}
    assert page.total is None


async def test_missing_and_null_everywhere() -> None:
    body = {"results": [{}, dict.fromkeys(("asset_id", "file_data", "metadata", "error", "created_at"))]}
    async with client_of(answering(body)) as client:
        page = await client.assets({"collections": ["a"]}, namespace=None)
    assert [row.title for row in page.results] == ["unnamed", "unnamed"]
    assert page.total is None


async def test_timestamps_without_a_zone_are_utc() -> None:
    async with client_of(answering({"created_at": "2026-01-02T03:04:05.678", "updated_at": "2026-01-02"})) as client:
        asset = await client.asset("x", namespace=None)
    assert asset.created_at is not None
    assert asset.created_at.isoformat() == "2026-01-02T03:04:05.678000+00:00"


async def test_redirects_do_not_carry_the_key_away() -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(302, headers={"Location": "https://evil.example/"})

    async with client_of(handler) as client:
        with pytest.raises(UnreadableAnswer, match="redirect"):
            await client.namespaces()
    assert seen == ["api.example"]


@pytest.mark.parametrize("address", ["", "nonsense", "ftp://x", "http://", "https://[::1"])
def test_an_address_that_is_none_is_said_before_anything_is_sent(address: str) -> None:
    with pytest.raises(CannotConnect, match="address"):
        MixpeekClient(address, Secret(KEY))


async def test_unauthorised_says_what_to_do() -> None:
    async with client_of(answering({"detail": "no"}, 401)) as client:
        with pytest.raises(Unauthorized) as caught:
            await client.namespaces()
    assert "MIXPEEK_API_KEY" in caught.value.advice


def test_the_key_shows_itself_nowhere() -> None:
    secret = Secret(KEY)
    assert KEY not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == KEY
