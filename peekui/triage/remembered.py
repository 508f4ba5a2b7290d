"""Notes that triage keeps, by what they are about; each is small, and `Notebook` bounds how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peekui.triage.acknowledging import Acknowledgement
from peekui.triage.visits import Visit, compare, next_visit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from peekui.triage.failures import FailureGroup
    from peekui.triage.notebook import Notebook
    from peekui.triage.review import Review
    from peekui.triage.scope import Scope
    from peekui.triage.visits import Change

__all__ = [
    "acknowledge",
    "acknowledgements",
    "keep_review",
    "not_duplicates",
    "remember_not_duplicates",
    "resume_review",
    "visit",
]

_VISIT: Final = "visit"
_ACKNOWLEDGED: Final = "acknowledged"
_NOT_DUPLICATES: Final = "not duplicates"
_REVIEW: Final = "review"


def visit(
    notebook: Notebook, scope: Scope, groups: Sequence[FailureGroup], now: datetime, *, complete: bool
) -> tuple[Visit | None, Mapping[str, Change]]:
    """Compare failures with those of the last visit, and make this the last visit where everything was read.

    Args:
        notebook: Where visits are kept.
        scope: What was read; a visit is compared with one of the same scope.
        groups: Failures by signature.
        now: The moment, with its zone.
        complete: Whether everything was read.

    Returns:
        The last visit, None for the first time, and what became of each signature since.
    """
    last = Visit.from_json(notebook.notes(_VISIT).get(scope.key))
    changes = compare(last, groups, complete=complete)
    if complete:
        notebook.note(_VISIT, scope.key, next_visit(last, groups, now).to_json())
    return last, changes


def acknowledgements(notebook: Notebook) -> dict[str, Acknowledgement]:
    """Give what was acknowledged, by signature; whether one still holds is for `Acknowledgement.holds` to say."""
    read = {name: Acknowledgement.from_json(name, kept) for name, kept in notebook.notes(_ACKNOWLEDGED).items()}
    return {name: acknowledgement for name, acknowledgement in read.items() if acknowledgement}


def acknowledge(notebook: Notebook, signature: str, acknowledgement: Acknowledgement | None) -> None:
    """Remember that a signature is known; None forgets it."""
    notebook.note(_ACKNOWLEDGED, signature, acknowledgement.to_json() if acknowledgement else None)


def not_duplicates(notebook: Notebook) -> frozenset[str]:
    """Give the keys of the groups that somebody said are no duplicates."""
    return frozenset(notebook.notes(_NOT_DUPLICATES))


def remember_not_duplicates(notebook: Notebook, key: str, *, different: bool = True) -> None:
    """Remember that the members of a group are no duplicates, or forget it."""
    notebook.note(_NOT_DUPLICATES, key, different or None)


def keep_review(notebook: Notebook, scope: Scope, review: Review) -> None:
    """Keep where a review stands."""
    notebook.note(_REVIEW, scope.key, review.to_json())


def resume_review(notebook: Notebook, scope: Scope, review: Review) -> Review:
    """Take up the review that was kept for a scope, as far as it still fits."""
    return review.resumed(notebook.notes(_REVIEW).get(scope.key))
