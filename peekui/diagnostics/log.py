"""The log that `--log-file` asks for: one line a record, redacted, readable by its owner only."""

from __future__ import annotations

import logging
import platform
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

from peekui import __version__
from peekui.api.redaction import redact
from peekui.own_files import append_private

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LogFile", "start_log"]


class LogFile(logging.StreamHandler[TextIO]):
    """Writes records to a file until it cannot be written any more."""

    def __init__(self, path: Path) -> None:
        """Open the file to append to; raises OSError."""
        super().__init__(append_private(path))
        self.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def close(self) -> None:
        """Close the file and stop taking records."""
        logging.getLogger().removeHandler(self)
        # A full disk refuses what is still to be written, and is why the log ends.
        with suppress(OSError):
            self.stream.close()
        super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802  (logging's signature)
        """Stop: what logging would do instead, to complain on standard error, would paint over the browser."""
        self.close()


class _Redacting(logging.Formatter):
    """Redacts the whole text, where a filter would leave a traceback's alone, and keeps a record's lines together."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        return _printable(redact(super().format(record))).replace("\n", "\n    ")


def start_log(path: Path) -> LogFile:
    """Log to a file from here on: everything of peekui's own loggers, warnings and errors of all others.

    Args:
        path: Is appended to, and made its owner's only (0600).

    Returns:
        What writes the file; to close it ends the log.

    Raises:
        OSError: The file cannot be opened.
    """
    handler = LogFile(path)
    logging.getLogger().addHandler(handler)
    own = logging.getLogger("peekui")
    own.setLevel(logging.DEBUG)
    own.info("peekui %s on Python %s, %s", __version__, platform.python_version(), sys.platform)
    return handler


def _printable(text: str) -> str:
    """Escape what would act on a terminal that shows the log, or pass for another record."""
    return "".join(char if char.isprintable() or char == "\n" else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
