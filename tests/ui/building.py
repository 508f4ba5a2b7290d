"""A filter builder on show, to be used by keys and looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.keys import _character_to_key
from textual.widgets import Static

from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.filter import FilterScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from typing import TypeAlias

    from textual.pilot import Pilot
    from textual.widgets import Input

    from peekui.api.calls import Call
    from peekui.browse.filter_draft import FilterDraft
    from peekui.filters.nodes import Group
    from peekui.ui.widgets.filter_panels import FilterPanels
    from tests.ui.driver import Driver

    Open: TypeAlias = Callable[..., AbstractAsyncContextManager["Building"]]

__all__ = ["FILTER", "Building", "Open", "asked", "lines_of", "said", "tree_lines"]

FILTER = "status = FAILED and modality in (video, image) and none(error exists, metadata.title ~ draft)"

_NAMED = {
    "enter", "tab", "shift+tab", "escape", "up", "down", "left", "right", "space", "delete", "backspace", "ctrl+s",
    "ctrl+r", "shift+down", "shift+up", "end", "home", "pagedown",
}  # fmt: skip


class Building(NamedTuple):
    """A builder on show.

    Attributes:
        driver: Of the app.
        screen: The builder.
        applied: Filters that were applied, where it was not opened from the browser.
    """

    driver: Driver
    screen: FilterScreen
    applied: Sequence[Group | None] = ()

    @property
    def text(self) -> str:
        """The filter as it is now."""
        return to_expression(self.screen.draft.tree)

    async def press(self, *keys: str) -> None:
        """Press keys; what names no key is typed, as fast as it can be."""
        for key in keys:
            if key in _NAMED:
                await self.driver.pilot.press(key)
            for letter in "" if key in _NAMED else key:
                name = letter if letter.isalnum() else _character_to_key(letter)
                self.driver.app.post_message(events.Key(name, letter))
            await self.driver.pilot.pause()

    async def begin(self, text: str) -> None:
        """Take a filter, and go to its outermost group."""
        self.screen.draft.replace(parse(text))
        self.screen.draft.select(())
        self.screen.set_focus(self.screen.tree_rows)
        await self.driver.pilot.pause()

    @classmethod
    async def opened(cls, driver: Driver, text: str = "") -> Building:
        """Open the builder, and type a filter."""
        await driver.pilot.press("f")
        await driver.until(lambda: isinstance(driver.app.screen, FilterScreen))
        screen = driver.app.screen
        assert isinstance(screen, FilterScreen)
        building = cls(driver, screen)
        await building.until_counted()
        if text:
            await building.write(text)
            await building.until_counted()
        return building

    @property
    def panels(self) -> FilterPanels:
        """What is tested."""
        return self.screen.panels

    @property
    def draft(self) -> FilterDraft:
        """The filter."""
        return self.screen.draft

    @property
    def pilot(self) -> Pilot[None]:
        """Presses keys."""
        return self.driver.pilot

    async def write(self, text: str) -> None:
        """Put a text in, as if it were pasted into the expression."""
        self.panels.expression.area.write_as_user(text, len(text))
        await self.driver.until(lambda: to_expression(self.draft.tree) == to_expression(parse(text)))

    async def until_counted(self) -> None:
        """Wait until the total of the filter is there."""
        await self.driver.until(lambda: self.draft.total is not None)

    async def until_said(self, text: str) -> None:
        """Wait until something is on the screen."""
        await self.driver.until(lambda: text in " ".join(self.driver.text().split()))

    def nodes_counted(self) -> bool:
        """Whether all is known of each node."""
        notes = self.draft.notes
        return bool(notes) and not any("…" in note.text for note in notes.values())

    def counting_calls(self) -> list[Call]:
        """Calls for a page of one row."""
        client = self.driver.session.connected
        assert client
        return [call for call in client.calls if "page_size=1" in call.query.split("&")]


def asked(here: Building) -> bool:
    return isinstance(here.driver.app.screen, AskingScreen)


def lines_of(here: Building, widget: object) -> list[str]:
    region = here.screen.tree_rows.region if widget is here.screen.tree_rows else here.screen.editor.region
    return [line[region.x : region.right].rstrip() for line in here.driver.text().splitlines()][
        region.y : region.bottom
    ]


def tree_lines(here: Building) -> list[str]:
    return [line.strip() for line in lines_of(here, here.screen.tree_rows) if line.strip()]


def said(here: Building, line: Input) -> str:
    """What stands under a line of the editor."""
    assert line.parent
    return str(line.parent.query_one(".editor-note", Static).visual)
