"""Calls through the client when the service refuses: obeyed, learnt from, made again within limits, logged.

A healthy library refuses nobody, so the answers are scripted here, in jumping time.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

from peekui.api.budget import Priority
from peekui.api.client import MixpeekClient
from peekui.api.errors import (
    CallCancelled,
    CannotConnect,
    MixpeekError,
    NotFound,
    RateLimited,
    ServerFailed,
    UnreadableAnswer,
)
from peekui.api.secret import Secret
from peekui.api.sending import ATTEMPTS, LIMITS, PATIENCE
from tests.api import jumping_time

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from pydantic import JsonValue

KEY = "sk_very_secret"
SIGNED = "https://files.example/a.jpg?X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600&X-Amz-Signature=5ecc3e7"


class Service:
    """Answers in turn what it was told to, then yes; refuses more calls a minute than allowed.

    Attributes:
        at: When it was called, and did not refuse for being called too often.
    """

    def __init__(self, *answers: httpx.Response | Exception, allowed: int | None = None, seconds: float = 0.0) -> None:
        self.at: list[float] = []
        self._answers = list(answers)
        self._allowed = allowed
        self._seconds = seconds

    async def answer(self, _: httpx.Request) -> httpx.Response:
        """Answer, after the seconds that takes."""
        answer = self._choose(asyncio.get_running_loop().time())
        await asyncio.sleep(self._seconds)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _choose(self, now: float) -> httpx.Response | Exception:
        taken = [moment for moment in self.at if moment > now - 60]
        if self._allowed is not None and len(taken) >= self._allowed:
            return refusal(str(int(taken[0] + 60 - now)))
        self.at.append(now)
        return self._answers.pop(0) if self._answers else httpx.Response(200, json={"results": []})


def refusal(retry_after: str | None = None) -> httpx.Response:
    body = {"error": "TooManyRequests", "message": "slow down", "details": {"rate_limit": "10", "api_name": "assets"}}
    return httpx.Response(429, json=body, headers={} if retry_after is None else {"Retry-After": retry_after})


def told(
    service: Service, story: Callable[[MixpeekClient], Coroutine[Any, Any, None]], limit: int | None = None
) -> MixpeekClient:
    """Let a story happen with a client of the service."""

    async def whole() -> MixpeekClient:
        transport = httpx.MockTransport(service.answer)
        async with MixpeekClient(
            "https://api.example", Secret(KEY), calls_per_minute=limit, transport=transport
        ) as client:
            await story(client)
            return client

    return jumping_time.run(whole())


async def ask(client: MixpeekClient, priority: Priority = Priority.NOW) -> None:
    await client.assets({"collections": ["a"]}, namespace="ns_1", priority=priority)


@pytest.mark.parametrize(("said", "seconds"), [("7", 7.0), (None, 20.0), ("0", 1.0)])
def test_a_refused_call_is_made_again_when_the_service_wants_it(said: str | None, seconds: float) -> None:
    service = Service(refusal(said))
    client = told(service, ask)
    assert service.at == [0, seconds]
    assert [(call.status, call.attempt, call.waited) for call in client.calls] == [(429, 1, 0.0), (200, 2, seconds)]


def test_a_date_is_read_by_the_clock_of_the_service() -> None:
    headers = {"Retry-After": "Thu, 01 Jan 1970 00:01:30 GMT", "Date": "Thu, 01 Jan 1970 00:01:00 GMT"}
    service = Service(httpx.Response(429, headers=headers))
    told(service, ask)
    assert service.at == [0, 30]


def test_a_service_that_goes_on_refusing_is_left_alone_in_the_end() -> None:
    async def story(client: MixpeekClient) -> None:
        with pytest.raises(RateLimited, match="slow down") as caught:
            await ask(client)
        assert caught.value.retry_after is None

    service = Service(*(refusal() for _ in range(9)))
    client = told(service, story)
    assert service.at == [0, 20, 40, 60]
    assert [call.attempt for call in client.calls] == list(range(1, ATTEMPTS + 1))


def test_a_long_rest_is_told_at_once_and_still_obeyed() -> None:
    rest = PATIENCE + 1

    async def story(client: MixpeekClient) -> None:
        with pytest.raises(RateLimited) as caught:
            await ask(client)
        assert (caught.value.retry_after, client.budget.state.stopped_for) == (rest, rest)
        await ask(client)

    service = Service(refusal(str(rest)))
    told(service, story)
    assert service.at == [0, rest]


def test_the_limit_is_learnt_and_then_kept() -> None:
    async def story(client: MixpeekClient) -> None:
        await asyncio.gather(*(ask(client) for _ in range(35)))
        assert (client.budget.state.limit, client.budget.state.profile_limit) == (10, 60)
        assert client.budget.state.learnt

    service = Service(allowed=10, seconds=0.5)
    client = told(service, story, limit=60)
    statuses = [call.status for call in client.calls]
    assert statuses.count(200) == 35
    # All 35 were sent at once, for the profile said 60; from then on no call is refused.
    assert statuses.count(429) == statuses[:35].count(429) == 25
    assert service.at[-1] < 60 * 5


def test_nothing_is_sent_while_the_service_wants_no_calls() -> None:
    async def story(client: MixpeekClient) -> None:
        async with asyncio.TaskGroup() as together:
            for _ in range(5):
                together.create_task(ask(client))
            await asyncio.sleep(1)
            together.create_task(ask(client))

    service = Service(refusal("30"), refusal("45"), seconds=0.5)
    told(service, story)
    # Five at once, of which two are refused, and one more a second later: three wait for the later of both moments.
    assert service.at == [0] * 5 + [45.5] * 3


def test_an_idle_connection_is_not_used_again_when_a_server_may_hang_up() -> None:
    assert LIMITS.keepalive_expiry is not None
    assert LIMITS.keepalive_expiry < uvicorn.Config("any").timeout_keep_alive


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (httpx.Response(500), ServerFailed),
        (httpx.Response(503), ServerFailed),
        (httpx.ConnectError("no"), CannotConnect),
    ],
)
def test_other_failures_are_not_repeated(failure: httpx.Response | Exception, error: type[Exception]) -> None:
    async def story(client: MixpeekClient) -> None:
        with pytest.raises(error):
            await ask(client)
        assert client.budget.state.left == (60 if error is CannotConnect else 59)

    service = Service(failure)
    told(service, story, limit=60)
    assert service.at == [0]


def test_a_page_ahead_lets_the_user_go_first() -> None:
    async def story(client: MixpeekClient) -> None:
        async with asyncio.TaskGroup() as together:
            together.create_task(ask(client, Priority.AHEAD))
            await asyncio.sleep(1)
            assert not client.budget.room_for()
            ahead = together.create_task(ask(client, Priority.AHEAD))
            await asyncio.sleep(1)
            for _ in range(3):
                await ask(client)
            assert not ahead.done()

    service = Service()
    told(service, story, limit=4)
    assert service.at == [0, 2, 2, 2, 62]


def test_a_waiting_call_can_be_cancelled_by_itself() -> None:
    async def story(client: MixpeekClient) -> None:
        await ask(client)
        task = asyncio.create_task(ask(client))
        await asyncio.sleep(0)
        [waiting] = client.budget.state.waiting
        assert (waiting.place.label, waiting.seconds) == ("POST /v1/assets", 60)
        client.budget.cancel(waiting.place.number)
        with pytest.raises(CallCancelled):
            await task

    service = Service()
    client = told(service, story, limit=1)
    assert service.at == [0]
    assert len(client.calls) == 1


def test_a_call_is_logged_with_what_became_of_it() -> None:
    async def story(client: MixpeekClient) -> None:
        for error in (CannotConnect, UnreadableAnswer):
            with pytest.raises(error):
                await ask(client)
        task = asyncio.create_task(ask(client))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])

    client = told(Service(httpx.ConnectError("no"), httpx.Response(200, text="<html>")), story)
    lost, unreadable, cancelled = client.calls
    assert (lost.status, lost.error) == (None, "Cannot reach https://api.example.")
    assert (unreadable.status, unreadable.error) == (200, "The service's answer is not JSON.")
    assert (cancelled.status, cancelled.error) == (None, "cancelled")
    assert (lost.method, lost.path, lost.query, lost.namespace) == (
        "POST",
        "/v1/assets",
        "page=1&page_size=100",
        "ns_1",
    )
    assert lost.body == '{"collections": ["a"]}'


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"detail": f"the key {KEY} is unknown, see {SIGNED}"}),
        httpx.Response(302, headers={"Location": SIGNED}),
        httpx.Response(200, text=f"{KEY} {SIGNED}"),
    ],
)
def test_no_secret_is_in_the_log_or_in_an_error(answer: httpx.Response, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="peekui.api")

    async def story(client: MixpeekClient) -> None:
        condition: dict[str, JsonValue] = {"AND": [{"key": "url", "value": SIGNED}, {"key": "x", "value": f"my {KEY}"}]}
        with pytest.raises(MixpeekError) as caught:
            await client.assets({"collections": ["a"], "filters": condition}, namespace=None)
        shown = f"{caught.value} {vars(caught.value)}"
        assert KEY not in shown
        assert "5ecc3e7" not in shown

    client = told(Service(answer), story)
    [call] = client.calls
    assert KEY not in f"{call}"
    assert "5ecc3e7" not in f"{call}"
    assert call.body is not None
    assert '"value": "https://files.example/a.jpg?****"}' in call.body
    assert '"value": "my ****"}' in call.body
    [line] = [record.getMessage() for record in caplog.records if record.name == "peekui.api"]
    assert line.startswith(f"POST /v1/assets {answer.status_code} ")
    assert KEY not in line


def test_a_key_pasted_where_it_does_not_belong_is_not_kept(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="peekui.api")

    async def story(client: MixpeekClient) -> None:
        with pytest.raises(NotFound) as caught:
            await client.asset(KEY, namespace=KEY)
        assert KEY not in f"{vars(caught.value)}"

    client = told(Service(httpx.Response(404)), story)
    assert KEY not in f"{list(client.calls)}"
    assert "GET /v1/assets/**** 404" in caplog.text
