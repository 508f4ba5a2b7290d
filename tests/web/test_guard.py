"""Who is let in to `peekui web`, and who is not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from aiohttp import WSServerHandshakeError, web

from peekui.web.guard import Guard
from tests.web.pages import Served, serving_pages, visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.service import Service

PATHS: Final = ["/", "/ws", "/static/js/textual.js", "/page/page.js", "/download/1", "/nowhere"]


@pytest.fixture(scope="module")
def served(demo: Service) -> Iterator[Served]:
    environment = {**os.environ, "MIXPEEK_BASE_URL": demo.base_url, "MIXPEEK_API_KEY": demo.api_key.reveal()}
    with serving_pages("web", environment=environment) as served:
        yield served


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["", "?token=", "?token=wrong"])
async def test_nothing_is_served_without_the_token(served: Served, path: str, token: str) -> None:
    async with visitor() as browser:
        async with browser.get(served.address + path + token) as answer:
            assert answer.status == 403
            assert "token" in await answer.text()
        port = served.address.rpartition(":")[2]
        async with browser.get(served.address + path, headers={"Cookie": f"peekui-{port}=wrong"}) as answer:
            assert answer.status == 403


async def test_the_token_is_exchanged_for_a_cookie_that_other_sites_do_not_send(served: Served) -> None:
    async with visitor() as browser:
        async with browser.get(served.entry, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/")
            [cookie] = answer.cookies.values()
            assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
        async with browser.get(served.address) as answer:
            assert answer.status == 200
            page = await answer.text()
            assert "://" not in page  # nothing is fetched from elsewhere
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
            assert answer.headers["Referrer-Policy"] == "no-referrer"
        async with browser.get(served.address + "/static/js/textual.js") as answer:
            assert answer.status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[", ""])
async def test_a_name_that_was_made_to_point_here_is_refused(served: Served, host: str) -> None:
    async with visitor() as browser, browser.get(served.entry, headers={"Host": host}) as answer:
        assert answer.status == 403
        assert not answer.cookies


async def test_the_machine_may_be_called_by_its_name_or_seen_through_a_tunnel(served: Served) -> None:
    for host in ("localhost:9000", "[::1]:9000", "192.0.2.7"):
        async with (
            visitor() as browser,
            browser.get(served.entry, headers={"Host": host}, allow_redirects=False) as answer,
        ):
            assert answer.status == 303


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:1", "http://localhost"])
async def test_a_websocket_of_another_page_is_refused(served: Served, origin: str | None) -> None:
    async with visitor() as browser:
        async with browser.get(served.entry) as answer:
            assert answer.status == 200
        with pytest.raises(WSServerHandshakeError) as refused:
            await browser.ws_connect(served.address + "/ws", origin=origin)
        assert refused.value.status == 403
        if origin:
            async with browser.get(served.address, headers={"Origin": origin}) as answer:
                assert answer.status == 403


async def test_a_websocket_without_the_token_is_refused(served: Served) -> None:
    async with visitor() as browser:
        with pytest.raises(WSServerHandshakeError) as refused:
            await browser.ws_connect(served.address + "/ws", origin=served.address)
    assert refused.value.status == 403


async def test_a_ticket_lets_in_once() -> None:
    guard = Guard(0, "127.0.0.1")
    app = web.Application(middlewares=[guard.middleware])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        entry = f"http://127.0.0.1:{runner.addresses[0][1]}/?token={guard.ticket()}"
        async with visitor() as browser:
            statuses = []
            for _ in range(2):
                async with browser.get(entry, allow_redirects=False) as answer:
                    statuses.append(answer.status)
            assert statuses[0] == 303
            async with visitor() as other, other.get(entry, allow_redirects=False) as answer:
                assert answer.status == 403
    finally:
        await runner.cleanup()
