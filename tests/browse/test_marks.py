"""Marks: by id, in the order they were made."""

from __future__ import annotations

from peekui.api.models import Asset
from peekui.browse.marks import Mark, Marks

A, B, C = (Mark(name, name.upper(), "ns_1") for name in "abc")


def ids(marks: Marks) -> list[str]:
    return [mark.asset_id for mark in marks]


def test_a_mark_knows_what_is_needed_later() -> None:
    asset = Asset(asset_id="a1", metadata={"file_name": "sea.jpg"})
    assert Mark.of(asset, "ns_1") == Mark("a1", "sea.jpg", "ns_1")
    assert Mark.of(Asset(metadata={"file_name": "sea.jpg"}), None) is None


def test_marks_keep_their_order_and_are_made_once() -> None:
    marks = Marks().added([B, A]).added([C, A])
    assert ids(marks) == ["b", "a", "c"]
    assert len(marks) == 3
    assert "a" in marks
    assert None not in marks


def test_inverting() -> None:
    marks = Marks().added([A, B]).inverted([B, C])
    assert ids(marks) == ["a", "c"]
    assert ids(marks.inverted([A, C])) == []


def test_unmarking_what_is_done() -> None:
    before = Marks().added([A, B, C])
    assert ids(before.without(["b", "x"])) == ["a", "c"]
    assert ids(before) == ["a", "b", "c"]
    assert not Marks()
