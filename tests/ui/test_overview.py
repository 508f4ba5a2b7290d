"""The overview of collections: what it counts equals what the service says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from peekui.browse.overview import Aspect, parts_of
from peekui.browse.query import AssetQuery, Sort
from peekui.filters.expression.parse import parse
from peekui.ui.screens.overview import OverviewScreen

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving


def test_each_value_is_asked_for_once_in_any_case() -> None:
    query = AssetQuery("ns", ("c1",), filter=parse("status = FAILED"), sort=Sort("created_at"))
    parts = parts_of(query, [(Aspect.STATUS, "done"), (Aspect.STATUS, "odd"), (Aspect.MODALITY, "image")])
    assert [part.value for part in parts] == ["DONE", "FAILED", "PROCESSING", "odd", "image", "video", "audio", "text"]
    body = parts[3].query.body()
    assert body["filters"] == {
        "AND": [
            {"AND": [{"key": "status", "operator": "eq", "value": "FAILED"}]},
            {"key": "status", "operator": "eq", "value": "odd"},
        ]
    }
    assert "sort" not in body
    assert body["select"] == ["asset_id"]


async def test_it_counts_by_status_and_type(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        total = driver.browse.panes.rows.row_count
        await driver.press("i")
        screen = driver.app.screen
        assert isinstance(screen, OverviewScreen)
        await driver.until(lambda: "Shares are of what was counted" in driver.text())
        counts = {(part.aspect, part.value): answer.count for part, answer in screen._counts.items()}
        assert sum(count for (aspect, _), count in counts.items() if aspect is Aspect.STATUS) == total
        await driver.press("escape", "b")
        await driver.until_rows()
        assert driver.browse.panes.rows.row_count == counts[Aspect.STATUS, "FAILED"]


async def test_its_cost_is_said_before_it_is_paid(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=100)) as driver:
        client = await driver.session.client()
        calls = len(client.calls)
        await driver.press("i")
        assert "Enter counts these: 7 calls" in driver.text()
        assert len(client.calls) == calls
        await driver.press("enter")
        await driver.until(lambda: "Shares are of what was counted" in driver.text())
        assert len(client.calls) == calls + 7
