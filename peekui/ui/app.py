"""The application: themes, the session, the first screen, and the commands that work anywhere."""

from __future__ import annotations

import gc
import logging
from functools import cache
from inspect import isawaitable
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding

from peekui.clipboard.routes import routes_from
from peekui.surroundings import Surroundings
from peekui.ui.commands import Keymap, Where
from peekui.ui.elsewhere import ReachesBrowser
from peekui.ui.ending import ReportsCrashes, end_on_signals
from peekui.ui.running import bindings_for
from peekui.ui.screens.opening import OpeningScreen
from peekui.ui.session import Session
from peekui.ui.terminal_pictures import SendsPictures
from peekui.ui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual import events
    from textual.screen import Screen

    from peekui.browse.memory import Memory
    from peekui.browse.pictures.gallery import Gallery
    from peekui.clipboard.routes import Route
    from peekui.ui.screens.choosing import ChoosingScreen
    from peekui.ui.screens.welcome import WelcomeScreen
    from peekui.ui.session import Source
    from peekui.ui.sources import Sources

__all__ = ["PeekApp"]

_LOG = logging.getLogger(__name__)
_PATIENCE = 2.0
"""Seconds in which a second Ctrl+C quits."""
_SETTLED = 1.0
"""Seconds from the first frame until start-up is taken to be over."""
_THEME_CYCLE = (*(theme.name for theme in THEMES), "ansi-dark", "ansi-light")


