"""The words of a search as a pattern: where they stand in a text that is drawn."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["word_pattern"]

_WORD: Final = re.compile(r"[^\W_]+")
_MOST: Final = 50
"""Words that are looked for: more cannot be seen in a row."""
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
"""Signs of scripts without blanks between words: a word ends anywhere."""


@lru_cache(maxsize=8)
def word_pattern(text: str) -> re.Pattern[str] | None:
    """Give what finds the words of a text, each as a whole and in any case; None where it has no words."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text)[:_MOST])
    # Of two that begin alike the longer is found.
    branches = [_branch(word) for word in sorted(words, key=len, reverse=True)]
    return re.compile("|".join(branches), re.IGNORECASE) if branches else None


def _branch(word: str) -> str:
    return word if _UNSPACED.search(word) else rf"(?<![^\W_]){word}(?![^\W_])"
