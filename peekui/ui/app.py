"""The application: themes, the session, the first screen, and the commands that work anywhere."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App

from peekui.ui.commands import Where, by_id
from peekui.ui.palette import RegistryCommands
from peekui.ui.running import RunsCommands, bindings_for, find_runner
from peekui.ui.screens.browse import BrowseScreen
from peekui.ui.screens.help import HelpScreen
from peekui.ui.session import Session
from peekui.ui.themes import THEMES

if TYPE_CHECKING:
    from textual.screen import Screen

    from peekui.ui.session import Source

__all__ = ["PeekApp"]

_HERE = Path(__file__).parent
_THEME_CYCLE = (*(theme.name for theme in THEMES), "ansi-dark", "ansi-light")


class PeekApp(RunsCommands, App[None]):
    """Browses one source."""

    TITLE = "peekui"
    # Those of the other screens are read when they are opened: parsing takes its time.
    CSS_PATH: ClassVar[Any] = [*sorted(_HERE.glob("widgets/*.tcss")), _HERE / "screens/browse.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.ANYWHERE)
    COMMANDS: ClassVar[Any] = {RegistryCommands}
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, source: Source, *, theme: str = THEMES[0].name) -> None:
        """Take where the assets come from.

        Args:
            source: Hosted service or embedded library.
            theme: Name of the theme to start with.
        """
        super().__init__()
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme
        self.session = Session(source)

    def get_default_screen(self) -> Screen[None]:
        """Start with the browser."""
        return BrowseScreen(self.session)

    def on_mount(self) -> None:
        """Leave in order when told to end: the terminal must be put back."""
        if sys.platform != "win32":
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._terminate)

    def _terminate(self) -> None:
        self.exit(return_code=128 + signal.SIGTERM)

    def on_ready(self) -> None:
        """Take what start-up left behind out of every later collection: keys stutter less."""
        gc.collect()
        gc.freeze()

    async def on_unmount(self) -> None:
        """Close the connections."""
        await self.session.aclose()

    async def command_app_help(self) -> None:
        """Show all keys, and run the one that is picked."""
        if isinstance(self.screen, HelpScreen):
            return
        focused = self.focused or self.screen

        async def run(command_id: str | None) -> None:
            runner = find_runner(by_id(command_id), focused) if command_id else None
            if command_id and runner:
                await runner.action_run(command_id)

        await self.push_screen(HelpScreen(focused), run)

    def command_app_palette(self) -> None:
        """Open the palette."""
        self.action_command_palette()

    def command_app_theme(self) -> None:
        """Change to the next theme."""
        here = _THEME_CYCLE.index(self.theme) if self.theme in _THEME_CYCLE else -1
        self.theme = _THEME_CYCLE[(here + 1) % len(_THEME_CYCLE)]
        self.notify(f"Theme: {self.theme}", timeout=2, markup=False)

    def command_app_quit(self) -> None:
        """Leave."""
        self.exit()
