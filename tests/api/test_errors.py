"""Every documented shape of an error is understood (mixpeek-api.md, section 3), and every other one survived."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from peekui.api.errors import (
    ApiError,
    BadRequest,
    Forbidden,
    MixpeekError,
    NotFound,
    RateLimited,
    ServerFailed,
    Unauthorized,
    error_from_answer,
)


def answer(status: int, body: object, **headers: str) -> ApiError:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return error_from_answer(status, raw, headers, request="GET /v1/assets/x")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (405, BadRequest),
        (422, BadRequest),
        (429, RateLimited),
        (500, ServerFailed),
        (503, ServerFailed),
        (599, ServerFailed),
    ],
)
def test_status_decides_the_class(status: int, expected: type[ApiError]) -> None:
    error = answer(status, {})
    assert type(error) is expected
    assert error.status == status
    assert error.advice.endswith(".")


def test_shape_one_gives_message_and_type() -> None:
    error = answer(404, {"success": False, "status": 404, "error": {"message": "gone", "type": "NotFoundError"}})
    assert (error.what, error.type) == ("gone", "NotFoundError")


def test_shape_two_names_the_place() -> None:
    error = answer(422, {"detail": [{"loc": ["body", "query", 0], "msg": "too short", "type": "x"}, {"msg": "bad"}]})
    assert error.what == "query.0: too short; bad"


def test_shape_three_and_retry_after_in_seconds() -> None:
    error = answer(429, {"error": "TooManyRequests", "message": "slow down", "details": {}}, **{"retry-after": "7"})
    assert isinstance(error, RateLimited)
    assert (error.what, error.type, error.retry_after) == ("slow down", "TooManyRequests", 7.0)


def test_retry_after_as_a_date() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    error = answer(429, {}, **{"retry-after": moment})
    assert isinstance(error, RateLimited)
    assert error.retry_after is not None
    assert 25 < error.retry_after <= 30


@pytest.mark.parametrize("retry_after", ["soon", "", "Someday, 99 Foo 2026"])
def test_retry_after_that_says_nothing(retry_after: str) -> None:
    error = answer(429, {}, **{"retry-after": retry_after})
    assert isinstance(error, RateLimited)
    assert error.retry_after is None


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>502 Bad Gateway</body></html>",
        b"",
        b'{"error": {"mess',
        b"\xff\xfe\x00",
        [],
        None,
        {"error": {"message": 7}},
        {"detail": [3, None, {"msg": []}]},
        {"detail": {}},
    ],
)
def test_any_other_body_is_still_one_clear_sentence(body: object) -> None:
    error = answer(502, body)
    assert error.what == "The service answered 502 Bad Gateway"
    assert "GET /v1/assets/x" in error.detail


def test_plain_detail_text() -> None:
    assert answer(403, {"detail": "read-only key"}).what == "read-only key"


def test_a_huge_page_of_a_proxy_is_cut_in_the_detail() -> None:
    assert len(answer(502, b"x" * 1_000_000).detail) < 3_000


def test_all_errors_share_one_root() -> None:
    assert issubclass(ApiError, MixpeekError)
