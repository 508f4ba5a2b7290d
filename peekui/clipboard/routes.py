"""The ways to a clipboard, and which of them are tried from where."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.surroundings import Surroundings

__all__ = ["CHOICES", "Route", "routes_from"]


class Route(StrEnum):
    """A way; the value is its name, in the configuration too."""

    NATIVE = "native"
    """The desktop's own clipboard: it can be read back."""
    TMUX = "tmux"
    """A buffer of tmux, which passes it on to the terminal."""
    TERMINAL = "terminal"
    """An escape sequence (OSC 52) that asks the terminal, which never answers."""
    BROWSER = "browser"
    """The same sequence, which `peekui web`'s page hands to the browser."""


CHOICES = (Route.NATIVE, Route.TMUX, Route.TERMINAL)
"""Those a user can put in order: a page has one way only, and a terminal has not that one."""

_AT_HOME = (Route.NATIVE, Route.TMUX, Route.TERMINAL)
_FAR_AWAY = (Route.TMUX, Route.TERMINAL, Route.NATIVE)
"""Over ssh the desktop there is that of the other machine, unless a display is forwarded."""


def routes_from(surroundings: Surroundings, wanted: Sequence[Route] | None = None) -> tuple[Route, ...]:
    """Give the routes to try, in that order; those that cannot be taken from here are left out.

    Args:
        surroundings: Where peekui runs.
        wanted: The user's order; None for the usual one.
    """
    if surroundings.page:
        return (Route.BROWSER,)
    usual = _FAR_AWAY if surroundings.ssh else _AT_HOME
    possible = {Route.NATIVE: surroundings.display, Route.TMUX: surroundings.tmux, Route.TERMINAL: True}
    return tuple(route for route in (usual if wanted is None else wanted) if possible.get(route))
