"""What stands above the members of a group in review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from peekui.ui import formats

if TYPE_CHECKING:
    from peekui.triage.review import Review
    from peekui.ui.triage.member_table import MemberTable

__all__ = ["review_facts", "review_notes"]


def review_facts(review: Review) -> Content:
    """Say which group it is, what becomes of it, and what is wrong with it."""
    group, choice = review.group, review.choice
    goes = sum(row.size or 0 for row in group.members if row.asset_id not in choice.keep)
    dropped = len(group.members) - len(choice.keep)
    state = "not duplicates" if choice.different else "settled" if choice.accepted else "open"
    parts = [
        f"{dropped:,} of {len(group.members):,} go, {formats.size(goes)}" if dropped else "all stay",
        f"{review.reviewed:,} settled" if review.reviewed else "",
        *group.flaws,
    ]
    return Content.assemble(
        (f"Group {review.position + 1:,} of {len(review.groups):,}", "bold"),
        (f" {state}", "bold $text-success" if choice.accepted else "$text-warning"),
        f" · {' · '.join(filter(None, parts))}",
    )


def review_notes(review: Review, table: MemberTable) -> Content:
    """Say what proposes, and what is not on show."""
    hidden = len(table.shown.fields) - len(table.fields)
    aside = 0 if table.flicker else len(review.group.members) - len(table.columns.places)
    notes = [
        f"keep-rule: {', then '.join(review.rule.criteria)}",
        f"{hidden:,} fields hidden" if hidden else "",
        f"{aside:,} more aside" if aside > 0 else "",
    ]
    return Content.styled(" · ".join(filter(None, notes)), "dim")