class PeekApp(ReachesBrowser, SendsPictures, ReportsCrashes, App[None]):
    """Browses one source."""

    TITLE = "peekui"
    BINDINGS: ClassVar[list[Any]] = [
        *bindings_for(Where.ANYWHERE),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False  # ours knows the commands and the rows

    def __init__(
        self,
        source: Source | None,
        *,
        sources: Sources | None = None,
        memory: Memory | None = None,
        theme: str | None = None,
        keymap: Keymap = Keymap(),  # noqa: B008  (immutable)
        routes: Sequence[Route] | None = None,
        download_dir: Path | None = None,
        gallery: Gallery | None = None,
        read_only: bool = False,
    ) -> None:
        """Take what to browse, and how the user likes it.

        Args:
            source: Hosted service or embedded library; None asks the user, which takes `sources`.
            sources: What the user can choose from.
            memory: What is remembered from earlier; None remembers nothing.
            theme: Name of the theme to start with, in place of the one last used.
            keymap: Keys of the commands.
            routes: Ways to the clipboard in the order they are tried, None for the usual one.
            download_dir: Where downloads go, None for the platform's own folder.
            gallery: Gets pictures; None shows none.
            read_only: Nothing is changed at the service.
        """
        super().__init__()
        self.surroundings = Surroundings.read()
        self.routes = routes_from(self.surroundings, routes)
        self.download_dir = download_dir
        self.gallery = gallery
        self.read_only = read_only
        self.keymap = keymap
        self.set_keymap(keymap.for_textual())
        self.sources = sources
        self.memory = memory
        self.session: Session | None = Session(source) if source else None
        self._interrupted = -_PATIENCE
        for known in THEMES:
            self.register_theme(known)
        remembered = memory.theme if memory else None
        self.theme = theme or (remembered if remembered in self.available_themes else None) or THEMES[0].name

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """Give the screens that show through the uppermost.

        Textual counts the one beneath even where nothing shows through, lays it out, and paints the whole terminal anew
        for every change in it: the browser follows the asset that is inspected, so that is twice at every step.
        """
        stack = self._screen_stack
        return [] if stack and stack[-1].styles.background.a == 1 else super()._background_screens

    def on_resize(self, event: events.Resize) -> None:
        """Tell the screens that are not seen as well; Textual tells the others."""
        for screen in self.screen_stack:
            if not screen.is_current:
                screen.post_message(event)

    def get_default_screen(self) -> Screen[None]:
        """Paint something at once; what comes next takes its time to import."""
        if self.session:
            return OpeningScreen(self.session.source.name, self.session.source.starting, self._browse)
        return OpeningScreen("welcome", "Loading…", self._welcome)

    async def _browse(self) -> None:
        """Open the browser."""
        from peekui.ui.screens.browse import BrowseScreen

        if self.session:
            self.browser = BrowseScreen(self.session, self.memory)
            await self.push_screen(self.browser)

    async def _welcome(self) -> None:
        """Ask what to browse."""
        from peekui.ui.screens.welcome import WelcomeScreen

        if self.sources is None:
            raise ValueError("without a source there must be sources to choose from")
        await self.push_screen(WelcomeScreen(self.sources))

    async def on_welcome_screen_chosen(self, message: WelcomeScreen.Chosen) -> None:
        """Browse what was chosen."""
        self.session = Session(message.source)
        if self.memory:
            self.memory.change_account(message.source.account)
        await self._browse()

    def on_mount(self) -> None:
        """Leave in order when told to end: the terminal must be put back, unless it is gone."""
        end_on_signals(self, self._remember)

    def on_ready(self) -> None:
        """Look for garbage again, once the first rows should be there."""
        self.set_timer(_SETTLED, _settle)

    async def on_unmount(self) -> None:
        """Close the connections, and keep what is to be remembered."""
        if self.gallery:
            await self.gallery.aclose()
        if self.session:
            await self.session.aclose()
        self._remember()

    def _remember(self) -> None:
        if self.memory:
            self.memory.remember_theme(self.theme)
            try:
                self.memory.save()
            except OSError as error:
                _LOG.warning("what was done is not remembered: %s", error.strerror)

    def command_app_help(self) -> None:
        """Show all keys, and run the one that is picked."""
        from peekui.ui.screens.help import HelpScreen

        self._choose(HelpScreen(self.focused or self.screen))

    def command_app_palette(self) -> None:
        """Open the palette, and run what is picked."""
        from peekui.ui.screens.palette import PaletteScreen

        self._choose(PaletteScreen(self.focused or self.screen))

    def _choose(self, dialog: ChoosingScreen) -> None:
        async def run(chosen: Callable[[], object] | None) -> None:
            outcome = chosen() if chosen else None
            if isawaitable(outcome):
                await outcome

        if not isinstance(self.screen, type(dialog)):
            self.push_screen(dialog, run)

    def command_app_theme(self) -> None:
        """Change to the next theme."""
        here = _THEME_CYCLE.index(self.theme) if self.theme in _THEME_CYCLE else -1
        self.theme = _THEME_CYCLE[(here + 1) % len(_THEME_CYCLE)]
        self.notify(f"Theme: {self.theme}", timeout=2, markup=False)

    def command_app_themes(self) -> None:
        """Choose a theme from all there are; the one under the cursor is shown."""
        from peekui.ui.screens.palette import ThemesScreen

        self._choose(ThemesScreen())

    def command_app_jump(self) -> None:
        """Put a letter on everything that can have the focus."""
        from peekui.ui.screens.jump import JumpScreen

        if not isinstance(self.screen, JumpScreen):
            self.push_screen(JumpScreen(self.screen))

    def command_app_calls(self) -> None:
        """Open the call log."""
        from peekui.ui.screens.calls import CallsScreen

        if not isinstance(self.screen, CallsScreen):
            self.push_screen(CallsScreen(self.session.connected if self.session else None))

    def action_interrupt(self) -> None:
        """Leave at the second Ctrl+C: the first may have been meant for something else."""
        now = monotonic()
        if now - self._interrupted < _PATIENCE:
            self.exit()
        else:
            self._interrupted = now
            self.notify("Press Ctrl+C again to quit.", timeout=_PATIENCE, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Ctrl+C to what copies a selection with it."""
        if action == "interrupt":
            typed_in = getattr(self.focused, "selected_text", "")  # of a line or an area to type in
            return not typed_in and not self.screen.get_selected_text()
        return super().check_action(action, parameters)

    def command_app_quit(self) -> None:
        """Leave."""
        self.exit()


@cache
def _settle() -> None:
    """Take what start-up left behind out of every later search for garbage: keys stutter less."""
    gc.enable()
    gc.collect()
    gc.freeze()
