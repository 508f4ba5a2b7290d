"""Reading rows from the real service: whole, in parts, and only what changed."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.api.client import MixpeekClient
from peekui.api.errors import NotFound
from peekui.filters.nodes import Group, Kind
from peekui.triage.excluding import exclude
from peekui.triage.failures import Axis, group_failures
from peekui.triage.gathering import Gathering
from peekui.triage.notebook import Notebook
from peekui.triage.pages import FilterRefused, read_assets
from peekui.triage.samples import healthy_twins, read_sample
from peekui.triage.scope import Scope, Subject
from tests.triage.shelf import Between

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from peekui.triage.progress import Progress
    from tests.service import Service
    from tests.triage.shelf import Shelf


@pytest.fixture
async def client(demo: Service) -> AsyncIterator[MixpeekClient]:
    async with MixpeekClient(demo.base_url, demo.api_key) as client:
        yield client


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook.open(tmp_path / "triage.db", "me")


async def scope(client: MixpeekClient, subject: Subject) -> Scope:
    return Scope(subject, None, tuple(item.key for item in (await client.collections(namespace=None)).results))


async def read(gathering: Gathering, *, afresh: bool = False) -> list[Progress]:
    return [progress async for progress in gathering.run(afresh=afresh)]


async def test_all_pages_come_with_honest_progress(client: MixpeekClient) -> None:
    gathering = Gathering(client, await scope(client, Subject.DUPLICATES), page_size=150)
    said = await read(gathering)
    total = gathering.progress.total
    assert total is not None
    assert len(gathering.rows) == total > 300
    assert str(said[0]) == f"partial: 1 of {len(said)} pages read, 150 rows"
    assert [one.complete for one in said] == [False] * (len(said) - 1) + [True]
    assert str(said[-1]) == f"{total} rows, {len(said)} of {len(said)} pages read"


async def test_failures_are_what_the_service_says_has_failed(client: MixpeekClient) -> None:
    whole = await scope(client, Subject.FAILURES)
    filtered, scanned = Gathering(client, whole), Gathering(client, whole.scanning())
    await read(filtered)
    await read(scanned)
    assert filtered.rows.keys() == scanned.rows.keys()
    assert all(row.failed and row.error for row in filtered.rows.values())
    assert scanned.progress.total is not None
    assert scanned.progress.total > scanned.progress.rows == len(filtered.rows)


async def test_a_pause_asks_for_nothing(client: MixpeekClient) -> None:
    gathering = Gathering(client, await scope(client, Subject.DUPLICATES), page_size=150)
    reading = gathering.run()
    await anext(reading)
    gathering.gate.pause()
    calls = len(client.calls)
    following = asyncio.ensure_future(anext(reading))
    for _ in range(20):
        await asyncio.sleep(0)
    assert (len(client.calls), following.done()) == (calls, False)
    gathering.gate.go_on()
    assert (await following).pages_read == 2
    await reading.aclose()


async def test_what_was_broken_off_is_gone_on_with(client: MixpeekClient, notebook: Notebook) -> None:
    whole = await scope(client, Subject.DUPLICATES)
    first = Gathering(client, whole, notebook, page_size=100)
    reading = first.run()
    await anext(reading)
    await anext(reading)
    await reading.aclose()
    assert len(first.rows) == 200
    second = Gathering(client, whole, notebook, page_size=100)
    said = await read(second)
    assert said[0].pages_read == 3
    assert second.progress.complete
    assert len(second.rows) == second.progress.total


async def test_an_error_leaves_what_came(demo: Service, notebook: Notebook) -> None:
    def fail_third(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(404) if request.url.params.get("page") == "3" else None

    async with MixpeekClient(demo.base_url, demo.api_key, transport=Between(fail_third)) as client:
        gathering = Gathering(client, await scope(client, Subject.DUPLICATES), notebook, page_size=100)
        with pytest.raises(NotFound):
            await read(gathering)
        assert len(gathering.rows) == 200
        assert str(gathering.progress).startswith("partial: 2 of ")


async def test_a_service_that_filters_by_nothing_is_scanned(demo: Service) -> None:
    def refuse(request: httpx.Request) -> httpx.Response | None:
        refused = b'"filters"' in request.content
        error = {"error": {"message": "status is not indexed.", "type": "BadRequest"}}
        return httpx.Response(400, json=error) if refused else None

    async with MixpeekClient(demo.base_url, demo.api_key, transport=Between(refuse)) as client:
        whole = await scope(client, Subject.FAILURES)
        with pytest.raises(FilterRefused, match="status is not indexed"):
            await read(Gathering(client, whole))
        scanning = Gathering(client, whole.scanning())
        await read(scanning)
        assert scanning.progress.complete
        assert all(row.failed for row in scanning.rows.values())
        assert scanning.rows


def changed_answer(**changes: object) -> Between:
    def change(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
        if not request.url.path.startswith("/v1/assets"):
            return None
        data = json.loads(answer.content)
        data["pagination"] |= changes
        return httpx.Response(200, json=data)

    return Between(after=change)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"page": 1}, "only one page"),
        ({"total": 1000}, "Assets moved"),
        ({}, "stops at 200 rows"),
    ],
)
async def test_a_reading_that_is_not_whole_says_why(demo: Service, changes: dict[str, object], problem: str) -> None:
    transport = changed_answer(**changes)
    async with MixpeekClient(demo.base_url, demo.api_key, transport=transport) as client:
        gathering = Gathering(
            client, await scope(client, Subject.DUPLICATES), page_size=100, most_rows=1000 if changes else 200
        )
        last = (await read(gathering))[-1]
    assert (last.ended, last.complete) == (True, False)
    assert problem in last.problem


async def test_the_same_page_again_ends_the_reading(demo: Service) -> None:
    def always_the_first(request: httpx.Request) -> httpx.Response | None:
        request.url = request.url.copy_merge_params({"page": "1"})
        return None

    def without_a_word(request: httpx.Request, answer: httpx.Response) -> httpx.Response | None:
        rows = json.loads(answer.content)["results"]
        return httpx.Response(200, json={"results": rows})

    transport = Between(always_the_first, without_a_word)
    async with MixpeekClient(demo.base_url, demo.api_key, transport=transport) as client:
        gathering = Gathering(client, await scope(client, Subject.DUPLICATES), page_size=100)
        last = (await read(gathering))[-1]
    assert (last.ended, last.complete, len(gathering.rows)) == (True, False, 100)
    assert "only one page" in last.problem


async def test_a_limit_once_reached_costs_no_further_call(client: MixpeekClient, notebook: Notebook) -> None:
    whole = await scope(client, Subject.DUPLICATES)
    first = Gathering(client, whole, notebook, page_size=100, most_rows=200)
    await read(first)
    calls = len(client.calls)
    again = Gathering(client, whole, notebook, page_size=100, most_rows=200)
    [only] = await read(again)
    assert (len(client.calls), again.rows) == (calls, first.rows)
    assert (only.ended, only.complete, only.problem) == (True, False, first.progress.problem)


async def test_a_reading_with_a_fifth_of_all_calls_failing_loses_nothing(demo: Service, notebook: Notebook) -> None:
    chance = random.Random(20)  # noqa: S311

    def before(_: httpx.Request) -> httpx.Response | None:
        return httpx.Response(404) if chance.random() < 0.1 else None

    def after(_: httpx.Request, __: httpx.Response) -> httpx.Response | None:
        return httpx.Response(404) if chance.random() < 0.1 else None

    async with MixpeekClient(demo.base_url, demo.api_key) as sound:
        whole = await scope(sound, Subject.DUPLICATES)
        expected = Gathering(sound, whole)
        await read(expected)
    broken_off = 0
    async with MixpeekClient(demo.base_url, demo.api_key, transport=Between(before, after)) as client:
        for _ in range(100):
            gathering = Gathering(client, whole, notebook, page_size=20)
            try:
                await read(gathering)
            except NotFound:
                broken_off += 1
            else:
                break
    assert broken_off > 1
    assert gathering.progress.complete
    assert gathering.rows == expected.rows


async def test_a_scan_counts_what_it_reads(client: MixpeekClient) -> None:
    whole = await scope(client, Subject.FAILURES)
    gathering = Gathering(client, whole.scanning(), page_size=100)
    await read(gathering)
    listed = {item.key: item.count for item in (await client.collections(namespace=None)).results}
    assert dict(gathering.counts) == listed


async def test_an_asset_that_goes_meanwhile_is_noticed(shelf: Shelf) -> None:
    shelf.put("moving", {f"{n}.txt": str(n) for n in range(10)})
    first = shelf.assets("moving")["0"]["asset_id"]
    async with shelf.client() as client:
        gathering = Gathering(client, Scope(Subject.DUPLICATES, None, ("moving",)), page_size=4)
        reading = gathering.run()
        await anext(reading)
        await client.delete_asset(first, namespace=None)
        said = [progress async for progress in reading]
    assert (said[-1].ended, said[-1].complete) == (True, False)
    assert "Assets moved" in said[-1].problem


async def test_smaller_pages_than_asked_for_are_all_read(client: MixpeekClient, demo: Service) -> None:
    def at_most_100(request: httpx.Request) -> httpx.Response | None:
        request.url = request.url.copy_merge_params({"page_size": "100"})
        return None

    async with MixpeekClient(demo.base_url, demo.api_key, transport=Between(at_most_100)) as small:
        gathering = Gathering(small, await scope(client, Subject.DUPLICATES))
        await read(gathering)
    assert gathering.progress.complete
    assert len(gathering.rows) == gathering.progress.total


async def test_the_next_visit_reads_only_what_changed(shelf: Shelf, notebook: Notebook) -> None:
    shelf.put("visits", {f"{n}.json": f'{{"cut off": {n}' for n in range(30)})
    transport = Between()
    async with shelf.client(transport) as client:

        async def visit() -> tuple[int, Gathering]:
            transport.requests.clear()
            gathering = Gathering(client, Scope(Subject.FAILURES, None, ("visits",)), notebook, page_size=5)
            await read(gathering)
            assert gathering.progress.complete
            there = {asset["asset_id"] for asset in shelf.assets("visits").values() if asset["status"] == "FAILED"}
            assert gathering.rows.keys() == there
            return len(transport.requests), gathering

        assert (await visit())[0] == 6
        calls, gathering = await visit()
        assert (calls, gathering.progress.caught_up) == (2, True)
        folder = shelf.root / "visits"
        (folder / "3.json").write_text('{"whole": 3}')
        (folder / "new.json").write_text('{"cut off": 0')
        shelf.rescan("visits")
        calls, gathering = await visit()
        assert (calls, gathering.progress.caught_up) == (2, True)
        (folder / "4.json").unlink()
        shelf.rescan("visits")
        calls, gathering = await visit()
        assert (calls, gathering.progress.caught_up) == (2 + 6, False)
        assert (await visit())[0] == 2


async def test_a_failed_asset_finds_its_healthy_twin_and_others_to_compare_with(client: MixpeekClient) -> None:
    whole = await scope(client, Subject.DUPLICATES)
    gathering = Gathering(client, whole)
    await read(gathering)
    done = next(row for row in gathering.rows.values() if row.done)
    twins = await healthy_twins(client, [done], namespace=None, collections=whole.collections)
    assert twins[done.file_hash or ""].file_hash == done.file_hash
    failed = [row for row in gathering.rows.values() if row.failed]
    assert await healthy_twins(client, failed, namespace=None, collections=whole.collections) == {}
    sample = await read_sample(client, namespace=None, collections=whole.collections, size=50)
    assert len(sample) == 50
    assert all(row.done and row.metadata for row in sample)
    ids = [row.asset_id for row in failed[:5]]
    named = await read_sample(client, namespace=None, collections=whole.collections, asset_ids=ids)
    assert sorted(row.asset_id for row in named) == sorted(ids)


async def test_the_service_leaves_out_what_is_excluded(client: MixpeekClient) -> None:
    whole = await scope(client, Subject.FAILURES)
    gathering = Gathering(client, whole)
    await read(gathering)
    for group in group_failures(gathering.rows.values()):
        exclusion = exclude(gathering.rows.values(), group.key)
        assert exclusion is not None
        assert exclusion.left_out == exclusion.of == group.count
        query = whole.query()
        assert query.filter is not None
        narrowed = replace(query, filter=Group(Kind.AND, (*query.filter.children, exclusion.node)))
        left = {asset.asset_id async for page in read_assets(client, narrowed) for asset in page.rows}
        assert left == gathering.rows.keys() - set(group.asset_ids)


async def test_days_and_collections_of_the_demo_add_up(client: MixpeekClient) -> None:
    gathering = Gathering(client, await scope(client, Subject.FAILURES))
    await read(gathering)
    for axis in Axis:
        assert sum(group.count for group in group_failures(gathering.rows.values(), axis)) == len(gathering.rows)
