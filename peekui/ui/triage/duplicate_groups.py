"""What the screen of duplicates shows, made of rows in a thread: groups, what the rule makes of them, which are listed.

Nothing here touches a widget.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from peekui.triage.duplicates import group_duplicates
from peekui.triage.keep_rules import Effect, decide, file_name, total_effect, without_known_features
from peekui.triage.notebook import NotebookFailed
from peekui.triage.remembered import not_duplicates, resume_review
from peekui.triage.review import Review

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from peekui.triage.duplicates import DuplicateGroup, Flaw
    from peekui.triage.keep_rules import KeepRule, Verdict
    from peekui.triage.rows import Row
    from peekui.ui.triage.reading import Reading

__all__ = ["DuplicatesFound", "Judged", "Listed", "Order", "State", "View", "judge", "list_groups", "make_duplicates"]


class State(StrEnum):
    """Where a group stands; also what can be listed, with `Flaw`."""

    OPEN = "open"
    TIED = "tied"
    SETTLED = "settled"


class Order(StrEnum):
    """What groups are sorted by."""

    BYTES = "bytes"
    COPIES = "copies"
    COLLECTION = "collection"


class View(NamedTuple):
    """Which groups are listed, in which order.

    Attributes:
        only: A state or a flaw that they have; None for all.
        order: What they are sorted by.
        words: Each is in a name, a path or the collection of a member, or begins an id or a hash; in any case.
        titles: What collections are called, by id.
    """

    only: State | Flaw | None = None
    order: Order = Order.BYTES
    words: str = ""
    titles: Mapping[str, str] = MappingProxyType({})


class Judged(NamedTuple):
    """A group, and what the rule makes of it."""

    group: DuplicateGroup
    verdict: Verdict

    @property
    def keeper(self) -> Row:
        """The copy that stays by the rule, of the first content; the oldest member where nothing has a hash."""
        wanted = next(iter(self.verdict.keepers), None)
        return next((row for row in self.group.members if row.asset_id == wanted), self.group.members[0])


@dataclass(frozen=True, slots=True)
class Listed:
    """What is listed.

    Attributes:
        groups: The groups, in order.
        counts: How many groups there are of each state and flaw, listed or not.
        effect: What the rule does to those that are listed and not settled.
        unasked: Copies in those that the rule would choose among by their features, if it were known which have any.
    """

    groups: Sequence[Judged] = ()
    counts: Mapping[State | Flaw, int] = field(default_factory=dict)
    effect: Effect = field(default_factory=partial(Effect, 0, 0, 0, 0))
    unasked: Sequence[Row] = ()


class DuplicatesFound(Message, bubble=False):
    """Rows came, were grouped and judged; without groups there is no review."""

    def __init__(
        self,
        review: Review | None,
        judged: Sequence[Judged],
        listed: Listed,
        before: Review | None,
        trouble: str = "",
    ) -> None:
        super().__init__()
        self.before = before
        """The review whose choices were taken over."""
        self.review = review
        self.judged = judged
        self.listed = listed
        self.trouble = trouble


def make_duplicates(
    rows: Sequence[Row], reading: Reading, rule: KeepRule, before: Review | None, view: View
) -> DuplicatesFound:
    """Group rows, and judge the groups. Takes seconds: for a thread.

    Args:
        rows: All that came so far.
        reading: What is read, and where notes are.
        rule: The keep-rule.
        before: The review so far; its choices stay where they still fit, and what is known of features stays.
        view: What is to be listed.
    """
    different: frozenset[str] = frozenset()
    trouble = ""
    if reading.notebook:
        try:
            different = not_duplicates(reading.notebook)
        except NotebookFailed as error:
            trouble = str(error)
    groups = tuple(group_duplicates(rows, different))
    if not groups:
        return DuplicatesFound(None, (), Listed(), before, trouble)
    review = Review(groups, rule)
    if before:
        review = review.telling(before.featured).resumed(before.to_json())
    elif reading.notebook:
        try:
            review = resume_review(reading.notebook, reading.scope, review)
        except NotebookFailed as error:
            trouble = str(error)
    judged = judge(review)
    return DuplicatesFound(review, judged, list_groups(judged, review, view), before, trouble)


def judge(review: Review) -> Sequence[Judged]:
    """Say what the rule makes of each group. Takes seconds: for a thread."""
    return [Judged(group, decide(group, review.rule)) for group in review.groups]


def list_groups(judged: Sequence[Judged], review: Review, view: View) -> Listed:
    """Choose and sort what is listed. Proportional to the groups: for a thread."""
    counts: Counter[State | Flaw] = Counter()
    words = view.words.casefold().split()
    listed = []
    for one in judged:
        kinds: set[State | Flaw] = {_state(one, review), *one.group.flaws}
        counts.update(kinds)
        if (view.only is None or view.only in kinds) and _has(one.group, words, view.titles):
            listed.append(one)
    listed.sort(key=_KEYS[view.order])
    left = [one for one in listed if not review.is_settled(one.group)]
    unasked = without_known_features((one.group for one in left), review.rule)
    return Listed(listed, counts, total_effect(one.verdict for one in left), unasked)


def _has(group: DuplicateGroup, words: Sequence[str], titles: Mapping[str, str]) -> bool:
    if not words:
        return True
    places = "\n".join(titles.get(key, key) for key in group.collections).casefold()
    return all(word in places or group.has(word) for word in words)


def _state(one: Judged, review: Review) -> State:
    if review.is_settled(one.group):
        return State.SETTLED
    return State.TIED if one.verdict.tied else State.OPEN


_KEYS: Mapping[Order, Callable[[Judged], tuple[object, ...]]] = {
    Order.BYTES: lambda one: (-one.group.spare_bytes, one.group.key),
    Order.COPIES: lambda one: (-len(one.group.members), one.group.key),
    Order.COLLECTION: lambda one: (one.keeper.collection, file_name(one.keeper), one.group.key),
}
