"""The SQL of a filter against section 6 read word for word, on random trees and random documents."""

# ruff: noqa: ANN401 - JSON can be anything

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.library import fields
from peekui.library.asset_query import Order, Query
from peekui.library.store import Store, open_store
from tests.library.naive_filter import matches, sort_key
from tests.library.stocked import document, empty, new_library, stock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from peekui.library.libraries import Library

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "a",
            "A",
            "b c",
            "Straße",
            "STRASSE",
            "ﬁn",
            "İstanbul",
            "Café",
            "cafe",
            "30",
            "true",
            "null",
            "x\x00y",
            "x\x01y",
            "x\x02y",
            "x",
            "x\x01",
            "\U0001f600",
            "\uffff",
            "n",
            "o",
            "sa",
        ]
    ),
    st.text(alphabet="aAbB \x00\x01\x02\x03éÉßς", max_size=4),
)
DATES = st.sampled_from(
    [
        "2024-05-01",
        "2024-05-01T00:00:00Z",
        "2024-05-01t02:00:00+02:00",
        "2024-05-01 00:00",
        "2024-05-01T00:00:00.000001Z",
        "2024-05-02T12:30:00",
        "0001-01-01T00:00:00+10:00",
        "9999-12-31T23:59:59Z",
        "2024-13-01",
        "2024-5-1",
        "20240501",
    ]
)
NUMBERS = st.one_of(
    st.sampled_from([0, 1, -1, 1.0, 0.5, 30, 2**53, 2**53 + 1, float(2**53), 2**63 - 1, -(2**63), 1e300, -0.0]),
    st.integers(-3, 3),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS, DATES)
NAMES = st.sampled_from(["a", "b", "c", "A", "é", "a b"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)
DOCUMENTS = st.lists(st.dictionaries(NAMES, VALUES, max_size=4), min_size=1, max_size=6)

SYSTEM_KEYS = [
    "asset_id",
    "collection_id",
    "created_at",
    "duplicate_of",
    "error",
    "error.message",
    "error.type",
    "file_data",
    "file_data.file_size_bytes",
    "file_data.file_type",
    "file_hash",
    "metadata",
    "modality",
    "nothing",
    "status",
    "task_id",
    "updated_at",
]
METADATA_KEYS = st.lists(st.tuples(NAMES, st.sampled_from(["", "[]"])), min_size=1, max_size=3).map(
    lambda parts: ".".join(["metadata", *(name + brackets for name, brackets in parts)])
)
KEYS = st.one_of(METADATA_KEYS, METADATA_KEYS, st.sampled_from(SYSTEM_KEYS))
OPERANDS = st.one_of(
    SCALARS,
    st.sampled_from(["done", "FAILED", "image", "VIDEO", "image/JPEG", "truncated", "ÜNFINISHED", 100, 200.0]),
)
Pair = tuple[str, Any]


def pairs_in(value: Any, path: str) -> list[Pair]:
    """Give the keys that lead somewhere in a document, each with a value that is there."""
    match value:
        case dict():
            return [pair for name, child in value.items() for pair in pairs_in(child, f"{path}.{name}")]
        case list():
            return [pair for child in value for pair in pairs_in(child, path)]
        case _:
            return [(path, value)]


@st.composite
def conditions(draw: st.DrawFn, pairs: list[Pair]) -> Condition:
    """A condition whose operator can have its value; most name a key that is there, with a value near the one there."""
    key, there = draw(KEYS), None
    if pairs and draw(st.integers(0, 3)) > 0:
        key, there = draw(st.sampled_from(pairs))
    operand = draw(st.one_of(OPERANDS, *[st.sampled_from([there, _other_case(there)])] * 3))
    comparable = operand if not isinstance(operand, bool) and operand is not None else 0
    operator = draw(st.sampled_from(Operator))
    match operator:
        case Operator.EXISTS | Operator.IS_NULL:
            value: Any = draw(st.booleans())
        case Operator.IN | Operator.NIN:
            value = [*draw(st.lists(OPERANDS, max_size=3)), operand]
        case Operator.TEXT:
            value = operand if isinstance(operand, str) else draw(TEXTS)
        case Operator.EQ | Operator.NE:
            value = operand
        case _:
            value = comparable
    return Condition(key, operator, value)


def _other_case(value: Any) -> Any:
    return value.swapcase() if isinstance(value, str) else value


def filters(pairs: list[Pair]) -> st.SearchStrategy[Group]:
    """Trees of conditions."""
    return st.recursive(
        conditions(pairs),
        lambda inner: st.builds(
            Group,
            st.sampled_from(Kind),
            st.lists(inner, max_size=3).map(tuple),
            st.sampled_from([None, None, True, False]),
        ),
        max_leaves=6,
    ).map(lambda node: node if isinstance(node, Group) else Group(Kind.AND, (node,)))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[Group]]:
    """Documents, and filters that have to do with them."""
    documents = draw(DOCUMENTS)
    pairs = [pair for metadata in documents for pair in pairs_in(metadata, "metadata")]
    return documents, draw(st.lists(filters(pairs), min_size=4, max_size=10))


@pytest.fixture(scope="module", params=[3, 10**9], ids=["slots", "postings"])
def stocked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Library]]:
    """A store whose paths get slots at once, and one whose paths never do."""
    directory: Path = tmp_path_factory.mktemp("filters")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fields, "PROMOTION_USES", request.param)
        store = open_store(directory / "data")
        yield store, new_library(store, directory)
        store.close()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(case=cases())
def test_sql_says_what_section_6_says(
    stocked: tuple[Store, Library], case: tuple[list[dict[str, Any]], list[Group]]
) -> None:
    store, library = stocked
    documents, groups = case
    rows = stock(store, library, documents)
    reader = store.reader()
    try:
        answered = [document(store, row) for row in rows]
        for group in groups:
            wanted = [row for row, answer in zip(rows, answered, strict=True) if matches(group, answer)]
            assert Query(None, group).find(reader).ids.tolist() == wanted, group
    finally:
        reader.close()
        empty(store, rows)
        assert _leftovers(store) == []


@settings(
    max_examples=75, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(documents=DOCUMENTS, field=st.one_of(METADATA_KEYS, st.sampled_from(SYSTEM_KEYS)))
def test_sorted_nulls_last_stable_and_total(
    stocked: tuple[Store, Library], documents: list[dict[str, Any]], field: str
) -> None:
    store, library = stocked
    rows = stock(store, library, documents)
    reader = store.reader()
    try:
        keys = {row: sort_key(document(store, row), field) for row in rows}
        nothing = [row for row in rows if keys[row] is None]
        found = Query(None, order=Order(field)).find(reader).ids.tolist()
        some = found[: len(rows) - len(nothing)]
        assert sorted(found) == rows
        assert found[len(some) :] == nothing
        assert [keys[row] for row in some] == sorted(key for key in keys.values() if key is not None)
        down = Query(None, order=Order(field, descending=True)).find(reader).ids.tolist()
        assert sorted(down) == rows
        assert down[len(some) :] == nothing
    finally:
        reader.close()
        empty(store, rows)


def _leftovers(store: Store) -> list[tuple[Any, ...]]:
    """What removing every asset has left in the index."""
    reader = store.reader()
    try:
        return [
            *reader.execute("SELECT * FROM posting"),
            *reader.execute("SELECT path, uses FROM field WHERE uses <> 0"),
            *reader.execute("SELECT * FROM field_type WHERE uses <> 0"),
            *reader.execute("SELECT rowid FROM words"),
        ]
    finally:
        reader.close()
