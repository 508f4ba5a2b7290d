"""What can be wrong with the configuration, as sentences that name the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ConfigError", "Problem", "nearest"]


class ConfigError(Exception):
    """Something the user can mend; the text is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in the configuration file.

    Attributes:
        where: `path:line` of it.
        what: What is wrong and what to write instead, one sentence.
    """

    where: str
    what: str

    @property
    def line(self) -> int:
        """Its line, the first being 1."""
        return int(self.where.rpartition(":")[2])

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the question that names the nearest known word, with a space before it; empty when none is near."""
    import difflib  # noqa: PLC0415  (where nothing is wrong nobody needs it)

    matches = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean {matches[0]!r}?" if matches else ""
