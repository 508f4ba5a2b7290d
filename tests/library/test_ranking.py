"""The order of a search: by rank, the same whichever page is asked for, and for very many matches by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.library import ranking
from peekui.library.asset_query import Order, Query, ResultList, Term
from peekui.library.store import Store, open_store
from peekui.library.text import words
from tests.library.stocked import empty, new_library, stock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from peekui.library.libraries import Library

RIVER = Term(("*",), "River stone")
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {"number": st.integers(0, 3)},
        optional={
            "title": st.lists(st.sampled_from(["river", "stone", "RIVER", "glass"]), max_size=4).map(" ".join),
            "tags": st.lists(st.sampled_from(["river", "stone", "cloud"]), max_size=4),
        },
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Library]]:
    """An empty store."""
    directory: Path = tmp_path_factory.mktemp("ranking")
    store = open_store(directory / "data")
    yield store, new_library(store, directory)
    store.close()


def found(store: Store, query: Query, *, by_bm25: int = ranking.BY_BM25) -> ResultList:
    """Run a query, with another number of matches that bm25 puts in order."""
    reader = store.reader()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ranking, "BY_BM25", by_bm25)
            return query.find(reader)
    finally:
        reader.close()


def test_few_matches_are_in_the_order_of_bm25(stocked: tuple[Store, Library]) -> None:
    store, library = stocked
    titles = ["glass", "river in the winter light", "river", "river river"]
    rows = stock(store, library, [*({"title": title} for title in titles), {"note": "river in the winter light"}])
    try:
        result = found(store, Query(None, term=Term(("*",), "river")))
        # Oftener is better, a shorter text is better, the title weighs most.
        assert result.ids.tolist() == [rows[3], rows[2], rows[1], rows[4]]
        assert result.scores is not None
        assert result.scores[0] == 1
        assert len(set(result.scores)) == 4
    finally:
        empty(store, rows)


@pytest.mark.parametrize("by_bm25", [0, 2])
def test_very_many_matches_are_in_the_order_of_their_fields(stocked: tuple[Store, Library], by_bm25: int) -> None:
    store, library = stocked
    title, tags, spread = (
        {"title": "stone river"},
        {"title": "glass", "tags": ["river", "stone"]},
        {"title": "river", "tags": ["stone"]},
    )
    rows = stock(store, library, [spread, tags, title, {"title": "river"}, {"title": "river, stone: river stone"}])
    try:
        result = found(store, Query(None, term=RIVER), by_bm25=by_bm25)
        in_title = [rows[2], rows[4]]
        if by_bm25 == 2:  # these two are few enough, and one of them has the words twice
            in_title.reverse()
        assert result.ids.tolist() == [*in_title, rows[1], rows[0]]
    finally:
        empty(store, rows)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(documents=DOCUMENTS, by_bm25=st.integers(0, 6), filtered=st.booleans())
def test_ranking_leaves_nothing_out_and_is_stable(
    stocked: tuple[Store, Library], documents: list[dict[str, object]], by_bm25: int, *, filtered: bool
) -> None:
    store, library = stocked
    rows = stock(store, library, documents)
    filters = Group(Kind.AND, (Condition("metadata.number", Operator.GTE, 2),)) if filtered else None
    try:
        result = found(store, Query(None, filters, RIVER), by_bm25=by_bm25)
        every = found(store, Query(None, filters, RIVER, order=Order("asset_id")))
        assert sorted(result.ids) == sorted(every.ids)
        scores = result.scores
        assert scores is not None
        assert all(0 < score <= 1 for score in scores)
        assert scores.tolist() == sorted(scores, reverse=True)
        ties = zip(zip(scores, result.ids, strict=True), list(zip(scores, result.ids, strict=True))[1:], strict=False)
        assert all(row < after for (score, row), (same, after) in ties if score == same)
        upwards = found(store, Query(None, filters, RIVER, Order("score")), by_bm25=by_bm25)
        assert upwards.ids.tolist() == result.ids.tolist()[::-1]
    finally:
        empty(store, rows)


@given(text=st.text(alphabet=st.characters(max_codepoint=127)))
def test_words_of_ascii_text_are_what_they_are_beside_other_text(text: str) -> None:
    # Folding takes a short cut where all of a text is ASCII.
    assert words(f"{text} Ü").split() == [*words(text).split(), "u"]
