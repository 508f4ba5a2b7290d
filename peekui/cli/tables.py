"""Rows on standard output: a table for people, or a form for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.filters.nodes import JsonValue

__all__ = ["FORMAT", "brief", "print_rows"]

_TABLE: Final = "table"
FORMAT = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice([_TABLE, "csv", "json", "jsonl", "markdown"]),
    default=_TABLE,
    show_default=True,
    help="How to print the rows.",
)
"""Option for commands that print rows."""


def print_rows(rows: Sequence[Sequence[JsonValue]], columns: Sequence[str], form: str) -> None:
    """Print rows with the names of their columns.

    Args:
        rows: Values in the order of the columns.
        columns: Their names.
        form: One of those `FORMAT` offers.
    """
    if form == _TABLE:
        _print_table(rows, columns)
        return

    from peekui.browse.export import Format, write_rows

    write_rows(rows, columns, Format(form), sys.stdout)


def _print_table(rows: Sequence[Sequence[JsonValue]], columns: Sequence[str]) -> None:
    table = [[column.upper() for column in columns], *([brief(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def brief(value: JsonValue) -> str:
    """Give a value in few words and on one line, with nothing in it that acts on a terminal."""
    from peekui.ui.untrusted import one_line

    match value:
        case None:
            return ""
        case list():
            return ", ".join(map(brief, value))
        case dict():
            return ", ".join(f"{name} {brief(inner)}" for name, inner in value.items())
        case float():
            return f"{value:.3g}"
        case bool():
            return "yes" if value else "no"
    return one_line(str(value))
