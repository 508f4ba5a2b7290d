"""What changes a review of all groups, and with it what the rule makes of them; made in a thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from peekui.ui.triage.duplicate_groups import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from peekui.triage.keep_rules import KeepRule
    from peekui.triage.review import Review
    from peekui.ui.triage.duplicate_groups import Judged, Listed

    Changed: TypeAlias = tuple[Review, Sequence[Judged]]
    Change: TypeAlias = Callable[[Review, Sequence[Judged]], Changed]

__all__ = ["Change", "accepted_by_rule", "caught_up", "joined", "judged_by", "part_of", "told", "unchanged"]


def unchanged(review: Review, judged: Sequence[Judged]) -> Changed:
    """Change nothing: the groups are only listed anew."""
    return review, judged


def judged_by(rule: KeepRule, review: Review, _: Sequence[Judged]) -> Changed:
    """Go by another rule."""
    changed = review.with_rule(rule)
    return changed, judge(changed)


def told(featured: Mapping[str, bool], review: Review, _: Sequence[Judged]) -> Changed:
    """Judge by what is known of features now."""
    changed = review.telling(featured)
    return changed, judge(changed)


def caught_up(later: Review, review: Review, judged: Sequence[Judged]) -> Changed:
    """Take over what was chosen, and by which rule, while a review was made of other rows."""
    if later.rule == review.rule and later.featured == review.featured:
        return review.resumed(later.to_json()), judged
    changed = review.with_rule(later.rule).telling(later.featured).resumed(later.to_json())
    return changed, judge(changed)


def part_of(review: Review, listed: Listed) -> Review:
    """Give the review of what is listed, in that order."""
    groups = tuple(one.group for one in listed.groups)
    keys = {group.key for group in groups}
    choices = {key: choice for key, choice in review.choices.items() if key in keys}
    return replace(review, groups=groups, position=0, choices=choices)


def joined(part: Review, review: Review, judged: Sequence[Judged]) -> Changed:
    """Take the choices of a part over."""
    keys = {group.key for group in part.groups}
    others = {key: choice for key, choice in review.choices.items() if key not in keys}
    return replace(review, choices={**others, **part.choices}).at(part.group.key), judged


def accepted_by_rule(listed: Listed, review: Review, judged: Sequence[Judged]) -> Changed:
    """Settle the listed groups in which the rule wins."""
    return joined(part_of(review, listed).accepted_by_rule(), review, judged)
