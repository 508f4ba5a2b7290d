"""Strategies for filters: any tree there can be, and trees that have to do with small assets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from peekui.filters.comparing import Verdict
from peekui.filters.evaluate import evaluate
from peekui.filters.facts import Facts
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import LIST_VALUED, ORDERING, VALUELESS, Condition, Group, Kind, Operator

if TYPE_CHECKING:
    from peekui.filters.nodes import Node

__all__ = ["NOW", "any_trees", "assets", "json_trees", "matches", "small_trees"]

NOW: Final = datetime(2024, 5, 8, 12, tzinfo=UTC)

_WORDS: Final = st.sampled_from(
    [
        "",
        "a",
        "and",
        "NOT",
        "all",
        "null",
        "True",
        "30",
        "-7d",
        "+2w",
        "10MB",
        "007",
        "1e5",
        "-",
        "a b",
        "a:b",
        "[]",
        "x[]y",
        "(a)",
        "2024-05-01",
        "2024-05-01T10:00:00+02:00",
        "2024-13-01",
        'say "hi"',
        "it's",
        "back\\slash",
        "\n",
        "\u202e",
        "\U000e0001",
        "ünïcode",
        "\u0939\u093f",
    ]
)
_TEXTS: Final = st.one_of(_WORDS, st.text(max_size=8))
_SCALARS: Final = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), _TEXTS
)
_JSON: Final = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3), max_leaves=5
)
_KEYS: Final = st.one_of(
    st.sampled_from(["status", "entities[].node", "file_data.file_size_bytes", "not", "Missing", "-7d"]),
    _TEXTS.filter(bool),
)
_RELATIVE: Final = st.builds(RelativeTime, st.integers(-2000, 2000), st.sampled_from("smhdw"))


def _conditions(*, lasting: bool) -> st.SearchStrategy[Condition]:
    muted = st.just(value=False) if lasting else st.booleans()
    plain = sorted(set(Operator) - ORDERING - LIST_VALUED - VALUELESS - {Operator.TEXT})
    ordered = _JSON if lasting else _JSON | _RELATIVE
    return st.one_of(
        st.builds(Condition, _KEYS, st.sampled_from(plain), _JSON, muted),
        st.builds(Condition, _KEYS, st.sampled_from(sorted(ORDERING)), ordered, muted),
        st.builds(Condition, _KEYS, st.sampled_from(sorted(LIST_VALUED)), st.lists(_JSON, max_size=3), muted),
        st.builds(Condition, _KEYS, st.sampled_from(sorted(VALUELESS)), st.booleans(), muted),
        st.builds(Condition, _KEYS, st.just(Operator.TEXT), _TEXTS, muted),
    )


def _groups(children: st.SearchStrategy[Any], *, lasting: bool) -> st.SearchStrategy[Group]:
    case = st.sampled_from([None, None, True, False])
    muted = st.just(value=False) if lasting else st.sampled_from([False, False, True])
    return st.builds(Group, st.sampled_from(Kind), st.lists(children, max_size=4).map(tuple), case, muted)


def _trees(conditions: st.SearchStrategy[Condition], *, lasting: bool, leaves: int) -> st.SearchStrategy[Group]:
    def grow(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return _groups(children, lasting=lasting)

    return grow(st.recursive(conditions, grow, max_leaves=leaves))


any_trees: Final = _trees(_conditions(lasting=False), lasting=False, leaves=12)
"""Every sort of tree, muted nodes and relative times included."""
json_trees: Final = _trees(_conditions(lasting=True), lasting=True, leaves=12)
"""Trees that JSON can hold."""

_NAMES: Final = st.sampled_from(["a", "b", "c"])
_SMALL: Final[st.SearchStrategy[Any]] = st.sampled_from(
    [None, True, False, 0, 1, 1.0, 1.5, 2, "", "x", "X", "y z", "1", "2024-05-01", "2024-05-01T00:00:00Z", "2024-05-08"]
)
_SMALL_JSON: Final = st.recursive(
    _SMALL, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=2), max_leaves=3
)
assets: Final = st.dictionaries(_NAMES, _SMALL_JSON, max_size=3)
"""Assets that small trees have to do with."""


@st.composite
def _small_conditions(draw: st.DrawFn) -> Condition:
    key = draw(st.sampled_from(["a", "b", "a[]", "a.b", "c"]))
    operator = draw(st.sampled_from(sorted(set(Operator) - {Operator.TEXT})))
    if operator in VALUELESS:
        value: Any = draw(st.booleans())
    elif operator in LIST_VALUED:
        value = draw(st.lists(_SMALL, max_size=3))
    elif operator in ORDERING:
        value = draw(st.sampled_from([0, 1, 1.5, "", "x", "2024-05-01", RelativeTime(-7, "d"), RelativeTime(0, "d")]))
    else:
        value = draw(_SMALL)
    return Condition(key, operator, value, draw(st.sampled_from([False, False, False, True])))


small_trees: Final = _trees(_small_conditions(), lasting=False, leaves=10)
"""Trees of conditions without `text` on few fields and few values, so that they often match."""


def matches(node: Node, asset: dict[str, Any]) -> bool:
    """Tell whether a wholly known asset matches a tree without `text`."""
    group = node if isinstance(node, Group) else Group(Kind.AND, (node,))
    answer = evaluate(group, Facts(asset), NOW).verdict
    assert answer is not Verdict.UNKNOWN
    return answer is Verdict.TRUE


ALL_THREE_LISTS = {
    "case_sensitive": True,
    "AND": [
        {"key": "metadata.author", "operator": "eq", "value": "John"},
        {"key": "metadata.age", "operator": "gte", "value": 30},
    ],
    "OR": [
        {"key": "status", "operator": "eq", "value": "DONE"},
        {"AND": [{"key": "entities[].node", "operator": "in", "value": ["n1", "n2"]}]},
    ],
    "NOR": [
        {"key": "error", "operator": "exists", "value": True},
        {"key": "metadata.title", "operator": "text", "value": "draft"},
    ],
}
"""The reference's example of one object with all three lists (mixpeek-api.md, section 6)."""
