"""When the service fails: the pane it belongs to says so, the others go on, and nothing ends the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from peekui.api.client import MixpeekClient
from peekui.api.errors import CannotConnect
from peekui.api.secret import Secret
from peekui.ui.widgets.notice import Tone
from tests.ui.holding import hold_answers

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


class Nowhere:
    """A source whose service is not there."""

    name = "nowhere"
    starting = "Loading…"
    namespace = None
    indexes = False
    calls_per_minute = None
    account = "nowhere"

    async def address(self) -> tuple[str, Secret]:
        """Give an address nobody listens on."""
        return "http://127.0.0.1:1", Secret("sk_x")


def failing(monkeypatch: pytest.MonkeyPatch, path: str, answer: Callable[[], httpx.Response]) -> list[int]:
    """Let every call of a path fail until the list is emptied: a healthy service cannot be made to."""
    broken = [1]
    real = httpx.AsyncHTTPTransport.handle_async_request

    async def handle(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        if broken and request.url.path == path:
            return answer()
        return await real(self, request)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)
    return broken


def shows(driver: Driver, *words: str) -> bool:
    text = " ".join(driver.text().split())
    return all(word in text for word in words)


async def test_no_service(driving: Driving) -> None:
    async with driving(Nowhere(), rows=False) as driver:
        await driver.until(lambda: shows(driver, "✗ Cannot reach http://127.0.0.1:1", "r tries again"))
        assert shows(driver, "E copy problem")
        await driver.press("r")
        await driver.until(lambda: shows(driver, "✗ Cannot reach"))


async def test_a_library_that_ends_before_it_answers(driving: Driving) -> None:
    class Stopped(Nowhere):
        async def address(self) -> tuple[str, Secret]:
            raise CannotConnect("peekui: no space left on the disk.")

    async with driving(Stopped(), rows=False) as driver:
        await driver.until(lambda: shows(driver, "no space left on the disk"))


async def test_collections_fail_and_come_back(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = failing(monkeypatch, "/v1/collections", lambda: httpx.Response(503, html="<h1>[/oops]</h1>"))
    async with driving(demo, rows=False) as driver:
        await driver.until(lambda: driver.browse.panes.collections.problem)
        assert shows(driver, "✗ The service answered 503 Service Unavailable")
        assert driver.browse.panes.namespaces.problem is None
        broken.clear()
        await driver.press("r")
        await driver.until_rows()
        assert driver.browse.panes.rows.row_count > 100


async def test_a_key_that_may_not_read_assets(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    error = {"success": False, "status": 403, "error": {"message": "key is write-only [/]", "type": "Forbidden"}}
    failing(monkeypatch, "/v1/assets", lambda: httpx.Response(403, json=error))
    async with driving(demo, rows=False) as driver:
        await driver.until(lambda: shows(driver, "⊗ key is write-only [/]", "This key may not do that"))
        assert driver.browse.panes.collections.body.display


async def test_a_page_that_fails_leaves_the_rows(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        rows = driver.browse.panes.rows
        broken = failing(monkeypatch, "/v1/assets", lambda: httpx.Response(500))
        await driver.press("G")
        await driver.until(lambda: shows(driver, "Some rows could not be loaded"))
        assert rows.asset_at(0)
        broken.clear()
        await driver.press("r")
        await driver.until(lambda: rows.asset_at(rows.cursor))


async def test_features_fail_and_the_asset_stays(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        path = f"/v1/assets/{asset.asset_id}/features"
        broken = failing(monkeypatch, path, lambda: httpx.Response(404, json={"detail": "gone"}))
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "✗ gone", str(asset.asset_id)))
        broken.clear()
        await driver.press("r")
        await driver.until(lambda: not shows(driver, "✗ gone") and not shows(driver, "Loading features"))


async def test_no_url_is_said_and_leaves_the_rows(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        failing(monkeypatch, f"/v1/assets/{asset.asset_id}", lambda: httpx.Response(500, json={"detail": "no signer"}))
        await driver.press("c")
        await driver.until(lambda: shows(driver, "No URL", "no signer"))
        assert driver.browse.panes.shows_rows


async def test_a_mistake_of_ours_in_a_worker_becomes_a_failure(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wrong(self: MixpeekClient, **_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(MixpeekClient, "collections", wrong)
    async with driving(demo, rows=False) as driver:
        await driver.until(lambda: driver.browse.panes.collections.problem)
        problem = driver.browse.panes.collections.problem
        assert problem
        assert "ZeroDivisionError" in problem.detail


async def test_a_late_answer_to_an_earlier_question_is_dropped(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold_answers(monkeypatch, "filters")
    async with driving(demo) as driver:
        rows = driver.browse.panes.rows
        everything = rows.row_count
        await driver.pilot.press("b")
        await driver.until(lambda: rows.stale)
        await driver.pilot.press("escape")
        await driver.until(lambda: not rows.stale)
        held.set()
        await driver.until_rows()
        assert rows.row_count == everything
        assert driver.browse.panes.assets.notice.tone is not Tone.FAILED
