"""Finds out whether the routes to a clipboard work, without changing what is on it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from peekui.clipboard.routes import Route

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Probe", "probe"]

_PATIENCE: Final = 3.0
_DEAD: Final = re.compile(r"display|connect|compositor", re.IGNORECASE)
"""What a tool complains of that reaches no desktop; that nothing is on the clipboard is no complaint of ours."""


class Probe(NamedTuple):
    """What is known of a route.

    Attributes:
        works: Whether it does; None where only pasting could tell.
        what: In words.
        advice: What to do about it; empty where there is nothing to do.
    """

    works: bool | None
    what: str
    advice: str = ""


def probe(route: Route, environment: Mapping[str, str]) -> Probe:
    """Try a route that can be taken from here (`routes_from`).

    Args:
        route: Which.
        environment: The process's own, in general.
    """
    match route:
        case Route.NATIVE:
            return _native(environment)
        case Route.TMUX:
            return _tmux()
        case Route.TERMINAL:
            return Probe(None, "is sent the text (OSC 52), and never confirms", "Copy something and paste it to see.")
        case Route.BROWSER:
            return Probe(None, "is handed the text by the page, which says when it refuses")


def _native(environment: Mapping[str, str]) -> Probe:
    if sys.platform == "darwin":
        return _read(["pbpaste"])
    # The tools that pyperclip looks for, in its order; each is asked what kinds of content there are.
    if environment.get("WAYLAND_DISPLAY") and shutil.which("wl-copy") and shutil.which("wl-paste"):
        return _read(["wl-paste", "--list-types"])
    if environment.get("DISPLAY") and shutil.which("xclip"):
        return _read(["xclip", "-selection", "clipboard", "-out", "-target", "TARGETS"])
    if environment.get("DISPLAY") and shutil.which("xsel"):
        return _read(["xsel", "--clipboard", "--output"])
    return Probe(False, "no tool for it is installed", "Install wl-clipboard on Wayland, xclip on X11.")


def _read(command: Sequence[str]) -> Probe:
    tool = command[0]
    try:
        result = subprocess.run(  # noqa: S603  (a tool by its name, with arguments of ours)
            command, capture_output=True, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return Probe(False, f"{tool} does not answer", "Is the display that DISPLAY or WAYLAND_DISPLAY names there?")
    complaint = result.stderr.decode("utf-8", "replace")
    if result.returncode and _DEAD.search(complaint):
        return Probe(False, f"{tool} reaches no display", "Is the display that DISPLAY or WAYLAND_DISPLAY names there?")
    return Probe(True, f"{tool} answers")


def _tmux() -> Probe:
    command = ["tmux", "show-options", "-gv", "set-clipboard"]
    try:
        result = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return Probe(False, "tmux cannot be started", "Is tmux on the PATH?")
    setting = result.stdout.decode("utf-8", "replace").strip()
    if result.returncode:
        return Probe(False, "its server does not answer", "Is TMUX left over from a server that has ended?")
    advice = "Write `set -g set-clipboard on` into tmux.conf." if setting == "off" else ""
    return Probe(None if setting != "off" else False, f"set-clipboard is {setting}", advice)
