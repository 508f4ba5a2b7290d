"""What the embedded library raises for anything the user can mend."""

from __future__ import annotations

__all__ = ["LibraryError"]


class LibraryError(Exception):
    """The library cannot do what was asked, and the user can mend it.

    Attributes:
        sentence: What is wrong and what to do, ready to be shown.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
