"""Which copies have features: found out of those that the rule would choose among, in few calls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.api.client import MixpeekClient
from peekui.api.secret import Secret
from peekui.triage.duplicates import group_duplicates
from peekui.triage.featured import calls_at_least, find_featured
from peekui.triage.gathering import Gathering
from peekui.triage.keep_rules import Criterion, KeepRule, decide, without_known_features
from peekui.triage.pages import FilterRefused
from peekui.triage.scope import Scope, Subject
from tests.triage.rows import copy
from tests.triage.shelf import Between

if TYPE_CHECKING:
    from tests.service import Service


async def test_they_are_those_of_each_asset_by_itself(demo: Service) -> None:
    transport = Between()
    async with MixpeekClient(demo.base_url, demo.api_key, transport=transport) as client:
        names = tuple(item.key for item in (await client.collections(namespace=None)).results)
        gathering = Gathering(client, Scope(Subject.DUPLICATES, None, names))
        async for _ in gathering.run():
            pass
        failed = [row for row in gathering.rows.values() if row.failed][:10]
        rows = [*failed, *[row for row in gathering.rows.values() if row.done][:20]]
        transport.requests.clear()
        found = await find_featured(client, rows, namespace=None, collections=names)
        assert transport.requests == ["POST /v1/features"]
        assert set(found.values()) == {True, False}
        for row in rows:
            alone = (await client.features(row.asset_id, namespace=None)).features or {}
            assert found[row.asset_id] == any(alone.values()), row


async def test_many_are_asked_for_two_hundred_at_a_time_and_no_further_than_needed() -> None:
    def answer(asked: httpx.Request) -> httpx.Response:
        body = json.loads(asked.content)
        ids = body["filters"]["AND"][0]["value"]
        assert len(ids) <= 200
        calls.append(asked)
        page = int(asked.url.params["page"])
        # The features of one asset fill the first page; on the second all have one, but for the last of two hundred.
        named = {1: ids[:1] * 1000, 2: ids[:199], 3: ids[:1]}[page]
        results = [{"asset_id": name} for name in named]
        says = {"total": 3000, "current_page": page, "page_size": 1000, "total_pages": 3}
        return httpx.Response(200, json={"results": results, "pagination": says})

    refused = httpx.Response(400, json={"success": False, "status": 400, "error": {"message": "no index"}})
    rows = [copy(f"a{number}") for number in range(250)]
    calls: list[httpx.Request] = []
    transport = httpx.MockTransport(answer)
    async with MixpeekClient("http://service.example", Secret("sk_test"), transport=transport) as client:
        found = await find_featured(client, rows, namespace=None, collections=["c"])
    assert [name for name, has in found.items() if not has] == ["a199"]
    assert (len(calls), calls_at_least(len(rows))) == (3 + 2, 2)
    transport = httpx.MockTransport(lambda _: refused)
    async with MixpeekClient("http://service.example", Secret("sk_test"), transport=transport) as client:
        with pytest.raises(FilterRefused, match="no index"):
            await find_featured(client, rows, namespace=None, collections=["c"])


def test_only_those_are_asked_about_that_the_criteria_before_leave_equal() -> None:
    rule = KeepRule((Criterion.DONE, Criterion.HAS_FEATURES, Criterion.OLDEST))
    equal = [copy("a", "h1", age=2), copy("b", "h1"), copy("c", "h1", status="failed")]
    won = [copy("d", "h2"), copy("e", "h2", status="failed")]
    groups = group_duplicates([*equal, *won])
    assert {row.asset_id for row in without_known_features(groups, rule)} == {"a", "b"}
    assert without_known_features(groups, KeepRule((Criterion.DONE,))) == []
    told = [group.telling({"a": False, "b": True}) for group in groups]
    assert without_known_features(told, rule) == []
    keepers = {keeper for group in told for keeper in decide(group, rule).keepers}
    assert keepers == {"b", "d"}
    assert {keeper for group in groups for keeper in decide(group, rule).keepers} == {"a", "d"}
    assert [group.key for group in told] == [group.key for group in groups]
