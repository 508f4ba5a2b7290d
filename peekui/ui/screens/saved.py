"""The saved searches: open, save, rename and delete them, and see what they find now that they did not last time."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from peekui.search.commands_for import Command, search_command
from peekui.search.records import list_request
from peekui.search.saved import BadSaved, delete_saved, rename_saved, saved_folder
from peekui.search.searches import MOST_ROWS
from peekui.ui import formats
from peekui.ui.answers import ShownAs
from peekui.ui.commands import Situation, Where
from peekui.ui.kept_searches import KeptSearch, look_now, read_kept
from peekui.ui.loader import Subject, start
from peekui.ui.running import bindings_for
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.counting import CountsOnDemand
from peekui.ui.screens.naming import NamesSearches, refused
from peekui.ui.untrusted import one_line, visible
from peekui.ui.widgets.choice_list import Choice
from peekui.ui.widgets.kept_list import SavedList
from peekui.ui.widgets.key_bar import KeyBar, draw_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from peekui.search.saved import SavedSearch
    from peekui.ui.kept_searches import Home
    from peekui.ui.session import Session

__all__ = ["SavedScreen"]


class KeptRead(Message, bubble=False):
    """The files were read."""

    def __init__(self, kept: tuple[KeptSearch, ...]) -> None:
        super().__init__()
        self.kept = kept


class KeptCounted(Message, bubble=False):
    """One of them was looked at."""

    def __init__(self, kept: KeptSearch) -> None:
        super().__init__()
        self.kept = kept


class SavedScreen(CountsOnDemand, NamesSearches):
    """Lists the files of the folder; nothing is asked before it is told to count."""

    CSS_PATH: ClassVar[Any] = "kept.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.SAVED, Where.ANSWER)

    rows = query_one(SavedList)

    def __init__(self, session: Session, home: Home, present: SavedSearch, go: Callable[[str], None]) -> None:
        """Take what to work with.

        Args:
            session: To count with.
            home: Where they are carried out.
            present: The search on show, to be saved.
            go: Looks at what the search of a name finds.
        """
        super().__init__()
        self._session = session
        self._home = home
        self._present = present
        self._go = go
        self._here = ""

    def compose(self) -> ComposeResult:
        """Headings, the searches, all there is to say of one, how counting goes, the line for a name, keys."""
        with Vertical(id="kept-box") as box:
            box.border_title = "Saved searches"
            yield Static(id="kept-heading", markup=False)
            yield SavedList()
            yield Static(id="kept-note", markup=False)
            yield Static(id="kept-state", markup=False)
            yield self.name_line()
            yield KeyBar()

    def on_mount(self) -> None:
        """Read the files."""
        self.rows.focus()
        self.watch(self.rows, "cursor", self.draw, init=False)
        self.watch(self, "focused", self._draw_keys, init=False)
        self._read()

    def on_resize(self) -> None:
        """Fit everything to the new width."""
        self.call_after_refresh(self.draw)

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(kept=self.rows.current is not None, uncounted=bool(self.calls_left()) and not self.counting)

    def shown_as(self) -> ShownAs | None:
        """Give what carries out the search under the cursor; of another namespace's collections nothing is known."""
        one = self.rows.current
        if one is None or one.saved is None:
            return None
        search, namespace = one.saved.search, self._home.namespace_of(one.saved)
        keys = search.collections or (self._home.collections if namespace == self._home.namespace else ())
        if not keys:
            return None
        scope = None if one.saved.namespace else namespace
        commands = (
            ("peekui command", Command(("search", f"@{one.name}"), scope)),
            ("peekui command in full", search_command(search, namespace)),
        )
        return ShownAs(commands, list_request(search.query(namespace, keys), 1, search.page_size or MOST_ROWS))

    # -- what is read and counted -------------------------------------------------------------------------

    def _read(self) -> None:
        async def read() -> None:
            self.post_message(KeptRead(await asyncio.to_thread(read_kept, self._home)))

        start(self, Subject.SAVED, read)

    def on_kept_read(self, message: KeptRead) -> None:
        """List them; what was counted stays."""
        counted = {one.path: one for one in self.rows.kept if one.now}
        self.rows.kept = tuple(
            old if (old := counted.get(one.path)) and old.saved == one.saved else one for one in message.kept
        )
        self.rows.cursor = next((index for index, one in enumerate(self.rows.kept) if one.name == self._here), 0)
        self.draw()

    def on_kept_counted(self, message: KeptCounted) -> None:
        """Draw what came."""
        new = message.kept
        self.rows.kept = tuple(new if one.path == new.path else one for one in self.rows.kept)
        self.counting = self.counting and bool(self.calls_left())
        self.draw()

    def calls_left(self) -> int:
        """Say how many calls it takes to count those that were not."""
        return sum(one.calls(self._home) for one in self.rows.kept)

    def command_saved_count(self) -> None:
        """Count all that were not counted here."""

        async def count(several: tuple[KeptSearch, ...]) -> None:
            for one in several:
                self.post_message(KeptCounted(await look_now(self._session, one, self._home)))

        self.counting, self.trouble = True, ""
        left = tuple(one for one in self.rows.kept if one.calls(self._home))
        start(self, Subject.SAVED, partial(count, left))
        self.draw()

    # -- what the user does -------------------------------------------------------------------------------

    def on_row_view_opened(self) -> None:
        """Look at what the search finds."""
        one = self.rows.current
        if one and one.saved:
            self.dismiss()
            self._go(one.name)
        elif one:
            self.notify(one.problem, severity="warning", markup=False)

    def command_saved_add(self) -> None:
        """Save the search on show."""

        def named(name: str) -> None:
            if self.save(name, self._present):
                self._changed(name)

        self.ask_name("", named)

    def command_saved_rename(self) -> None:
        """Give the search another name."""
        one = self.rows.current
        if one is None:
            return

        def named(name: str) -> None:
            try:
                rename_saved(saved_folder(), one.name, name)
            except (BadSaved, OSError) as error:
                self.notify(refused(error, name), severity="warning", markup=False)
            else:
                self._changed(name)

        self.ask_name(one.name, named)

    def command_saved_delete(self) -> None:
        """Delete the search, after asking."""
        one = self.rows.current
        if one is None:
            return

        def delete() -> None:
            try:
                delete_saved(saved_folder(), one.name)
            except OSError as error:
                self.notify(f"{one.path} cannot be deleted: {error.strerror}.", severity="error", markup=False)
            self._changed("")

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        answers = [
            Choice("Keep it", text="Leave everything as it is.", run=self.draw),
            Choice("Delete it", text=f"{one.path} goes; the assets stay as they are.", run=delete),
        ]
        self.app.push_screen(AskingScreen(f"Delete “{one.name}”?", answers), run)

    async def command_saved_copy(self) -> None:
        """Copy the path of the file."""
        if one := self.rows.current:
            await self.copy_text("Path", str(one.path))

    def command_saved_close(self) -> None:
        """Close the line, else the dialog; what is still to be counted is not."""
        if not self.close_line(self.rows):
            self.dismiss()

    def _changed(self, name: str) -> None:
        """Read the files again, and go to one."""
        self.close_line(self.rows)
        self._here = name
        self._read()

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw all there is to say."""
        self.rows.counting = self.counting
        width = self.rows.scrollable_content_region.width
        self.query_one("#kept-heading", Static).update(self.rows.heading(width) if self.rows.kept else "")
        self.query_one("#kept-note", Static).update(Content("\n").join(self._note()))
        nothing = "Nothing is saved yet." if not self.rows.kept else "Enter shows what a search finds."
        self.query_one("#kept-state", Static).update(self.counting_state("saved.count", nothing))
        self._draw_keys()

    def _note(self) -> Iterator[Content]:
        one = self.rows.current
        if one is None:
            return
        if one.saved:
            where = f"  in {one_line(one.saved.namespace)}" if one.saved.namespace else ""
            columns = f"  columns: {one_line(', '.join(one.saved.columns))}" if one.saved.columns else ""
            yield Content.assemble(one_line(one.line) or "everything", (f"{where}{columns}", "dim"))
        if one.problem:
            yield Content.styled(f"✗ {visible(one.problem)}", "$text-error")
        elif one.changes is not None and one.before:
            part = "" if one.now and one.now.whole else ", among the first"
            yield Content(f"{one.changes} since {formats.age(one.before.at)} ago{part}".capitalize())
        elif one.before:
            yield Content.styled(f"Last looked at {formats.age(one.before.at)} ago.", "dim")
        yield Content.styled(one_line(str(one.path)), "dim")

    def _draw_keys(self) -> None:
        self.call_after_refresh(draw_keys, self)
