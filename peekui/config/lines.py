"""The line of each key of a TOML text, which no TOML reader of Python tells.

TOML is a list of statements, each a key with its value or a table's heading, and a text cut at the end of a line can
be read if and only if no statement is cut. So lines are gathered until the standard library's own reader takes them:
that is one statement, whatever quotes, brackets or line breaks are in it.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["key_lines"]

KeyPath = tuple[str, ...]


def key_lines(text: str) -> dict[KeyPath, int]:
    """Find the line on which each key and each table is first named.

    Args:
        text: A text that `tomllib.loads` takes.

    Returns:
        Lines, the first being 1, by path from the top: `("profiles", "work", "base_url")`. A key within an inline
        table has the line on which that table's statement starts.
    """
    lines: dict[KeyPath, int] = {}
    heading: KeyPath = ()
    for number, source, statement in _statements(text):
        if source.lstrip().startswith("["):
            heading = max(_paths(statement), key=len, default=())
            found = [heading[:length] for length in range(1, len(heading) + 1)]
        else:
            found = [heading + path for path in _paths(statement)]
        for path in found:
            lines.setdefault(path, number)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Give each statement with the line it starts on; blank lines and comments are statements that say nothing."""
    gathered, start = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        gathered += f"{line}\n"
        try:
            statement = tomllib.loads(gathered)
        except tomllib.TOMLDecodeError:
            continue
        yield start, gathered, statement
        gathered, start = "", number + 1


def _paths(table: object, above: KeyPath = ()) -> Iterator[KeyPath]:
    if isinstance(table, list):  # the heading [[name]] reads as a list of one table
        table = table[0] if table else {}
    if isinstance(table, dict):
        for key, value in table.items():
            yield (*above, key)
            yield from _paths(value, (*above, key))
