"""Writing what is on show to a file: where and how, then how far it is."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from peekui.api.cost import Cost
from peekui.api.errors import MixpeekError
from peekui.browse.export import ExportUnavailable, Format
from peekui.browse.export_file import ExportFile, format_of
from peekui.triage.pages import FilterRefused
from peekui.ui import formats
from peekui.ui.screens.closing import Dialog
from peekui.ui.screens.working import WorkingScreen, bar
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from peekui.ui.exports import Export
    from peekui.ui.session import Session

__all__ = ["ExportTo", "ExportToScreen", "ExportingScreen"]

_FORMS = tuple(Format)
_NAMES = {Format.CSV: "CSV", Format.JSON: "JSON", Format.JSONL: "JSON lines", Format.MARKDOWN: "Markdown",
          Format.PARQUET: "Parquet"}  # fmt: skip
_MOST_FILES = 1000


class ExportTo(NamedTuple):
    """Where and how.

    Attributes:
        path: Of the file.
        form: How rows are written.
        replace: Whether to take the place of a file that is there.
    """

    path: Path
    form: Format
    replace: bool


class ExportToScreen(Dialog[ExportTo | None]):
    """Asks where to, and in which form; None when the user left."""

    CSS_PATH: ClassVar[Any] = "exporting.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "dismiss(None)", "close"),
        Binding("tab", "form(1)", "next form", priority=True),
        Binding("shift+tab", "form(-1)", "form before", priority=True),
    ]

    line = query_one(Input)
    forms = query_one(TabLine)

    def __init__(self, session: Session, export: Export) -> None:
        """Take what is to be written."""
        super().__init__()
        self._session = session
        self._export = export
        self._asked: Path | None = None
        """A file that is there, of which it was asked whether it is to go."""

    def compose(self) -> ComposeResult:
        """The form, the path, what it takes."""
        with Vertical(id="export-box") as box:
            box.border_title = Content(f"Export {one_line(self._export.what)}")
            box.border_subtitle = "Enter writes · Tab next form · Esc leaves"
            yield TabLine([(_NAMES[form], form.ending) for form in _FORMS], id="export-forms")
            yield Input(str(_new_path(self._export.name, Format.CSV)), id="export-line", compact=True)
            yield Static(id="export-note", markup=False)

    def on_mount(self) -> None:
        """Begin with the path."""
        self.line.focus()
        self._tell()

    def action_form(self, step: int) -> None:
        """Choose the next form."""
        self._choose((self.forms.current + step) % len(_FORMS))

    def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        """Choose the form that was clicked."""
        self._choose(event.index)

    def _choose(self, index: int) -> None:
        self.forms.current = index
        path = Path(self.line.value)
        if format_of(path):
            self.line.value = str(path.with_suffix(f".{_FORMS[index].ending}"))
        self._tell()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the form follow the name of the file."""
        self._asked = None
        if form := format_of(Path(event.value)):
            self.forms.current = _FORMS.index(form)
        self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was chosen; a file that is there is replaced only after it was asked."""
        path = Path(event.value).expanduser().absolute()
        if path.is_dir() or not event.value.strip():
            self._say("That is no name of a file.", "$text-error")
        elif path.exists() and path != self._asked:
            self._asked = path
            self._say(f"{path.name} is there already: Enter again replaces it, another name does not.", "$text-warning")
        else:
            self.dismiss(ExportTo(path, _FORMS[self.forms.current], replace=path.exists()))

    def _tell(self) -> None:
        client, calls = self._session.connected, self._export.calls
        cost = client.budget.cost(calls) if client else Cost(calls)
        columns = ", ".join(map(one_line, self._export.columns))
        self._say(f"{len(self._export.columns):,} columns: {columns}\n{cost}", "dim")

    def _say(self, text: str, style: str) -> None:
        self.query_one("#export-note", Static).update(Content.styled(text, style))


class ExportingScreen(WorkingScreen[int]):
    """Writes the rows, and gives how many; None when it was left, and then there is no file."""

    class Wrote(Message):
        """Rows were written; `partial` where the service gives no more, though there are."""

        def __init__(self, count: int, *, partial: bool) -> None:
            super().__init__()
            self.count = count
            self.partial = partial

    class Ended(Message):
        """The file is there, or the sentence says why not."""

        def __init__(self, why: str = "") -> None:
            super().__init__()
            self.why = why

    def __init__(self, session: Session, export: Export, to: ExportTo) -> None:
        """Take what is written, and where."""
        super().__init__(session, f"Export {export.what}")
        self._export = export
        self._to = to
        self._count = 0
        self._trouble = ""

    def calls(self) -> int:
        """Count the calls."""
        return self._export.calls

    def result(self) -> int | None:
        """Give nothing before the file is whole."""
        return None

    def lines(self) -> Iterator[Content]:
        """Say how many rows were written, or why there is no file."""
        total = self._export.total
        of = f" of {total:,}" if total is not None else ""
        yield bar(self._count / max(total or self._count, 1), f"{self._count:,}{of} rows")
        yield Content.styled(f"to {one_line(str(self._to.path))}", "dim")
        if self._trouble:
            yield Content.styled(f"✗ {one_line(self._trouble)} No file was written.", "$text-error")

    async def work(self) -> None:
        """Read the rows and write them; they are written in a thread, the file has its name at the end."""
        path, form, replace = self._to
        count, partial = 0, False
        try:
            client = await self._session.client()
            with ExportFile(path, self._export.columns, form, replace=replace) as file:
                async with aclosing(self._export.rows(client)) as portions:
                    async for portion in portions:
                        await asyncio.to_thread(file.rows.write, portion.rows)
                        count, partial = file.rows.count, partial or portion.ignored
                        self.post_message(self.Wrote(count, partial=partial))
                await asyncio.to_thread(file.finish)
        except FilterRefused as refused:
            self.post_message(self.Ended(f"The service does not look assets up: {refused}"))
        except MixpeekError as error:
            self.post_message(self.Ended(f"{error.what} {error.advice}"))
        except ExportUnavailable as error:
            self.post_message(self.Ended(str(error)))
        except OSError as error:
            self.post_message(self.Ended(f"It cannot be written: {error.strerror}."))
        else:
            self.post_message(self.Ended())

    def on_exporting_screen_wrote(self, message: Wrote) -> None:
        """Show how far it is, and say once that there is no more."""
        self._count = message.count
        if message.partial:
            text = "The service gives only one page of this search: the file holds no more."
            self.app.notify(text, severity="warning", markup=False)
        self.draw()

    def on_exporting_screen_ended(self, message: Ended) -> None:
        """Close, or say why there is no file."""
        if not message.why:
            self.app.notify(f"Wrote {self._count:,} rows to {self._to.path}.", markup=False)
            self.dismiss(self._count)
            return
        self._trouble = message.why
        self.call_after_refresh(self.draw)  # it may have come before the dialog was laid out for the first time


def _new_path(name: str, form: Format) -> Path:
    """Give a path in the current folder that is not taken."""
    stem = f"peekui-{name}-{formats.now():%Y-%m-%d}"
    paths = (Path(f"{stem}{f'-{number}' if number > 1 else ''}.{form.ending}") for number in range(1, _MOST_FILES))
    return next(path for path in paths if not path.exists())
