"""Rows on standard output: a table for people, or a form for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from peekui.cli.asking import say
from peekui.cli.common import PATH, Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from peekui.filters.nodes import JsonValue

__all__ = ["EXPORT", "FORMAT", "brief", "export_rows", "print_rows"]

_TABLE: Final = "table"
FORMAT = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice([_TABLE, "csv", "json", "jsonl", "markdown", "parquet"]),
    default=_TABLE,
    show_default=True,
    help="How to print the rows.",
)
"""Option for commands that print rows."""
EXPORT = click.option(
    "--export",
    "export",
    type=PATH,
    metavar="FILE",
    help="Write the rows to a new file too; its name ends in .csv, .json, .jsonl, .md or .parquet.",
)
"""Option for commands whose rows are worth keeping."""


def print_rows(rows: Sequence[Sequence[JsonValue]], columns: Sequence[str], form: str) -> None:
    """Print rows with the names of their columns.

    Args:
        rows: Values in the order of the columns.
        columns: Their names.
        form: One of those `FORMAT` offers.

    Raises:
        Mistake: The form takes a library that is not installed, or is no text and would go to a terminal.
    """
    if form == _TABLE:
        _print_table(rows, columns)
        return

    from peekui.browse.export import ExportUnavailable, Format, write_rows

    if form == Format.PARQUET and sys.stdout.isatty():
        raise Mistake("Parquet is nothing to read: send it to a file, or use --export.")
    try:
        write_rows(rows, columns, Format(form), sys.stdout)
    except ExportUnavailable as error:
        raise Mistake(str(error)) from error


def export_rows(rows: Sequence[Sequence[JsonValue]], columns: Sequence[str], path: Path | None) -> None:
    """Write rows to a new file, in the form that its name ends in; nothing where there is none to write.

    Raises:
        Mistake: The file is there already, cannot be written, or its name ends in no form.
    """
    if path is None:
        return
    from peekui.browse.export import ExportUnavailable
    from peekui.browse.export_file import ExportFile, format_of

    form = format_of(path)
    if form is None:
        raise Mistake(f"{str(path)!r} ends in no form: .csv, .json, .jsonl, .md or .parquet.")
    try:
        with ExportFile(path, columns, form) as file:
            file.rows.write(rows)
            file.finish()
    except FileExistsError as error:
        raise Mistake(f"{str(path)!r} is there already, and is left as it is.") from error
    except ExportUnavailable as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"{str(path)!r} cannot be written: {error.strerror}.") from error
    say(f"Wrote {path}: {len(rows):,} rows.")


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
