"""Functions that SQL calls for documents that have no index: features."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from peekui.library.keys import Key, encode
from peekui.library.terms import Term, terms

__all__ = ["feature_keys", "text_key"]


def feature_keys(metadata: str, path: str) -> str:
    """Give the keys at a dotted path of a feature's metadata, as a JSON list.

    Args:
        metadata: JSON object.
        path: Begins with `metadata.`, without list brackets.
    """
    return msgspec.json.encode([term.key for term in _terms(metadata) if term.path == path]).decode()


def text_key(text: str | None) -> Key | None:
    """Give the key of a text (keys.py), None for none."""
    return None if text is None else encode(text)


@lru_cache(maxsize=16)
def _terms(metadata: str) -> tuple[Term, ...]:
    # One filter asks several paths of the same document in a row.
    return tuple(terms("metadata", msgspec.json.decode(metadata)))
