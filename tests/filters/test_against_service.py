"""Evaluation on this side and the filter on the other side of a socket choose the same assets of the demo."""

# ruff: noqa: ANN401 - JSON can be anything

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peekui.filters.comparing import Verdict
from peekui.filters.evaluate import evaluate
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.facts import Facts
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import LIST_VALUED, ORDERING, VALUELESS, Condition, Group, Kind, Operator
from peekui.filters.wire import to_json
from tests.filters.trees import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.service import Service

Pair = tuple[str, Any]
EVERY: Final = {"page_size": 1000}


class Demo:
    """The demo's assets, and what its service says of filters."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        collections = http.get("/v1/collections", params={"page_size": 100}).json()["results"]
        self._collections = [collection["collection_id"] for collection in collections]
        self.assets: list[dict[str, Any]] = self._post({})
        pairs = {(key, repr(value)): (key, value) for asset in self.assets for key, value in pairs_in(asset, "")}
        self._pairs = [pair for _, pair in sorted(pairs.items())]

    def ids(self, tree: Group) -> set[str]:
        """Give the ids of the assets that the service chooses."""
        return {asset["asset_id"] for asset in self._post({"filters": to_json(tree, NOW), "select": ["asset_id"]})}

    def pairs(self) -> st.SearchStrategy[Pair]:
        """Draw a key that leads somewhere in some asset, and a value that is there."""
        return st.integers(0, len(self._pairs) - 1).map(self._pairs.__getitem__)

    def _post(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self._http.post("/v1/assets", params=EVERY, json={"collections": self._collections, **body})
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["results"]
        return found


def pairs_in(value: Any, path: str) -> Iterator[Pair]:
    """Give the keys that lead somewhere in an asset, each with a value that is there."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from pairs_in(child, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for child in value:
            yield from pairs_in(child, path)
    else:
        yield path, value


@pytest.fixture(scope="module")
def library(demo: Service) -> Iterator[Demo]:
    """The demo, and all of its assets."""
    with demo.http() as http:
        yield Demo(http)


@st.composite
def conditions(draw: st.DrawFn, library: Demo) -> Condition:
    """A condition that has to do with what is there."""
    key, there = draw(library.pairs())
    _, other = draw(library.pairs())
    near = [there, there.swapcase() if isinstance(there, str) else there, other]
    operator = draw(st.sampled_from(Operator))
    if operator in VALUELESS:
        value: Any = draw(st.booleans())
    elif operator in LIST_VALUED:
        value = draw(st.lists(st.sampled_from(near), max_size=3))
    elif operator is Operator.TEXT:
        value = str(draw(st.sampled_from(near)))
    elif operator in ORDERING:
        comparable = [item for item in near if item is not None and not isinstance(item, bool)]
        value = draw(st.sampled_from([*comparable, 1, RelativeTime(-90, "d")]))
    else:
        value = draw(st.sampled_from(near))
    return Condition(key, operator, value, muted=draw(st.sampled_from([False, False, False, True])))


@st.composite
def trees(draw: st.DrawFn, library: Demo) -> Group:
    """A tree of such conditions."""

    def grow(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Group]:
        several = st.lists(children, min_size=1, max_size=3).map(tuple)
        return st.builds(Group, st.sampled_from(Kind), several, st.sampled_from([None, None, True, False]))

    return draw(grow(st.recursive(conditions(library), grow, max_leaves=6)))


def assert_same_choice(library: Demo, tree: Group) -> None:
    """Compare who is chosen; where evaluation does not know, either answer is right."""
    chosen = library.ids(tree)
    for asset in library.assets:
        verdict = evaluate(tree, Facts(asset), NOW).verdict
        if verdict is not Verdict.UNKNOWN:
            assert (asset["asset_id"] in chosen) == (verdict is Verdict.TRUE), (to_expression(tree), asset)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_filters_choose_the_same_assets(library: Demo, data: st.DataObject) -> None:
    assert_same_choice(library, data.draw(trees(library)))


@pytest.mark.parametrize(
    "text",
    [
        "status = failed",
        "case(status = failed)",
        "status = FAILED and modality in (video, image) and none(metadata.title ~ 'draft', error.message ~ 'x')",
        "file_data.file_size_bytes > 10kB and duplicate_of missing",
        "created_at > -90d or metadata.width >= 192",
        "not (modality = image or modality is null)",
        "any(metadata.gone = 1) or all()",
    ],
)
def test_filters_people_write_choose_the_same_assets(library: Demo, text: str) -> None:
    assert_same_choice(library, parse(text))


def test_most_filters_are_decided(library: Demo) -> None:
    tree = parse("status = FAILED or metadata.width > 100")
    verdicts = {evaluate(tree, Facts(asset), NOW).verdict for asset in library.assets}
    assert verdicts == {Verdict.TRUE, Verdict.FALSE}
