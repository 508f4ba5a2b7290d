"""Rows: what is kept of an asset comes back, and holds no secret and no whole log."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.api.models import Asset
from peekui.triage.rows import LONGEST_TEXT, BadRow, Row

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=40)
@given(JSON, st.dictionaries(st.sampled_from("xyz"), JSON), st.sampled_from(["FAILED", "done", None]))
def test_what_is_kept_comes_back(error: object, metadata: object, status: str | None) -> None:
    given_asset = {"asset_id": "a", "error": error, "metadata": metadata, "status": status, "created_at": "2026-01-02"}
    row = Row.of(Asset.model_validate(given_asset), with_metadata=True)
    assert row is not None
    again = Row.from_json(row.to_json())
    assert (json.dumps(again.error), again.metadata) == (json.dumps(row.error), metadata)
    assert (again.status, again.created, again.seen) == (row.status, row.created, row.created)


def test_an_asset_without_an_id_is_none() -> None:
    assert Row.of(Asset(asset_id="")) is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"asset_id": "a", "strange": 1}', '{"asset_id": "a", "created": "x"}', '{"title": "a"}']
)
def test_what_is_no_row_is_told(text: str) -> None:
    with pytest.raises(BadRow):
        Row.from_json(text)


def test_errors_are_kept_without_secrets_and_cut_off() -> None:
    url = 'got 403 for https://s3.test/a?X-Amz-Signature=5ec3e7 "quoted\\" and sk_5ec3e7'
    row = Row.of(Asset(asset_id="a", error={"message": url, "more": ["x" * 9999]}))
    assert row is not None
    assert "5ec3e7" not in row.to_json()
    assert '"quoted' in str(row.error)
    assert str(row.error).count("x") == LONGEST_TEXT
