"""Groups of copies, what is wrong with their links, and what may never be dropped whatever is chosen."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.triage.differences import differences
from peekui.triage.duplicates import Flaw, group_duplicates
from peekui.triage.keep_rules import Criterion, KeepRule, decide, effect
from peekui.triage.plans.making import make_plan, plan_drops
from peekui.triage.proposing import propose
from peekui.triage.review import KeepRefused, Review
from tests.triage.rows import copy, libraries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.review import Choice
    from peekui.triage.rows import Row

RULES = st.builds(
    KeepRule,
    st.lists(st.sampled_from(Criterion), unique=True, max_size=4).map(tuple),
    st.lists(st.sampled_from(["p", "q"]), unique=True).map(tuple),
    st.frozensets(st.sampled_from(["p", "q"]), max_size=1),
)
KEYS = st.lists(
    st.tuples(st.sampled_from(["only", "toggle", "all", "not", "accept", "undo", "back"]), st.integers(0, 11))
)


def only(rows: Sequence[Row]) -> DuplicateGroup:
    [group] = group_duplicates(rows)
    return group


@pytest.mark.parametrize(
    ("rows", "original", "flaws"),
    [
        ([copy("a", age=2), copy("b", of="a")], "a", ()),
        ([copy("a", age=2), copy("b", of="a", age=1), copy("c", of="b")], "a", (Flaw.CHAIN,)),
        ([copy("a", of="b"), copy("b", of="a")], None, (Flaw.CYCLE,)),
        ([copy("a", of="a")], None, (Flaw.CYCLE,)),
        ([copy("a", of="gone")], None, (Flaw.MISSING,)),
        ([copy("a", status="failed"), copy("b", of="a")], "a", (Flaw.FAILED,)),
        ([copy("a"), copy("b")], None, (Flaw.UNLINKED,)),
        ([copy("a"), copy("b", of="a"), copy("c")], "a", (Flaw.UNLINKED,)),
        ([copy("a", "h1"), copy("b", "h2", of="a")], "a", (Flaw.DIFFERENT,)),
        ([copy("a", None), copy("b", "h", of="a")], "a", (Flaw.DIFFERENT,)),
        ([copy("a"), copy("b", of="a")], "a", ()),
        ([copy("a", of="b"), copy("b", of="c"), copy("c", of="a")], None, (Flaw.CYCLE,)),
        (
            [copy("a", of="gone"), copy("b", of="a", status="failed"), copy("c", "h2", of="b"), copy("d")],
            None,
            (Flaw.CHAIN, Flaw.MISSING, Flaw.FAILED, Flaw.UNLINKED, Flaw.DIFFERENT),
        ),
    ],
)
def test_what_is_wrong_with_links(rows: Sequence[Row], original: str | None, flaws: tuple[Flaw, ...]) -> None:
    group = only(rows)
    assert (group.original, group.flaws) == (original, flaws)
    assert {row.asset_id for row in group.members} == {row.asset_id for row in rows}


def test_a_long_chain_takes_no_long_time() -> None:
    rows = [copy("0", age=1), *(copy(str(number), of=str(number - 1)) for number in range(1, 20_000))]
    group = only(rows[::-1])
    assert (group.original, group.flaws, len(group.members)) == ("0", (Flaw.CHAIN,), 20_000)


def test_alone_is_no_group_and_the_largest_come_first() -> None:
    rows = [copy("a", "h1"), copy("b", "h2", size=5), copy("c", "h2", size=5), copy("d", "h3"), copy("e", "h3")]
    groups = group_duplicates([*rows, copy("f", None), copy("g", None)])
    assert [[row.asset_id for row in group.members] for group in groups] == [["d", "e"], ["b", "c"]]
    assert [group.spare_bytes for group in groups] == [10, 5]
    assert group_duplicates(rows, different=frozenset({groups[0].key})) == groups[1:]


@given(libraries())
def test_groups_share_no_asset_and_split_no_hash(rows: Sequence[Row]) -> None:
    groups = group_duplicates(rows)
    names = [row.asset_id for group in groups for row in group.members]
    assert len(names) == len(set(names))
    for file_hash in {row.file_hash for row in rows if row.file_hash}:
        same = {row.asset_id for row in rows if row.file_hash == file_hash}
        holding = [group for group in groups if same & {row.asset_id for row in group.members}]
        assert len(same) == 1 or [same <= {row.asset_id for row in group.members} for group in holding] == [True]


@given(libraries(), RULES)
def test_no_rule_drops_the_last_copy_or_what_is_protected(rows: Sequence[Row], rule: KeepRule) -> None:
    gone = {asset_id for group in group_duplicates(rows) for asset_id in decide(group, rule).drop}
    assert_nothing_is_lost(rows, gone, rule)


@given(libraries(), RULES, KEYS)
def test_no_order_of_choices_does_either(rows: Sequence[Row], rule: KeepRule, keys: list[tuple[str, int]]) -> None:
    groups = group_duplicates(rows)
    if not groups:
        return
    review = Review(tuple(groups), rule)
    for key, number in keys:
        review = pressed(review, key, number)
        assert_nothing_is_lost(rows, dropped((group, review.choice_for(group)) for group in groups), rule)
    again = Review(tuple(groups), rule).resumed(review.to_json())
    assert (again.choices, again.position) == (review.choices, review.position)
    assert_nothing_is_lost(rows, dropped(review.accepted_by_rule().settled()), rule)


@given(libraries(), libraries(), st.tuples(RULES, RULES), KEYS)
def test_no_interruption_does_either(
    before: Sequence[Row], others: Sequence[Row], rules: tuple[KeepRule, KeepRule], keys: list[tuple[str, int]]
) -> None:
    """What was kept is taken up again over assets that came and changed meanwhile, and by another rule."""
    after = list({row.asset_id: row for row in (*before, *others)}.values())
    first, later = group_duplicates(before), group_duplicates(after)
    if not first:
        return
    review = Review(tuple(first), rules[0])
    for key, number in keys:
        review = pressed(review, key, number)
    assert_no_prefix_loses(before, review.with_rule(rules[1]).accepted_by_rule())
    kept = json.loads(json.dumps(review.to_json()))
    resumed = Review(tuple(later), rules[1]).resumed(kept)
    assert_no_prefix_loses(after, resumed)
    assert_no_prefix_loses(after, resumed.accepted_by_rule())


@given(libraries(), RULES, st.data())
def test_nor_does_what_was_kept_by_somebody_else(rows: Sequence[Row], rule: KeepRule, data: st.DataObject) -> None:
    groups = group_duplicates(rows)
    if not groups:
        return
    choices = {
        group.key: {
            "keep": sorted(data.draw(st.sets(st.sampled_from([row.asset_id for row in group.members])))),
            "accepted": True,
            "different": False,
        }
        for group in groups
    }
    kept = {"group": groups[0].key, "choices": choices}
    assert_no_prefix_loses(rows, Review(tuple(groups), rule).resumed(kept))


def pressed(review: Review, key: str, number: int) -> Review:
    """Press a key of the review; one that is refused changes nothing."""
    members = review.group.members
    asset_id = members[number % len(members)].asset_id
    presses: dict[str, Callable[[], Review]] = {
        "only": partial(review.keeping_only, asset_id),
        "toggle": partial(review.toggled, asset_id),
        "all": review.keeping_all,
        "not": review.not_duplicates,
        "accept": review.accepted,
        "undo": review.undone,
        "back": partial(review.moved, number - 6),
    }
    with suppress(KeepRefused):
        return presses[key]()
    return review


def assert_no_prefix_loses(rows: Sequence[Row], review: Review) -> None:
    """A plan of what is settled is not refused, and wherever it is stopped nothing was lost."""
    decisions = [(group, choice.keep) for group, choice in review.settled() if not choice.different]
    protected = review.rule.protected
    plan = make_plan(plan_drops(decisions, "test"), base_url="", namespace=None, protected=protected, about="")
    gone: set[str] = set()
    for act in plan.acts:
        gone.add(act.asset_id)
        assert_nothing_is_lost(rows, gone, review.rule)
    assert gone == dropped(review.settled())


def dropped(chosen: Iterable[tuple[DuplicateGroup, Choice]]) -> set[str]:
    return {row.asset_id for group, choice in chosen for row in group.members if row.asset_id not in choice.keep}


def assert_nothing_is_lost(rows: Sequence[Row], gone: set[str], rule: KeepRule) -> None:
    left = {row.file_hash for row in rows if row.asset_id not in gone}
    for row in rows:
        if row.asset_id in gone:
            assert row.file_hash
            assert row.file_hash in left
            assert not row.protected_by(rule.protected)


@pytest.mark.parametrize(
    ("criterion", "keeper"),
    [
        (Criterion.ORIGINAL, "middle"),
        (Criterion.DONE, "old"),
        (Criterion.COLLECTIONS, "new"),
        (Criterion.PROTECTED, "middle"),
        (Criterion.OLDEST, "old"),
        (Criterion.NEWEST, "new"),
        (Criterion.MOST_METADATA, "middle"),
        (Criterion.SHORTEST_NAME, "new"),
        (Criterion.LONGEST_NAME, "old"),
        (Criterion.HAS_FEATURES, "new"),
    ],
)
def test_each_criterion_prefers(criterion: Criterion, keeper: str) -> None:
    group = only(
        [
            copy("old", age=9, of="middle", metadata={"file_name": "aaaa"}),
            copy("middle", age=5, status="failed", collection="p", metadata={"file_name": "bbb", "more": 1}),
            copy("new", of="middle", status="failed", collection="q", metadata={"file_name": "cc"}),
        ]
    )
    rule = KeepRule((criterion,), collections=("q",), protected=frozenset({"p"}))
    verdict = decide(group.telling({"old": False, "middle": False, "new": True}), rule)
    assert (verdict.keepers, verdict.why, verdict.tied) == ((keeper,), (criterion,), False)
    assert set(verdict.drop) == {"old", "middle", "new"} - {keeper, "middle"}


def test_a_tie_is_reported_and_the_effect_counts_what_was_won() -> None:
    tied, won = [copy("a", "h1"), copy("b", "h1")], [copy("c", "h2"), copy("d", "h2", status="failed")]
    groups = group_duplicates([*tied, *won])
    rule = KeepRule((Criterion.DONE, Criterion.HAS_FEATURES))
    assert {group.members[0].asset_id: decide(group, rule).tied for group in groups} == {"a": True, "c": False}
    result = effect(groups, rule)
    assert (result.decided, result.tied, result.drops, result.spare_bytes) == (1, 1, 1, 10)


def test_the_rule_behind_choices_is_found() -> None:
    # Kept is always the one in q; of two in q the newer.
    groups = [
        only([copy(f"p{n}", f"h{n}", collection="p", age=9), copy(f"q{n}", f"h{n}", collection="q", age=n % 3)])
        for n in range(1, 5)
    ]
    groups.append(only([copy("old", "h", collection="q", age=3), copy("new", "h", collection="q", age=1)]))
    keeps = [frozenset({f"q{n}"}) for n in range(1, 5)] + [frozenset({"new"})]
    found = propose(list(zip(groups, keeps, strict=True)))
    assert found is not None
    assert (found.same, found.of) == (5, 5)
    assert found.rule.criteria == (Criterion.NEWEST,)
    contrary = [(groups[-1], frozenset({"old"})), *zip(groups[:-1], keeps[:-1], strict=True)]
    found = propose(contrary)
    assert found is not None
    assert (found.same, found.of) == (5, 5)
    assert found.rule.criteria == (Criterion.COLLECTIONS, Criterion.OLDEST)
    assert found.rule.collections == ("q", "p")
    assert propose([(groups[0], frozenset({"p1", "q1"}))]) is None


def test_undo_takes_one_choice_back() -> None:
    groups = tuple(group_duplicates([copy("a", "h1"), copy("b", "h1"), copy("c", "h2"), copy("d", "h2")]))
    start = Review(groups, KeepRule((Criterion.OLDEST,)))
    second = groups[0].members[1].asset_id
    done = start.keeping_only(second).accepted().not_duplicates()
    assert (done.position, done.reviewed) == (1, 2)
    back = done.undone()
    assert (back.position, back.reviewed, back.choices[groups[0].key].keep) == (1, 1, frozenset({second}))
    assert back.undone().undone().choices == start.choices
    assert not start.can_undo


def test_the_last_copy_says_why_it_stays() -> None:
    group = only([copy("a"), copy("b", collection="p")])
    review = Review((group,), KeepRule((Criterion.OLDEST,))).keeping_only("a")
    with pytest.raises(KeepRefused, match="last copy"):
        review.toggled("a")
    with pytest.raises(KeepRefused, match="protected"):
        Review((group,), KeepRule(protected=frozenset({"p"}))).toggled("b")


def test_differences_tell_what_differs_by_type_too() -> None:
    group = only([copy("a", metadata={"n": 1, "same": [1, 2]}), copy("b", metadata={"n": True, "same": [1, 2]})])
    fields = {one.field: one for one in differences(group)}
    assert [name for name, one in fields.items() if one.differs] == ["metadata.n"]
    assert fields["metadata.n"].values == ((1,), (True,))
    assert fields["metadata.same"].values == ((1, 2), (1, 2))
