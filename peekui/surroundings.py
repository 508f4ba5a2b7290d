"""Where peekui runs: on a desktop, over ssh, inside tmux, in a page. The environment tells; nothing is asked."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WEB_SESSION", "Surroundings"]

WEB_SESSION = "PEEKUI_WEB_SESSION"
"""Variable by which a program knows that `peekui web` started it, for a page; it says what for."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What decides which clipboard and which browser can be reached.

    Attributes:
        ssh: The terminal is on another machine.
        tmux: It is one of tmux's.
        display: There is a desktop that programs started here can reach.
        page: It is seen in a page of somebody's browser, whatever there is on this machine.
    """

    ssh: bool
    tmux: bool
    display: bool
    page: bool = False

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> Surroundings:
        """Read them from an environment.

        Args:
            environment: The process's own, in general.
            system: As `sys.platform` says.
        """
        if environment.get(WEB_SESSION):
            return cls(ssh=False, tmux=False, display=False, page=True)
        ssh = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
        forwarded = bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
        # Windows and macOS have a desktop of their own, also for Linux inside Windows; over ssh it is nobody's.
        own = system in {"darwin", "win32"} or "microsoft" in platform.release().lower()
        return cls(ssh=ssh, tmux=bool(environment.get("TMUX")), display=forwarded or (own and not ssh))
