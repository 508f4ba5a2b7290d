"""How a crash ends the app: the terminal is restored, one sentence is said, and a report is kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

from rich.text import Text

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["ReportsCrashes"]


class ReportsCrashes:
    """Mixin for an app; Textual's own way prints the locals of every frame, API keys among them."""

    _reported = False

    def _fatal_error(self) -> None:
        """Leave with one sentence; called by Textual while the exception is handled."""
        error = sys.exc_info()[1]
        if error is None or self._reported:  # what follows the first comes of it
            return
        self._reported = True
        app = cast("App[Any]", self)
        app.bell()
        app.panic(Text(_report(error, (app.size.width, app.size.height))))


def _report(error: BaseException, size: tuple[int, int]) -> str:
    """Write the report, and give what is said of it."""
    from peekui.diagnostics.crash import write_crash_report  # noqa: PLC0415  (nobody should ever need it)
    from peekui.own_files import state_folder  # noqa: PLC0415

    try:
        path = write_crash_report(error, state_folder(), size=size)
    except OSError as problem:
        return f"peekui failed ({type(error).__name__}), and no report could be written: {problem.strerror}."
    return f"peekui failed ({type(error).__name__}). What is known of it is in {path}; please report it."
