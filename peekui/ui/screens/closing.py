"""Closing a screen that lies over another, and no other than that one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ClosesItself", "Dialog", "Overlay"]


class ClosesItself:
    """Mixin for a screen; it stands before Textual's class.

    Textual's `dismiss` takes the uppermost screen away, whoever calls it: a dialog that is closed twice, or while
    another lies over it, would take the browser with it.
    """

    def dismiss(self, result: Any = None) -> AwaitComplete:  # noqa: ANN401  (the screen's own kind of result)
        """Close it, if it is the uppermost."""
        if not cast("Screen[Any]", self).is_active:
            return AwaitComplete()
        close: Callable[[object], AwaitComplete] = super().dismiss  # type: ignore[misc]  # (the screen's)
        return close(result)

    def call_after_refresh(self, callback: Callable[..., object], *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401
        """Call it once what is under way is drawn, unless the screen was closed by then: its widgets are gone."""
        screen = cast("Screen[Any]", self)

        def call_if_open() -> object:
            return callback(*args, **kwargs) if screen in screen.app.screen_stack else None

        later: Callable[[Callable[[], object]], bool] = super().call_after_refresh  # type: ignore[misc]  # (the screen's)
        return later(call_if_open)


class Overlay(ClosesItself, Screen[ScreenResultType]):
    """A screen over the browser."""

    def leave(self) -> None:
        """Close because something else is to be looked at; one that would lose something asks, or stays."""
        self.dismiss()


class Dialog(ClosesItself, ModalScreen[ScreenResultType]):
    """A modal one."""
