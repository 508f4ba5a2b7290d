"""Strategies for searches: anything that a line can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from peekui.browse.query import Sort, TextQuery
from peekui.filters.nodes import Group, Kind
from peekui.search.searches import MOST_ROWS, Search
from tests.filters.trees import any_trees

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["any_searches"]

_CUNNING: Final = st.sampled_from(
    [
        "", " ", "sunset beach", "two  blanks", "line\nbreak",
        "status = DONE", "tiger missing", "what exists", "do not",
        "(cat)", "(a = 1)", "all", "all(", "all()", "not", "birds in flight", "in (", 'in:photos', "size:", "text:x",
        '"golden gate" bridge', '"never closed', "it's", "'tis", '5" pipe', 'a "b c',
        "@saved", "@ saved", "ast_1", "{}", '{"a": 1}',
        "curl https://x", "https://x/y?Signature=1", "0" * 64, "back\\slash", '"\\',
        "\u202e", "ünï", "-7d", "a:b", ",", "- x",
    ]
)  # fmt: skip
_TEXTS: Final = st.one_of(
    _CUNNING,
    st.lists(_CUNNING, max_size=3).map(" ".join),
    st.text(alphabet=st.sampled_from("ab \"'\\()=<>:,~-@\n"), max_size=12),
    st.text(max_size=8),
)
_NAMES: Final = st.one_of(
    st.sampled_from(["photos", "a.b[]", "-x", "*", "all", "my, own", "it's", '"']), _TEXTS.filter(bool)
)
_LISTS: Final = st.lists(_NAMES, min_size=1, max_size=3).map(tuple)
_FILTERS: Final = any_trees.map(lambda tree: None if tree == Group(Kind.AND) else tree)

any_searches: Final[SearchStrategy[Search]] = st.builds(
    Search,
    text=st.none() | st.builds(TextQuery, _TEXTS, st.just(("*",)) | _LISTS),
    filter=st.none() | _FILTERS,
    collections=st.just(()) | _LISTS,
    sort=st.none() | st.builds(Sort, _NAMES, st.booleans()),
    select=st.none() | _LISTS,
    page_size=st.none() | st.integers(1, MOST_ROWS),
)
"""Every sort of search, its words and names made to be mistaken for something else."""
