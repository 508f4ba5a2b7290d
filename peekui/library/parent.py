"""The end of a library with its parent's: no library outlives the browser that started it."""

from __future__ import annotations

import os
import signal
import threading
from typing import Final

__all__ = ["end_with_standard_input"]

_PATIENCE_SECONDS: Final = 6
"""For the orderly end of the service, which has three seconds for what is still going on."""


def end_with_standard_input() -> None:
    """End this process when its standard input does: the parent holds the other end, however it ends."""

    def wait() -> None:
        try:
            while os.read(0, 4096):
                pass
        except OSError:
            pass  # no standard input is the end of it too
        os.kill(os.getpid(), signal.SIGTERM)
        # Not on the main thread's good will: it may be busy with something that does not end.
        threading.Event().wait(_PATIENCE_SECONDS)
        os._exit(1)

    threading.Thread(target=wait, name="parent-watch", daemon=True).start()
