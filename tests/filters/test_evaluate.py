"""A filter held against one asset: by example, and against section 6 read word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from peekui.filters.comparing import Verdict
from peekui.filters.evaluate import evaluate
from peekui.filters.expression.parse import parse
from peekui.filters.facts import Facts
from peekui.filters.wire import from_json, to_json
from tests.filters.trees import NOW, assets, matches, small_trees
from tests.library import naive_filter

if TYPE_CHECKING:
    from peekui.filters.nodes import Group

ASSET: dict[str, Any] = {
    "status": "FAILED",
    "created_at": "2024-05-05T00:00:00",
    "file_data": {"file_size_bytes": 10_000_000},
    "metadata": {
        "title": "A draft",
        "tags": ["x", "y", ["z"]],
        "empty": [],
        "none": None,
        "deep": [{"a": 1}, {"b": 2}],
    },
    "error": {"message": "broken"},
}
TRUE, FALSE, UNKNOWN = Verdict.TRUE, Verdict.FALSE, Verdict.UNKNOWN


@settings(max_examples=1000, deadline=None)
@given(tree=small_trees, asset=assets)
def test_evaluation_is_section_6_word_for_word(tree: Group, asset: dict[str, Any]) -> None:
    sent = from_json(to_json(tree, NOW))
    assert matches(tree, asset) == naive_filter.matches(sent, asset)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("", TRUE),
        ("status = failed", TRUE),
        ("case(status = failed)", FALSE),
        ("created_at > -7d", TRUE),
        ("created_at > -3d", FALSE),
        ("created_at = 2024-05-05T02:00:00+02:00", TRUE),
        ("file_data.file_size_bytes >= 10MB", TRUE),
        ('file_data.file_size_bytes >= "10MB"', FALSE),
        ("metadata.tags = z", TRUE),
        ("metadata.tags not in (a, Z)", FALSE),
        ("metadata.deep[].a = 1 and metadata.deep.b = 2", TRUE),
        ("metadata.empty exists and metadata.empty is not null", TRUE),
        ("metadata.none exists and metadata.none is null", TRUE),
        ("metadata.gone missing and metadata.gone is null and metadata.gone != 1", TRUE),
        ("metadata.gone < 1 or metadata.none < 1", FALSE),
        ("none(any(), status = x)", FALSE),
        ('metadata.title ~ "draft"', UNKNOWN),
        ('metadata.tags ~ "draft" or metadata.gone ~ "draft"', UNKNOWN),
        ('metadata.gone ~ "draft"', FALSE),
        ('metadata.title ~ "draft" and status = DONE', FALSE),
        ('metadata.title ~ "draft" or status = FAILED', TRUE),
        ('not metadata.title ~ "draft"', UNKNOWN),
        ("muted(status = DONE) and status = FAILED", TRUE),
        ("muted(all(status = DONE))", TRUE),
    ],
)
def test_by_example(text: str, verdict: Verdict) -> None:
    assert evaluate(parse(text), Facts(ASSET), NOW).verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("metadata.title = x", FALSE),
        ("metadata.author = x", UNKNOWN),
        ("metadata exists", UNKNOWN),
        ("file_data.file_type missing", FALSE),
        ("status = FAILED or error exists", UNKNOWN),
        ("metadata.title = x and error exists", FALSE),
    ],
)
def test_a_field_that_was_not_fetched_is_unknown(text: str, verdict: Verdict) -> None:
    part: dict[str, Any] = {"metadata": {"title": "A draft"}, "file_data": {"file_type": "image/jpeg"}}
    facts = Facts(part, fetched=("metadata.title", "file_data"))
    assert evaluate(parse(text), facts, NOW).verdict is verdict


def test_every_node_has_its_verdict_and_what_is_there() -> None:
    tree = parse('status = DONE and any(metadata.tags = q, muted(error exists)) and not metadata.title ~ "a"')
    finding = evaluate(tree, Facts(ASSET), NOW)
    assert finding.verdict is FALSE
    assert (finding.at((0,)).verdict, finding.at((0,)).actual) == (FALSE, ("FAILED",))
    assert finding.at((1,)).verdict is FALSE
    assert finding.at((1, 0)).actual == (["x", "y", ["z"]],)
    assert (finding.at((1, 1)).verdict, finding.at((1, 1)).counts) == (TRUE, False)
    assert finding.at((2,)).verdict is UNKNOWN
    assert finding.at((2, 0)).node == tree.children[2].children[0]  # type: ignore[union-attr]


def test_metadata_of_any_depth_is_no_crash() -> None:
    deep: Any = 1
    for _ in range(5_000):
        deep = [deep]
    assert evaluate(parse("a = 1"), Facts({"a": deep}), NOW).verdict is TRUE
