"""Rows that are passed on unread: the same as if they had been read, and never a secret or more than a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.search.unread_rows import unread_rows

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
RECORDS = st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=4)


def page_of(rows: Any, **written: Any) -> bytes:  # noqa: ANN401  (any JSON)
    page = {"results": rows, "pagination": {"page": 1, "page_size": 2, "total": 3}}
    return json.dumps(page, separators=(",", ":"), **written).encode()


@given(RECORDS, st.booleans())
def test_each_row_is_a_line_that_says_the_same(rows: list[dict[str, JsonValue]], ascii_only: bool) -> None:
    page = unread_rows(page_of(rows, ensure_ascii=ascii_only))
    if page is not None:
        assert [json.loads(row) for row in page.results] == rows
        assert not any(b"\n" in row for row in page.results)
        assert page.total == 3


def test_usual_rows_are_passed_on() -> None:
    page = unread_rows(page_of([{"asset_id": "ast_1", "title": "Früh \u2028 \\u0041 ␛"}, {}], ensure_ascii=False))
    assert page is not None
    assert page.results == ['{"asset_id":"ast_1","title":"Früh \u2028 \\\\u0041 ␛"}'.encode(), b"{}"]


@given(RECORDS, st.data())
def test_no_damaged_row_is_passed_on(rows: list[dict[str, JsonValue]], data: st.DataObject) -> None:
    body = bytearray(page_of(rows, ensure_ascii=False))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    page = unread_rows(bytes(body))
    for row in page.results if page else ():
        json.loads(row)


@pytest.mark.parametrize(
    "body",
    [
        page_of([{"url": "https://b/x?X-Amz-Signature=1"}]),
        page_of([{"asset": {"preview_url": None}}]),
        page_of([{"a": 1}]).replace(b'"a"', b'"\\u0075rl"'),
        page_of([{"a": 1}]).replace(b'"a"', b'"preview_ur\\u006C"'),
        page_of([{"a": 1}], indent=1),
        page_of([{"a": 1}]).replace(b":1}", b":\r1}"),
        page_of([{"a": 1}, "b"]),
        page_of({"a": 1}),
        page_of([{"a": "b"}]).replace(b'"b"', b'"\xff"'),
        page_of([{"a": 1}])[:-1],
        b'[{"a":1}]',
        b'{"rows":[]}',
        b"",
    ],
)
def test_others_are_read(body: bytes) -> None:
    assert unread_rows(body) is None
