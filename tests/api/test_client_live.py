"""The client against the real embedded service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.api.client import AssetBody, MixpeekClient
from peekui.api.errors import CannotConnect, NotFound, Unauthorized
from peekui.api.secret import Secret

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.service import Service


@pytest.fixture
async def client(demo: Service) -> AsyncIterator[MixpeekClient]:
    async with MixpeekClient(demo.base_url, demo.api_key) as client:
        yield client


async def test_from_namespace_to_the_bytes_of_a_file(client: MixpeekClient) -> None:
    namespaces = await client.namespaces()
    assert [item.namespace_name for item in namespaces] == ["media", "archive"]
    scope = namespaces[0].key
    collections = (await client.collections(namespace=scope)).results
    assert all(item.count for item in collections)
    everything = AssetBody(collections=[item.key for item in collections])
    page = await client.assets(everything, namespace=scope, page=2, page_size=7)
    assert len(page.results) == 7
    assert page.total == sum(item.count or 0 for item in collections)
    first = page.results[0]
    signed = await client.asset(first.asset_id or "", namespace=scope, return_url=True)
    assert signed.url is not None
    async with httpx.AsyncClient(trust_env=False) as plain:
        file = await plain.get(signed.url)
    assert file.status_code == 200
    assert len(file.content) == first.size_bytes


async def test_features_and_tasks(client: MixpeekClient) -> None:
    [scope, *_] = await client.namespaces()
    collections = (await client.collections(namespace=scope.key)).results
    notes = next(item for item in collections if item.count and item.title == "notes")
    done = AssetBody(collections=[notes.key], filters={"AND": [{"key": "status", "value": "DONE"}]})
    page = await client.assets(done, namespace=scope.key)
    answer = await client.features(page.results[0].asset_id or "", namespace=scope.key)
    assert answer.asset == page.results[0]
    assert (answer.features or {}).get("text")
    assert (await client.tasks(namespace=None)).total == 0
    assert (await client.health()).status


async def test_errors_of_the_service(client: MixpeekClient, demo: Service) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        await client.asset("nowhere", namespace=None)
    async with MixpeekClient(demo.base_url, Secret("sk_wrong")) as stranger:
        with pytest.raises(Unauthorized):
            await stranger.namespaces()
    async with MixpeekClient("http://127.0.0.1:1", Secret("sk_x")) as lost:
        with pytest.raises(CannotConnect):
            await lost.health()
