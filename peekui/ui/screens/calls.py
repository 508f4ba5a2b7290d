"""The call log: what was asked of the service, what it took, and what waits for its turn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.getters import query_one

from peekui.api.calls import Call, as_curl
from peekui.search.commands_for import command_for
from peekui.ui.answers import ShownAs, ShowsAnswer
from peekui.ui.commands import Situation, Where
from peekui.ui.running import bindings_for
from peekui.ui.screens.closing import Dialog
from peekui.ui.screens.value import ValueScreen
from peekui.ui.widgets.call_list import CallList
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.notice import Tone
from peekui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from peekui.api.client import MixpeekClient
    from peekui.ui.widgets.row_view import RowView

__all__ = ["CallsScreen"]

_TICK = 1.0
"""Seconds between two drawings of a countdown, while there is one."""


class CallsScreen(ShowsAnswer, Dialog[None]):
    """Follows the calls of a client while it is open."""

    CSS_PATH = "calls.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.CALLS, Where.ANSWER)

    pane = query_one(Pane)
    rows = query_one(CallList)

    def __init__(self, client: MixpeekClient | None) -> None:
        """Take whose calls to show; None while no call was made yet."""
        super().__init__()
        self._client = client
        self._forget: list[Callable[[], None]] = []

    def compose(self) -> ComposeResult:
        """The list, and what can be done with a call."""
        with Vertical(id="calls-box"):
            yield Pane(CallList(id="call-list"), title="Calls", id="calls")
            yield KeyBar()

    async def on_mount(self) -> None:
        """Draw, and again whenever a call ends or waits."""
        await self.pane.furnish()
        if self._client:
            self._forget = [self._client.calls.on_change(self._draw), self._client.budget.on_change(self._draw)]
            self.set_interval(_TICK, self._count_down)
        self._draw()
        self.pane.take_focus()
        self.watch(self.rows, "cursor", self._draw_keys, init=False)
        self.call_after_refresh(self._draw_keys)

    def on_unmount(self) -> None:
        """Follow no longer."""
        for forget in self._forget:
            forget()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(call=self._made() is not None, waiting_call=bool(self.rows.waiting))

    def on_row_view_opened(self, _: RowView.Opened) -> None:
        """Show the body that was sent."""
        call = self._made()
        if call is None:
            return
        if call.body is None:
            self.notify("This call had no body.", markup=False)
        else:
            body = json.dumps(json.loads(call.body), indent=2, ensure_ascii=False)
            self.app.push_screen(ValueScreen(f"Body of {call.method} {call.path}", body))

    async def command_calls_curl(self) -> None:
        """Copy the call as a curl command."""
        call = self._made()
        if call and self._client:
            await self.copy_text("curl command", as_curl(call, self._client.base_url))

    def shown_as(self) -> ShownAs | None:
        """Give the call under the cursor, and the command that makes it where there is one."""
        call = self._made()
        if call is None:
            return None
        command = command_for(call)
        return ShownAs((("peekui command", command),) if command else (), call)

    def command_calls_cancel(self) -> None:
        """Cancel the call under the cursor if it waits, else the one whose turn is last."""
        index = min(self.rows.cursor, len(self.rows.waiting) - 1)
        if self._client and index >= 0:
            self._client.budget.cancel(self.rows.waiting[index].place.number)

    def command_calls_close(self) -> None:
        """Close."""
        self.dismiss()

    def _made(self) -> Call | None:
        call = self.rows.call_at(self.rows.cursor)
        return call if isinstance(call, Call) else None

    def _count_down(self) -> None:
        if self.rows.waiting:
            self._draw()

    def _draw(self) -> None:
        if self._client is None:
            self.pane.say(Tone.EMPTY, "No call was made yet")
            return
        self.rows.waiting = self._client.budget.state.waiting
        self.rows.made = tuple(reversed(tuple(self._client.calls)))
        self.pane.show_body()
        self.pane.border_subtitle = f"{len(self._client.calls):,} calls"
        self._draw_keys()

    def _draw_keys(self) -> None:
        draw_keys(self)
