"""Rows for tests, and strategies that make them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from peekui.triage.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.filters.nodes import JsonValue

__all__ = ["NOW", "copy", "failure", "libraries"]

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def failure(name: str, error: JsonValue, *, days_ago: float = 0, **fields: Any) -> Row:  # noqa: ANN401  (of a Row)
    moment = NOW - timedelta(days=days_ago)
    return Row(name, name, status="failed", error=error, created=moment, updated=moment, **fields)


def copy(
    name: str,
    file_hash: str | None = "h",
    *,
    of: str | None = None,
    metadata: object = None,
    age: int = 0,
    **fields: Any,  # noqa: ANN401  (of a Row)
) -> Row:
    given: dict[str, Any] = {"status": "done", "collection": "c", "size": 10} | fields
    moment = NOW - timedelta(days=age)
    text = json.dumps(metadata or {})
    return Row(
        name, name, file_hash=file_hash, duplicate_of=of, created=moment, updated=moment, metadata_json=text, **given
    )


_NAMES = [f"a{number}" for number in range(12)]


@st.composite
def libraries(draw: st.DrawFn) -> Sequence[Row]:
    """Give assets whose hashes, links and features are any: with cycles, missing originals, missing hashes."""
    names = draw(st.lists(st.sampled_from(_NAMES), unique=True, min_size=1))
    return [
        copy(
            name,
            draw(st.sampled_from(["h1", "h2", "h3", None])),
            of=draw(st.none() | st.sampled_from([*_NAMES, "missing"])),
            age=draw(st.integers(0, 3)),
            status=draw(st.sampled_from(["done", "failed"])),
            collection=draw(st.sampled_from(["p", "q", ""])),
            metadata=draw(st.dictionaries(st.sampled_from("xyz"), st.integers(0, 1))),
            featured=draw(st.sampled_from([None, True, False])),
        )
        for name in names
    ]
