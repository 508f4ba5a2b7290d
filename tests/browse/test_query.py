"""The one value that everything on screen answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from peekui.browse.query import AssetQuery
from peekui.filters.expression.parse import parse

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def query(text: str) -> AssetQuery:
    return AssetQuery("ns", ("c1",), filter=parse(text))


def test_relative_times_count_from_when_it_was_asked_in_all_its_pages() -> None:
    asked = replace(query("created_at > -1h"), asked_at=NOON)
    assert asked.body() == asked.body()
    assert asked.body()["filters"] == {
        "AND": [{"key": "created_at", "operator": "gt", "value": "2026-11-22T11:00:00Z"}]
    }
    before = datetime.now(UTC)
    assert before <= query("created_at > -1h").asked_at <= datetime.now(UTC)


def test_the_same_question_later_is_the_same_question() -> None:
    now, later = (replace(query("created_at > -1h"), asked_at=NOON + timedelta(days=day)) for day in (0, 1))
    assert now == later
    assert hash(now) == hash(later)
    assert now.body() != later.body()
    assert now != query("created_at > -2h")


def test_what_is_derived_from_it_counts_from_the_same_moment() -> None:
    asked = query("created_at > -1h")
    assert replace(asked, filter=parse("status = FAILED")).asked_at is asked.asked_at


def test_only_what_counts_depends_on_the_time() -> None:
    assert query("status = FAILED or none(created_at > -1h)").depends_on_time
    assert not query("status = FAILED and muted(created_at > -1h) and created_at > 2026-01-01").depends_on_time
    assert not AssetQuery("ns", ("c1",)).depends_on_time


def test_a_filter_of_which_nothing_counts_is_not_sent() -> None:
    assert "filters" not in query("").body()
    assert "filters" not in query("muted(status = FAILED)").body()
