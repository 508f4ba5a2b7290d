"""The filter of a group of failures: the service gives just the assets of the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.api.client import MixpeekClient
from peekui.browse.query import AssetQuery
from peekui.filters.expression.parse import parse
from peekui.triage.failures import Axis, group_failures
from peekui.triage.gathering import Gathering
from peekui.triage.narrowing import narrow
from peekui.triage.scope import Scope, Subject
from tests.triage.rows import failure

if TYPE_CHECKING:
    from tests.service import Service


async def test_the_service_gives_just_the_group_on_every_axis(demo: Service) -> None:
    async with MixpeekClient(demo.base_url, demo.api_key) as client:
        namespace = (await client.namespaces())[0].key
        collections = tuple(item.key for item in (await client.collections(namespace=namespace)).results)
        gathering = Gathering(client, Scope(Subject.FAILURES, namespace, collections))
        async for _ in gathering.run():
            pass
        rows = list(gathering.rows.values())
        for axis in Axis:
            groups = group_failures(rows, axis)
            assert groups
            for group in groups:
                tree = narrow(group, axis, rows)
                assert tree is not None
                query = AssetQuery(namespace, collections, filter=tree)
                page = await client.assets(query.body(), namespace=namespace, page_size=1000)
                found = {asset.asset_id for asset in page.results}
                assert found == set(group.asset_ids), (axis, group.key)


def test_what_cannot_be_said_is_named_by_id_and_too_many_are_not() -> None:
    few = [failure(f"a{number}", None) for number in range(3)]
    assert narrow(group_failures(few)[0], Axis.SIGNATURE, few) == parse('asset_id in ("a0", "a1", "a2")')
    many = [failure(f"a{number}", None) for number in range(201)]
    assert narrow(group_failures(many)[0], Axis.SIGNATURE, many) is None
