"""Where peekui runs: on a desktop, over ssh, inside tmux. Told by the environment; nothing is asked or started."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Surroundings"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What decides which clipboard and which browser can be reached.

    Attributes:
        ssh: The terminal is on another machine.
        tmux: It is one of tmux's.
        display: There is a desktop that programs started here can reach.
    """

    ssh: bool
    tmux: bool
    display: bool

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> Surroundings:
        """Read them from an environment.

        Args:
            environment: The process's own, in general.
            system: As `sys.platform` says.
        """
        ssh = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
        forwarded = bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
        # Windows and macOS have a desktop of their own, also for Linux inside Windows; over ssh it is nobody's.
        own = system in {"darwin", "win32"} or "microsoft" in platform.release().lower()
        return cls(ssh=ssh, tmux=bool(environment.get("TMUX")), display=forwarded or (own and not ssh))
