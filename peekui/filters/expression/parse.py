"""Reading the expression language. The parser itself (`lalr`) is imported when the first text is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.filters.nodes import Group

__all__ = ["ParseError", "parse"]


class ParseError(ValueError):
    """A text that is no filter.

    Attributes:
        reason: What is wrong, without a full stop.
        position: Offset in the text of the character it is wrong at; the text's length at its end.
        line: From 1.
        column: From 1.
        expected: What could have stood there instead, in words; empty where the grammar is not what was broken.
    """

    def __init__(self, text: str, position: int, reason: str, expected: Sequence[str] = ()) -> None:
        before = text[:position]
        self.reason = reason
        self.position = position
        self.line = before.count("\n") + 1
        self.column = position - (before.rfind("\n") + 1) + 1
        self.expected = tuple(expected)
        super().__init__(f"line {self.line}, column {self.column}: {reason}")


def parse(text: str) -> Group:
    """Read a filter from its expression.

    Args:
        text: Any text. A single condition goes into an all-of group; blank text is an empty one.

    Raises:
        ParseError: The text is no filter. Nothing else is raised, whatever the text.
    """
    from peekui.filters.expression import lalr  # the first frame needs no parser

    return lalr.read(text)
