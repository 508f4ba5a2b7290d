"""What was typed into the palette: among what it looks, and for which letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from textual.fuzzy import Matcher

from peekui.search.resources import ResourceType
from peekui.ui.resource_loader import Asked
from peekui.ui.screens.finding import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peekui.ui.widgets.choice_list import Choice

__all__ = ["LookedFor"]

_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[,_ ](?=\d)")
_HELP_COUNTS: Final = 0.8
"""Weight of a match in the help beside one in the title."""
_LEAST: Final = 2
"""Letters before the service is asked unasked; one matches nearly everything."""
_MOST_DIGITS: Final = 18
"""Of a row's number; Python reads none of thousands of digits."""
_KINDS: Final[Mapping[str, frozenset[str]]] = {
    ">": frozenset({Kind.COMMAND}),
    "@": frozenset({Kind.SAVED}),
    "/": frozenset({Kind.SEARCH}),
    "[": frozenset({Kind.PLACE}),
}
"""What is looked for behind these signs."""
_NAMES: Final = "#"
"""Behind this one, resources: namespaces, collections, whatever the service has; of a type behind `#type:`."""
_NO_NAMES: Final = frozenset({Kind.COMMAND, Kind.SAVED, Kind.SEARCH, Kind.PLACE, Kind.ROW})


@dataclass(frozen=True, slots=True)
class LookedFor:
    """What is looked for.

    Attributes:
        sign: Says among what; empty for all there is.
        letters: Part of a name.
        types: Of the resources to look among; none for all.
    """

    sign: str
    letters: str
    types: tuple[ResourceType, ...] = ()

    @classmethod
    def of(cls, typed: str) -> Self:
        """Read what was typed; what is no sign and no type is part of the name."""
        if typed[:1] not in {*_KINDS, _NAMES}:
            return cls("", typed)
        sign, letters = typed[0], typed[1:].lstrip()
        named, colon, rest = letters.partition(":")
        types = _types(named) if sign == _NAMES and colon else ()
        return cls(sign, rest.lstrip() if types else letters, types)

    @property
    def asked(self) -> Asked:
        """What the service is asked, the same with the sign and without."""
        return Asked(self.letters, self.types)

    @property
    def names(self) -> bool:
        """Whether only resources are looked for."""
        return self.sign == _NAMES

    @property
    def row(self) -> int | None:
        """The number of a row, which a number alone means."""
        digits = _BETWEEN_DIGITS.sub("", self.letters)
        return int(digits) if not self.sign and digits.isdecimal() and len(digits) <= _MOST_DIGITS else None

    @property
    def asks_service(self) -> bool:
        """Whether the service is asked too."""
        if self.names:
            return bool(self.letters)
        return not self.sign and len(self.letters) >= _LEAST and self.row is None

    def takes(self, kind: str) -> bool:
        """Say whether things of a kind are looked for."""
        if self.types:
            return kind.replace(" ", "_") in self.types
        if self.names:
            return kind not in _NO_NAMES
        return kind in _KINDS.get(self.sign, {kind})

    def score(self, choice: Choice) -> tuple[int, float]:
        """Say how well a choice matches: as a whole, at its start, within, in its text; nothing if it does not.

        Only commands are few enough, and known well enough, to be found by letters here and there.
        """
        if not self.letters:
            return 1, 0.0
        wanted, title = self.letters.casefold(), choice.title.casefold().removeprefix("@")
        scattered = 0.0
        if choice.kind == Kind.COMMAND:
            matcher = Matcher(self.letters)
            scattered = max(matcher.match(choice.title), matcher.match(choice.text) * _HELP_COUNTS)
        elif wanted in choice.text.casefold():
            scattered = 1.0
        whole = 3 if title == wanted else 2 if title.startswith(wanted) else int(wanted in title)
        return whole, scattered


def _types(named: str) -> tuple[ResourceType, ...]:
    """Give the types that begin so: `c` stands for collections and clusters."""
    start = named.strip().casefold().replace(" ", "_")
    return tuple(one for one in ResourceType if start and one.startswith(start))
