"""Causes of failure that somebody knows about: until a day, or until they become more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Acknowledgement"]


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody's word that a signature is known.

    Attributes:
        signature: Which one.
        at: When it was given.
        note: Why it may wait.
        until: Holds before that moment; None for no end.
        most: Holds for so many assets at most; None for any number.
    """

    signature: str
    at: datetime
    note: str = ""
    until: datetime | None = None
    most: int | None = None

    def holds(self, count: int, now: datetime) -> bool:
        """Say whether so many assets with the signature are still what was acknowledged.

        Args:
            count: Assets with the signature.
            now: The moment, with its zone.
        """
        return (self.until is None or now < self.until) and (self.most is None or count <= self.most)

    def to_json(self) -> dict[str, object]:
        """Give plain JSON to keep."""
        until = self.until and self.until.isoformat()
        return {"at": self.at.isoformat(), "note": self.note, "until": until, "most": self.most}

    @classmethod
    def from_json(cls, signature: str, kept: object) -> Acknowledgement | None:
        """Read what was kept under a signature; None where it makes no sense."""
        match kept:
            case {"at": str(at), "note": str(note), "until": None | str() as until, "most": None | int() as most}:
                try:
                    end = datetime.fromisoformat(until) if until else None
                    return cls(signature, datetime.fromisoformat(at), note, end, most)
                except ValueError:
                    return None
        return None
