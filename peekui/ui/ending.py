"""How the app ends when the user did not end it: by a signal, or by a crash, which leaves a report."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, cast

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

__all__ = ["ReportsCrashes", "end_on_signals"]


def end_on_signals(app: App[Any], remember: Callable[[], None]) -> None:
    """Have the app leave in order when it is told to end, and end when its terminal goes.

    Args:
        app: Running in this thread's event loop.
        remember: Keeps what is to be remembered.
    """

    def hang_up() -> None:
        # There is no terminal to put back; and where the signal is ignored (nohup), reading from nothing never ends.
        remember()
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGHUP)

    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, lambda: app.exit(return_code=128 + signal.SIGTERM))
        loop.add_signal_handler(signal.SIGHUP, hang_up)


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
