"""The grammar's terminals as a reader knows them, for errors and for completion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BARE", "TEXTS", "Stand", "expected", "found_at", "in_prose"]

BARE: Final = r"(?:[\w.+\-/@:]|\[\])"
"""A part of a bare word, as in grammar.lark."""

TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "EQUALITY": ("=", "!="),
    "ORDER": (">", ">=", "<", "<="),
    "TILDE": ("~",),
    "_IN": ("in",),
    "_NOT": ("not",),
    "_EXISTS": ("exists",),
    "_MISSING": ("missing",),
    "_IS": ("is",),
    "_NULL": ("null",),
    "_AND": ("and",),
    "_OR": ("or",),
    "GROUP": ("all(", "any(", "none("),
    "MARK": ("case(", "nocase(", "muted("),
    "LPAR": ("(",),
    "RPAR": (")",),
    "COMMA": (",",),
    "COLON": (":",),
    "LBRACE": ("{",),
    "RBRACE": ("}",),
}
"""What to write for a terminal, in the order to offer it."""

_KINDS: Final = {"KEY": "a field", "WORD": "a value", "NAME": "a name in quotes", "$END": "the end"}
_FOUND: Final = re.compile(BARE + "{1,40}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the parser stands in a text.

    Attributes:
        position: How far the text can be read.
        terminals: What may come next.
        key: The last field that was named.
    """

    position: int
    terminals: frozenset[str]
    key: str | None


def expected(terminals: Iterable[str]) -> tuple[str, ...]:
    """Name what may stand at a place, the most useful first."""
    terminals = set(terminals)
    kinds = (name for terminal, name in _KINDS.items() if terminal in terminals)
    return (*kinds, *(text for terminal, texts in TEXTS.items() if terminal in terminals for text in texts))


def found_at(text: str, position: int) -> str:
    """Name what stands at a place."""
    found = _FOUND.match(text, position)
    if found is None:
        return _KINDS["$END"]
    return found[0] if found[0].isprintable() else ascii(found[0])[1:-1]


def in_prose(name: str) -> str:
    """Set what is to be typed apart from what describes it."""
    return name if name in _KINDS.values() else f"“{name}”"
