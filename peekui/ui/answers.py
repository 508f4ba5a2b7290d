"""Copying what a screen asked, as something to run elsewhere: a command of peekui, curl, Python."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, NamedTuple, cast

from peekui.ui.copying import CopiesText
from peekui.ui.session import HostedSource, flags_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.screen import Screen

    from peekui.api.calls import Call
    from peekui.api.sending import Request
    from peekui.search.commands_for import Command
    from peekui.ui.app import PeekApp
    from peekui.ui.session import Session
    from peekui.ui.widgets.choice_list import Choice

__all__ = ["ShownAs", "ShowsAnswer"]

_AT_HOME = "This library has no address of its own: `peekui serve` gives it one, and a key."


class ShownAs(NamedTuple):
    """What asks for what is on show.

    Attributes:
        commands: Of peekui, each with what it is called in the menu; none where no command does it.
        request: The call; of several, the first.
    """

    commands: tuple[tuple[str, Command], ...]
    request: Call | Request


class ShowsAnswer(CopiesText):
    """Mixin for a screen that shows an answer of the service."""

    @abstractmethod
    def shown_as(self) -> ShownAs | None:
        """Give what asks for what is on show; None while nothing was asked."""

    def command_answer_copy(self) -> None:
        """Choose as what it is copied."""
        from peekui.ui.screens.asking import AskingScreen

        screen = cast("Screen[object]", self)
        session, shown = cast("PeekApp", screen.app).session, self.shown_as()
        if shown is None or session is None or session.connected is None:
            screen.notify("Nothing that could be copied was asked here yet.", markup=False)
            return

        async def run(chosen: Callable[[], object] | None) -> None:
            outcome = chosen() if chosen else None
            if isawaitable(outcome):
                await outcome

        choices = list(self._forms(shown, session, session.connected.base_url))
        screen.app.push_screen(AskingScreen("Copy as", choices), run)

    def _forms(self, shown: ShownAs, session: Session, base_url: str) -> Iterator[Choice]:
        """Give the forms, each with its text; none of them holds the key."""
        from peekui.api.calls import as_curl
        from peekui.search.commands_for import python_for
        from peekui.ui.widgets.choice_list import Choice

        note = "" if isinstance(session.source, HostedSource) else f"\n{_AT_HOME}"
        texts = [(name, command.line(flags_to(session.source))) for name, command in shown.commands]
        texts += [("curl command", as_curl(shown.request, base_url)), ("Python", python_for(shown.request, base_url))]
        for name, text in texts:
            yield Choice(name, text=f"{text}{note}", run=partial(self.copy_text, name, text))
