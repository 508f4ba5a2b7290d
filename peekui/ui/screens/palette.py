"""The palette: find a command, a place, a search, a namespace, a collection or a row; and all themes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from peekui.search.resources import ResourceType
from peekui.ui.commands import COMMANDS, Where, key_name
from peekui.ui.filter_loader import mistake_in
from peekui.ui.loader import Subject, start
from peekui.ui.resource_loader import Asked, Resources, ResourcesFailed, ResourcesFound, find_resources
from peekui.ui.running import find_runner, keymap_of, runners_from
from peekui.ui.screens.choosing import ChoosingScreen
from peekui.ui.screens.finding import FindsThings, Kind
from peekui.ui.screens.looked_for import LookedFor
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.asset_table import AssetTable
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.dom import DOMNode
    from textual.widget import Widget
    from textual.worker import Worker

    from peekui.ui.commands import Command

__all__ = ["PaletteScreen", "ThemesScreen"]

_OF_A_TYPE: Final = f"Of one type: {' '.join(f'#{one}:' for one in ResourceType)}"
_REST: Final = 0.25
"""Seconds without a key before the service is asked."""


class PaletteScreen(ChoosingScreen):
    """Offers what can be run or gone to from where it was asked for: what is at hand at once, the service's later."""

    CSS_PATH: ClassVar = ["choosing.tcss", "palette.tcss"]
    title_shown = "Find anything"
    hint = "a name or a row; > commands  # names  @ saved  / searches  [ places"

    state = query_one("#palette-state", Static)

    def __init__(self, focused: DOMNode) -> None:
        """Take where the focus was."""
        super().__init__()
        self._focused = focused
        self._finder: FindsThings | None = None
        self._at_hand: tuple[Choice, ...] = ()
        self._known: dict[Asked, Resources] = {}
        self._typed = ""
        self._trouble = ""

    def below(self) -> Iterable[Widget]:
        """A line on what the service is asked."""
        yield Static(id="palette-state", markup=False)

    def on_mount(self) -> None:
        """Look round for what is at hand."""
        self._finder = next((screen for screen in self.app.screen_stack if isinstance(screen, FindsThings)), None)
        self._at_hand = (*self._possible(), *(self._finder.findable() if self._finder else ()))

    # -- what matches -------------------------------------------------------------------------------------

    def choices(self, wanted: str) -> Iterator[Choice]:
        """Give what matches: a row by its number; what is at hand, best first; what the service knows beside that."""
        looked_for = LookedFor.of(wanted)
        if row := self._row(looked_for.row):
            yield row
        scored = [(looked_for.score(choice), choice) for choice in self._at_hand if looked_for.takes(choice.kind)]
        yield from (choice for score, choice in sorted(scored, key=lambda pair: pair[0], reverse=True) if any(score))
        known = self._known.get(looked_for.asked)
        if known and self._finder and looked_for.asks_service:
            yield from filter(None, map(self._finder.resource, known.records))
            if known.more:
                title = f"more… ({len(known.records):,} of {known.total:,})"
                yield Choice(title, text="Ask the service for the next ones.", run=self._ask_for_more, stays=True)

    def _row(self, number: int | None) -> Choice | None:
        table = next(iter(self._focused.screen.query(AssetTable)), None)
        if number is None or table is None or not table.rows.row_count:
            return None
        last = table.rows.row_count
        row = max(1, min(number, last))
        title = f"Go to row {row:,}" if number <= last else f"Go to row {row:,}, the last"
        return Choice(title, text="Put the cursor there.", run=partial(table.go_to_row, row), kind=Kind.ROW)

    def _possible(self) -> Iterator[Choice]:
        runners = runners_from(self._focused)
        for command in COMMANDS:
            runner = find_runner(command, runners)
            if runner and command.where is not Where.ROWS and command.why_not(runner.situation()) is None:
                keys = key_name(keymap_of(self).keys(command)[0])
                run = partial(runner.action_run, command.id)
                yield Choice(_name(command), keys, command.help, run=run, kind=Kind.COMMAND)

    # -- asking the service -------------------------------------------------------------------------------

    def _list(self, wanted: str) -> None:
        """List what matches, and ask for more of it once nothing was typed for a moment."""
        self._typed, self._trouble = wanted, ""
        super()._list(wanted)
        looked_for = LookedFor.of(wanted)
        if not looked_for.asks_service or looked_for.asked in self._known or self._lacking:
            self.workers.cancel_group(self, Subject.RESOURCES)
        else:
            self._ask(Resources(looked_for.asked), rest=_REST)
        self._draw_state()

    def _ask(self, known: Resources, *, rest: float = 0) -> None:
        if self._finder and self._finder.place.scope:
            work = partial(
                find_resources, self._finder.session, self.post_message, known, self._finder.place.scope, rest=rest
            )
            start(self, Subject.RESOURCES, work)

    def _ask_for_more(self) -> None:
        self._trouble = ""
        self._ask(self._known[LookedFor.of(self._typed).asked])
        self._draw_state(asking=True)

    def on_resources_found(self, message: ResourcesFound) -> None:
        """List what came, below what is there."""
        self._known[message.found.asked] = message.found
        self.rows.extend(tuple(self.choices(self._typed)))
        self._tell()
        self._draw_state()

    def on_resources_failed(self, message: ResourcesFailed) -> None:
        """Say why no more came."""
        self._trouble = f"{message.problem.what} {message.problem.advice}"
        self._draw_state()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that a mistake of ours is why no more came."""
        if failed := mistake_in(event):
            self._trouble = failed.problem.what
            self._draw_state()

    @property
    def _lacking(self) -> bool:
        return any(found.lacking for found in self._known.values())

    def _draw_state(self, *, asking: bool = False) -> None:
        self.state.update(self._said(asking=asking))

    def _said(self, *, asking: bool) -> Content:
        """Say how the service is doing about it."""
        if self._trouble:
            return Content.styled(f"✗ {one_line(self._trouble)}", "$text-error")
        looked_for = LookedFor.of(self._typed)
        if looked_for.names and not any(looked_for.asked):
            return Content.styled(_OF_A_TYPE, "dim")
        if self._finder is None or not looked_for.asks_service:
            return Content()
        if self._lacking:
            return Content("This service has no search for names: only what is listed here was looked through.")
        known = self._known.get(looked_for.asked)
        if known is None or asking:
            client = self._finder.session.connected
            return Content(f"Looking at the service: {client.budget.cost(1) if client else '1 call'}…")
        many = f"{len(known.records):,} of {known.total:,}" if known.more else f"{len(known.records):,}"
        return Content(f"The service knows {many} by that name.")


class ThemesScreen(ChoosingScreen):
    """Offers all themes; the one under the cursor is shown at once."""

    title_shown = "Themes"
    hint = "part of a name; Enter takes the theme, Esc goes back to the old one"

    def on_mount(self) -> None:
        """Note what to go back to."""
        self._before = self.app.theme

    def choices(self, wanted: str) -> Iterable[Choice]:
        """Give the themes whose names have these letters; the one in force first."""
        names = sorted(self.app.available_themes, key=lambda name: (name != self._before, name))
        return [Choice(name, run=partial(self._take, name)) for name in names if wanted.casefold() in name]

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002  (it is for leaving only)
        """Go back to the old theme."""
        self._take(self._before)
        self.dismiss()

    def _tell(self) -> None:
        super()._tell()
        if self.rows.chosen:
            self._take(self.rows.chosen.title)

    def _take(self, name: str) -> None:
        self.app.theme = name


def _name(command: Command) -> str:
    return f"{command.title[0].upper()}{command.title[1:]}"
