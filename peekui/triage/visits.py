"""What changed since the last visit: which causes of failure are new, gone, back or growing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.triage.failures import FailureGroup

__all__ = ["Change", "Known", "Visit", "compare", "next_visit"]

_MOST_KNOWN: Final = 2000
"""Signatures kept of one scope; those that have been gone for longest are forgotten first."""
_GROWTH: Final = 1.1
"""Times as many as at the last visit: less is the coming and going of every day."""


class Change(StrEnum):
    """What became of a signature since the last visit."""

    NEW = "new"
    BACK = "back"
    GROWING = "growing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Known:
    """A signature as it was at the last visit.

    Attributes:
        count: Assets that had it; 0 where it was gone.
        there: When it was last there.
    """

    count: int
    there: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """What was seen the last time that everything was read.

    Attributes:
        at: When that was.
        signatures: Each that was there, or had been there before.
    """

    at: datetime
    signatures: Mapping[str, Known]

    def to_json(self) -> dict[str, object]:
        """Give plain JSON to keep."""
        known = {key: [one.count, one.there.isoformat()] for key, one in self.signatures.items()}
        return {"at": self.at.isoformat(), "signatures": known}

    @classmethod
    def from_json(cls, kept: object) -> Visit | None:
        """Read what was kept; None where it makes no sense."""
        try:
            match kept:
                case {"at": str(at), "signatures": dict(signatures)}:
                    known = {
                        str(key): Known(int(count), datetime.fromisoformat(there))
                        for key, (count, there) in signatures.items()
                    }
                    return cls(datetime.fromisoformat(at), known)
        except (TypeError, ValueError):
            pass  # as below
        return None


def compare(last: Visit | None, groups: Sequence[FailureGroup], *, complete: bool) -> dict[str, Change]:
    """Say what became of each signature; one that is as it was is left out.

    Args:
        last: The last visit; without one nothing is new.
        groups: Failures by signature, as they are now.
        complete: Whether everything was read; else nothing can be said to be gone.
    """
    if last is None:
        return {}
    changes: dict[str, Change] = {}
    for group in groups:
        known = last.signatures.get(group.key)
        if known is None:
            changes[group.key] = Change.NEW
        elif known.count == 0:
            changes[group.key] = Change.BACK
        elif group.count > known.count * _GROWTH:
            changes[group.key] = Change.GROWING
    if complete:
        here = {group.key for group in groups}
        changes |= {key: Change.GONE for key, known in last.signatures.items() if known.count and key not in here}
    return changes


def next_visit(last: Visit | None, groups: Sequence[FailureGroup], now: datetime) -> Visit:
    """Give what to compare with the next time; only after everything was read.

    Args:
        last: The last visit, whose signatures stay known when they are gone.
        groups: Failures by signature, as they are now.
        now: The moment, with its zone.
    """
    gone = {key: replace(known, count=0) for key, known in last.signatures.items()} if last else {}
    known = gone | {group.key: Known(group.count, now) for group in groups}
    newest = sorted(known.items(), key=lambda item: (item[1].count > 0, item[1].there), reverse=True)
    return Visit(now, dict(newest[:_MOST_KNOWN]))
