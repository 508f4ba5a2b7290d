"""A file of rows that is written as they come, and has its name only when it is whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

from peekui.browse.export import Format, open_writer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TextIO

    from peekui.browse.export import RowWriter

__all__ = ["ExportFile", "format_of"]


def format_of(path: Path) -> Format | None:
    """Give the format that a file's name ends in, None where it is none of them."""
    ending = path.suffix.removeprefix(".").lower()
    return next((form for form in Format if form.ending == ending), None)


class ExportFile:
    """Use it as a context; unless `finish` was called in it, everything is as it was before.

    Attributes:
        rows: Writes them.
    """

    rows: RowWriter

    def __init__(self, path: Path, columns: Sequence[str], form: Format, *, replace: bool = False) -> None:
        """Take where, what and how.

        Args:
            path: Of the file.
            columns: Names of the columns.
            form: How to write rows.
            replace: Take the place of a file that is there.
        """
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._columns = columns
        self._form = form
        self._replace = replace
        self._file: TextIO | None = None
        self._finished = False

    def __enter__(self) -> Self:
        """Begin.

        Raises:
            FileExistsError: The file is there, and is not to be replaced.
            ExportUnavailable: The format takes a library that is not installed.
            OSError: It cannot be written.
        """
        if not self._replace:
            self._path.touch(exist_ok=False)  # so that nobody else takes the name meanwhile
        try:
            # Text from elsewhere may hold lone surrogates, for which UTF-8 has no form.
            self._file = self._part.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            self.rows = open_writer(self._form, self._columns, self._file)
        except BaseException:
            self._abandon()
            raise
        return self

    def finish(self) -> None:
        """Write what comes after the last row, and give the file its name; raises OSError."""
        self.rows.finish()
        self.rows.out.close()
        self._part.replace(self._path)
        self._finished = True

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind that is not whole."""
        if not self._finished:
            self._abandon()

    def _abandon(self) -> None:
        if self._file:
            self._file.close()
        self._part.unlink(missing_ok=True)
        if not self._replace:
            self._path.unlink(missing_ok=True)
