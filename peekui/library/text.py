"""Text as the library keeps it: always valid UTF-8, folded for comparison, cut into words for search."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["phrases", "visible", "words"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+")


def visible(text: str) -> str:
    r"""Give text that can be encoded, with what cannot be made visible.

    Args:
        text: Any string; bytes of a file's name that are no UTF-8 are lone surrogates in it (PEP 383), and JSON may
            hold lone surrogates too.

    Returns:
        The same text where it is valid; a byte that is no UTF-8 as `\xff`, any other lone surrogate as `\ud800`.
    """
    return _SURROGATE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def words(text: str) -> str:
    """Give the words of a text, folded, separated by one space.

    Case, accents and compatibility forms do not count; letters and digits make words, everything else parts them.
    """
    folded = _fold(text)
    if not folded.isascii():
        folded = _unspaced().sub(r" \1 ", folded)
    return " ".join(_WORD.findall(folded))


def phrases(text: str) -> list[str]:
    """Give what has to be found for a search term: one phrase of folded words for each word that was typed.

    A word in a script without spaces is a phrase of its signs, in order.
    """
    return [words(part) for part in _WORD.findall(_fold(text))]


@cache
def _unspaced() -> re.Pattern[str]:
    # Scripts written without spaces: each sign is a word of its own, so that part of a sentence can be found.
    # Compiled when first needed: it takes 3 ms, and every start would wait for it.
    return re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff])")


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()  # the same, in a tenth of the time
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
