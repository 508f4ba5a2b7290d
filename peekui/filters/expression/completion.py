"""What can be typed at the cursor: the parser's own expectations, for a list to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.words import BARE, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Completion", "complete"]

_WORD_BEFORE: Final = re.compile(BARE + r"*\Z")
_WORD_AFTER: Final = re.compile(BARE + "*")
_AFTER_A_FIELD: Final = TEXTS | {"_NOT": ("not in",), "_IS": ("is null", "is not null")}


@dataclass(frozen=True, slots=True)
class Completion:
    """What can stand at the cursor, in place of the word it is in.

    Attributes:
        start: Where that word begins in the text, its opening quote included.
        end: Where it ends.
        stem: The part of it before the cursor, without the quote.
        wants_key: The name of a field.
        wants_value: A value for `key`.
        key: The field that the cursor comes after, for a value.
        operators: Operators that begin with the stem.
        keywords: Other words and signs that begin with the stem.
    """

    start: int
    end: int
    stem: str
    wants_key: bool = False
    wants_value: bool = False
    key: str | None = None
    operators: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def complete(text: str, cursor: int) -> Completion:
    """Tell what can be typed at a place of a text that may be wrong, before and behind it.

    Args:
        text: The expression so far.
        cursor: Offset of the cursor in it.
    """
    from peekui.filters.expression import lalr  # as in `parse`

    before = text[:cursor]
    word = _WORD_BEFORE.search(before)
    start = word.start() if word else cursor
    stand = lalr.stand_after(before[:start])
    quoted = stand.position < start
    if quoted and before[stand.position] not in {'"', "'"}:
        return Completion(start, cursor, before[start:])
    if quoted:
        start, end, stem = stand.position, cursor, before[stand.position + 1 :]
    else:
        after = _WORD_AFTER.match(text, cursor)
        end, stem = after.end() if after else cursor, before[start:]
    wants_value = "WORD" in stand.terminals
    operator_due = "EQUALITY" in stand.terminals
    offered = () if quoted else _beginning(stem, stand.terminals, _AFTER_A_FIELD if operator_due else TEXTS)
    return Completion(
        start,
        end,
        stem,
        wants_key="KEY" in stand.terminals,
        wants_value=wants_value,
        key=stand.key if wants_value else None,
        operators=offered if operator_due else (),
        keywords=() if operator_due else offered,
    )


def _beginning(stem: str, terminals: Iterable[str], texts: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    terminals = set(terminals)
    return tuple(
        text
        for terminal, several in texts.items()
        if terminal in terminals
        for text in several
        if text.startswith(stem.lower())
    )
