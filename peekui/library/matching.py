"""What SQL asks Python while it filters: whether a text holds all words of another."""

from __future__ import annotations

from functools import lru_cache

from peekui.library.keys import Key, split_text
from peekui.library.text import phrases, words

__all__ = ["full_text_term", "has_words"]


def has_words(key: Key | None, term: str) -> bool:
    """Tell whether the text a key was made of has every word of a term, in any order.

    Args:
        key: A sort key; one that was not made of text has no words.
        term: As typed; a term without words is in nothing.
    """
    text = split_text(key)
    if text is None:
        return False
    wanted = _phrases(term)
    # Spaces at both ends: a word must match as a whole.
    found = f" {words(text)} "
    return bool(wanted) and all(f" {phrase} " in found for phrase in wanted)


def full_text_term(term: str) -> str | None:
    """Give the FTS5 expression that finds every word of a term, or None when the term has no words.

    Each word is a quoted phrase of letters and digits, so nothing in a term is ever read as an operator.
    """
    return " AND ".join(f'"{phrase}"' for phrase in _phrases(term)) or None


@lru_cache(maxsize=64)
def _phrases(term: str) -> tuple[str, ...]:
    # Each once, in order: 10 kB of one word are one phrase.
    return tuple(dict.fromkeys(phrases(term)))
