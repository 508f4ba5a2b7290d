"""Filters in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from peekui.filters.explain import explain
from peekui.filters.expression.parse import parse
from tests.filters.trees import any_trees

if TYPE_CHECKING:
    from peekui.filters.nodes import Group


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "everything"),
        (
            "status = FAILED and modality in (video, image) and none(metadata.title ~ 'draft', error exists)",
            "failed, and video or image, and none of (title mentions “draft”, has an error)",
        ),
        ("status != DONE", "not done"),
        ("modality not in (video, image)", "neither video nor image"),
        ("modality in (a, b, c)", "a, b or c"),
        ("metadata.page_count >= 3 or metadata.author = Ann", "page count is at least 3, or author is Ann"),
        ("metadata.author not in (Ann, Bo)", "author is neither Ann nor Bo"),
        ("metadata.author in ()", "author is in an empty list"),
        ("created_at > -7d", "created in the last 7 days"),
        ("created_at < -1h", "created more than 1 hour ago"),
        ("created_at < +2w", "created earlier than 2 weeks from now"),
        ("updated_at >= 2024-05-01", "updated at or after 2024-05-01"),
        ("file_data.file_size_bytes > 10MB", "size is over 10MB"),
        ("metadata.tags exists and metadata.title missing", "has tags, and has no title"),
        ("metadata.title is null and metadata.x is not null", "title is null or missing, and x has a value"),
        ("a = 1 or (b = 2 and c = 3)", "a is 1, or all of (b is 2, c is 3)"),
        ("a = 1 and case(b = x or c = y)", "a is 1, and b is x or c is y (in this very case)"),
        ("not error exists", "none of (has an error)"),
        ("a = 1 and muted(b = 2)", "a is 1"),
        ("a = 1 and any()", "a is 1, and everything"),
    ],
)
def test_by_example(text: str, words: str) -> None:
    assert explain(parse(text)) == words


@settings(max_examples=200, deadline=None)
@given(any_trees)
def test_every_tree_can_be_said(tree: Group) -> None:
    assert explain(tree).isprintable()
