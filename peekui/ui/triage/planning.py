"""From a review to a plan on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.triage.plans.acts import PlanRefused
from peekui.triage.plans.making import make_plan, plan_drops
from peekui.triage.plans.plan_file import write_plan
from peekui.ui.triage.files import new_plan_path

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.triage.plans.acts import Plan
    from peekui.triage.review import Review

__all__ = ["plan_for"]


def plan_for(review: Review, base_url: str, namespace: str | None, *, merge: bool) -> tuple[Plan, Path]:
    """Plan what the settled groups of a review ask for, and write it. Proportional to them: for a thread.

    Args:
        review: The review.
        base_url: The service.
        namespace: Id or name, None where the key has only one.
        merge: Fill in first what the copy that stays lacks.

    Returns:
        The plan, and where it is.

    Raises:
        PlanRefused: Nothing is dropped, or something that must stay would be.
        OSError: It cannot be written.
    """
    decisions = [(group, choice.keep) for group, choice in review.settled() if not choice.different]
    plan = make_plan(
        plan_drops(decisions, "settled", merge=merge),
        base_url=base_url,
        namespace=namespace,
        protected=review.rule.protected,
        about=f"Duplicates: {len(decisions):,} settled groups, keep-rule {', then '.join(review.rule.criteria)}",
    )
    if not plan.acts:
        raise PlanRefused("Every copy of the settled groups stays.")
    path = new_plan_path("duplicates")
    write_plan(path, plan)
    return plan, path
