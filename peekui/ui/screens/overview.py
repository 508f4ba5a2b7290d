"""What makes up the chosen collections: assets by status and by type, as bars."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from peekui.browse.overview import Aspect, parts_of
from peekui.search.commands_for import search_command
from peekui.search.records import list_request
from peekui.search.searches import Search
from peekui.ui import formats
from peekui.ui.answers import ShownAs, ShowsAnswer
from peekui.ui.columns import status_cell
from peekui.ui.commands import Situation, Where
from peekui.ui.loader import Loader, Subject, start
from peekui.ui.running import bindings_for
from peekui.ui.screens.closing import Dialog
from peekui.ui.untrusted import one_line, visible
from peekui.ui.widgets.key_bar import KeyBar, draw_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.app import ComposeResult

    from peekui.api.models import Collection
    from peekui.browse.overview import Part
    from peekui.browse.query import AssetQuery
    from peekui.ui.loader import LoadFailed, PartCounted
    from peekui.ui.session import Session

__all__ = ["OverviewScreen"]

_BAR = 24
_HEADINGS = {Aspect.STATUS: "By status", Aspect.MODALITY: "By type"}


class OverviewScreen(ShowsAnswer, Dialog[None]):
    """Shows what the service said of the collections already, and counts the rest when that is worth its calls."""

    CSS_PATH = "overview.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.OVERVIEW, Where.ANSWER)

    def __init__(
        self,
        session: Session,
        query: AssetQuery,
        collections: Sequence[Collection],
        seen: Iterable[tuple[Aspect, str]],
        search: Search | None = None,
    ) -> None:
        """Take what to look over.

        Args:
            session: To count with.
            query: What is on show.
            collections: Those it is about.
            seen: Statuses and types met in its rows.
            search: That the query was made of, as a line says it.
        """
        super().__init__()
        self._loader = Loader(session, self.post_message)
        self._session = session
        self._collections = collections
        self._query = query
        self._search = search or Search.of(query)
        self._parts = parts_of(query, seen)
        self._counts: dict[Part, PartCounted] = {}
        self._counting = False
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """One text that scrolls, and keys."""
        with Vertical(id="overview-box") as box:
            names = ", ".join(one_line(item.title) for item in self._collections)
            box.border_title = Content(f"Overview: {names}")
            with VerticalScroll(id="overview-scroll"):
                yield Static(id="overview-text", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known; count at once where calls are few enough or cost nothing."""
        self.query_one("#overview-scroll").focus()
        client = self._session.connected
        if client is None or client.budget.state.limit is None or not client.budget.cost(len(self._parts)).asks_first:
            self.command_overview_count()
        self._draw()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(uncounted=not self._counting)

    def shown_as(self) -> ShownAs:
        """Give what counts all that is looked over; a part more is a condition more."""
        command = search_command(self._search, self._query.namespace, ("--count",))
        return ShownAs((("peekui command", command),), list_request(self._query, 1, 1))

    def command_overview_count(self) -> None:
        """Count what was not counted yet."""
        self._counting = True
        self._trouble = ""
        left = [part for part in self._parts if part not in self._counts]
        start(self, Subject.OVERVIEW, partial(self._loader.count_parts, left))
        self._draw()

    def command_overview_close(self) -> None:
        """Close; what is still to be counted is not."""
        self.dismiss()

    def on_part_counted(self, message: PartCounted) -> None:
        """Draw a number that came."""
        self._counts[message.part] = message
        self._draw()

    def on_load_failed(self, message: LoadFailed) -> None:
        """Keep what was counted, and say why there is no more."""
        self._counting = False
        self._trouble = f"{message.problem.what} {message.problem.advice}"
        self._draw()

    def _draw(self) -> None:
        lines = [*self._facts(), *self._bars(Aspect.STATUS), *self._bars(Aspect.MODALITY), Content(), self._state()]
        self.query_one("#overview-text", Static).update(Content("\n").join(lines))
        self.call_after_refresh(draw_keys, self, self)

    def _facts(self) -> Iterator[Content]:
        """What the list of collections said; each only where all of them said it."""
        counts = [item.count for item in self._collections]
        sizes = [item.size_bytes for item in self._collections]
        changes = [item.last_updated for item in self._collections if item.last_updated]
        if None not in counts:
            yield _fact("assets", f"{sum(filter(None, counts)):,}")
        if None not in sizes:
            yield _fact("size", formats.exact_size(sum(filter(None, sizes))))
        if changes:
            yield _fact("changed", f"{formats.brief_moment(max(changes))} · {formats.age(max(changes))} ago")

    def _bars(self, aspect: Aspect) -> Iterator[Content]:
        parts = [part for part in self._parts if part.aspect is aspect]
        counted = [self._counts[part].count for part in parts if part in self._counts]
        whole = sum(counted)
        yield Content()
        yield Content.styled(_HEADINGS[aspect], "bold $primary")
        for part in parts:
            yield self._bar(part, whole, max(counted, default=0))

    def _bar(self, part: Part, whole: int, most: int) -> Content:
        name = status_cell(part.value).text if part.aspect is Aspect.STATUS else part.value
        label = f"  {one_line(name):<14.14}"
        answer = self._counts.get(part)
        if answer is None:
            return Content.styled(f"{label}{'…' if self._counting else '·':>10}", "dim")
        filled = max(round(answer.count / most * _BAR), 1) if answer.count else 0
        number = f"{answer.count:,}" if answer.exact else f"{answer.count:,}+"
        share = f"{answer.count / whole:>5.0%}" if whole and answer.exact else ""
        return Content.assemble(f"{label}{number:>10}  ", ("▇" * filled, "$primary"), f"{share:>{_BAR - filled + 6}}")

    def _state(self) -> Content:
        left = len(self._parts) - len(self._counts)
        if self._trouble:
            return Content.styled(f"✗ {visible(self._trouble)}", "$text-error")
        if not left:
            return Content.styled("Shares are of what was counted here.", "dim")
        client = self._session.connected
        cost = str(client.budget.cost(left)) if client else f"{left} calls"
        return Content.styled(f"Counting: {cost} left…" if self._counting else f"Enter counts these: {cost}.", "dim")


def _fact(name: str, value: str) -> Content:
    return Content.assemble((f"  {name:<10}", "dim"), value)
