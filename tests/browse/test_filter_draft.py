"""A filter while it is being built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.browse.filter_draft import NOTHING, FilterDraft, NodeNote
from peekui.filters import edits
from peekui.filters.nodes import Condition, Group, Kind
from peekui.filters.schema import Schema

if TYPE_CHECKING:
    from peekui.filters.paths import Path

FAILED = Condition("status", value="FAILED")
DONE = Condition("status", value="DONE")


@pytest.fixture
def draft() -> FilterDraft:
    return FilterDraft(None, Schema())


def test_edits_take_the_node_they_were_about_in_hand(draft: FilterDraft) -> None:
    assert draft.tree is NOTHING
    draft.apply(edits.insert(draft.tree, (0,), FAILED))
    assert (draft.node, draft.path) == (FAILED, (0,))


def test_undo_and_redo_go_through_the_trees(draft: FilterDraft) -> None:
    draft.apply(edits.insert(draft.tree, (0,), FAILED))
    draft.apply(edits.insert(draft.tree, (1,), DONE))
    draft.select((0,))
    assert draft.undo()
    assert draft.tree == Group(Kind.AND, (FAILED,))
    assert draft.undo()
    assert not draft.undo()
    assert draft.tree == NOTHING
    assert draft.redo()
    assert draft.redo()
    assert not draft.redo()
    assert draft.tree == Group(Kind.AND, (FAILED, DONE))


def test_what_was_known_of_a_tree_is_forgotten_with_it(draft: FilterDraft) -> None:
    draft.apply(edits.insert(draft.tree, (0,), FAILED))
    draft.count(3)
    draft.note({(0,): NodeNote("alone 3")})
    draft.select(())
    assert (draft.total, draft.notes) == (3, {(0,): NodeNote("alone 3")})
    draft.apply(edits.mute(draft.tree, (0,)))
    assert (draft.total, draft.notes) == (None, {})


def test_a_tree_from_a_text_keeps_the_place(draft: FilterDraft) -> None:
    draft.apply(edits.insert(draft.tree, (0,), Group(Kind.OR, (FAILED, DONE))))
    draft.select((0, 1))
    draft.replace(Group(Kind.AND, (Group(Kind.NOR, (FAILED, DONE)),)))
    assert list(draft.path) == [0, 1]
    draft.replace(Group(Kind.AND, (FAILED,)))
    assert list(draft.path) == [0]


def found(draft: FilterDraft) -> list[Path] | None:
    return [problem.path for problem in draft.problems] if draft.checked else None


def test_problems_follow_the_tree(draft: FilterDraft) -> None:
    draft.apply(edits.insert(draft.tree, (0,), Group(Kind.OR)))
    assert not found(draft)
    draft.check()
    assert found(draft) == [(0,)]
    assert list(draft.problems_at((0,))) == list(draft.problems_in_hand) == list(draft.problems)
    draft.begin_condition()
    assert list(draft.problems_in_hand) == []
    draft.apply(edits.remove(draft.tree, (0,)))
    assert not found(draft)


def test_room_for_a_condition_is_in_the_group_or_behind_the_condition(draft: FilterDraft) -> None:
    places: list[Path | None] = []
    draft.on_change(lambda: places.append(draft.inserting))
    draft.begin_condition()
    draft.apply(edits.insert(draft.tree, (0,), Group(Kind.OR, (FAILED, DONE))))
    draft.begin_condition()
    draft.select((0, 0))
    draft.begin_condition()
    draft.select((0, 0))
    assert places == [(0,), None, (0, 2), None, (0, 1), None]


def test_who_looks_is_told(draft: FilterDraft) -> None:
    told: list[Group] = []
    draft.on_change(lambda: told.append(draft.tree))
    draft.apply(edits.insert(draft.tree, (0,), FAILED))
    draft.select((0,))
    draft.replace(draft.tree)
    assert len(told) == 1
    draft.select(())
    draft.undo()
    assert len(told) == 3
