"""What is below the tree of a filter: it as an expression, as JSON, in words; why an asset matches; how many match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from peekui.filters.explain import explain
from peekui.ui.external_editor import EditorFailed, edit_text
from peekui.ui.screens.doctor import DoctorScreen
from peekui.ui.screens.example import ExampleScreen
from peekui.ui.untrusted import visible
from peekui.ui.widgets.count_line import CountLine
from peekui.ui.widgets.filter_texts import ExpressionPanel, JsonPanel, TextPanel
from peekui.ui.widgets.filter_why import WhyPanel
from peekui.ui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from peekui.api.models import Asset
    from peekui.browse.filter_draft import FilterDraft
    from peekui.browse.query import AssetQuery
    from peekui.ui.session import Session

__all__ = ["FilterPanels", "WordsPanel"]

_REST: Final = 0.1
"""Seconds without a change before all this follows: writing a large filter on every key makes keys stutter."""


_NAMES: Final = (("Expression", "Expr"), ("JSON", "JSON"), ("In words", "Words"), ("Why (not) here", "Why"))
"""Of the panels, in full and in brief."""


class WordsPanel(VerticalScroll):
    """The filter in plain English."""

    def __init__(self, draft: FilterDraft, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Take the draft to follow."""
        super().__init__(id=id)
        self._draft = draft

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="words", markup=False)

    def follow(self) -> None:
        """Say what the filter asks for now."""
        said = visible(explain(self._draft.tree))
        self.query_one("#words", Static).update(f"{said[:1].upper()}{said[1:]}.")


class FilterPanels(Vertical):
    """Shows one of the panels, and the line of counts below them."""

    def __init__(self, session: Session, draft: FilterDraft, query: AssetQuery, rows: Sequence[Asset]) -> None:
        """Take what to show.

        Args:
            session: To ask the service with.
            draft: The filter; changed here as well.
            query: Where it is counted: namespace, collections, search.
            rows: Assets that were loaded, to ask about.
        """
        super().__init__(id="filter-panels")
        self._draft = draft
        self._session = session
        self._query = query
        self._rows = rows
        self.tabs = TabLine(_NAMES, id="filter-tabs")
        self.expression = ExpressionPanel(draft, id="filter-expression")
        self.json = JsonPanel(draft, id="filter-json")
        self.why = WhyPanel(session, draft, query, id="filter-why")
        self.counts = CountLine(session, draft, query)
        self._panels = (self.expression, self.json, WordsPanel(draft, id="filter-words"), self.why)
        self._rest: Timer | None = None
        self._forget: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Names, the panel on show, the counts."""
        yield self.tabs
        with ContentSwitcher(initial=self.expression.id):
            yield from self._panels
        yield self.counts

    def on_mount(self) -> None:
        """Follow the draft."""
        self._forget = self._draft.on_change(self._changed)
        self.follow()

    def on_unmount(self) -> None:
        """Follow no longer."""
        if self._forget:
            self._forget()

    @property
    def current(self) -> ExpressionPanel | JsonPanel | WordsPanel | WhyPanel:
        """The panel on show."""
        return self._panels[self.tabs.current]

    def follow(self) -> None:
        """Have the panel on show, and what is known of an asset, and the counts follow the draft at once."""
        self.counts.follow()
        self.why.follow()
        self.current.follow()

    def show(self, index: int) -> None:
        """Show a panel, by its number from the left; the focus goes with it where it is here."""
        inside = self.has_focus_within
        self.tabs.current = index
        self.query_one(ContentSwitcher).current = self.current.id
        self.follow()
        if inside:
            self.take_focus()

    def show_next(self) -> None:
        """Show the next panel, the first after the last."""
        self.show((self.tabs.current + 1) % len(self._panels))

    def take_focus(self) -> None:
        """Put the focus into the panel on show."""
        inside = self.current.walk_children(Widget, with_self=True)
        target = next((widget for widget in inside if widget.can_focus), None)
        if target:
            self.screen.set_focus(target)  # at once: what is typed next belongs there

    def edit_outside(self) -> None:
        """Have the text on show edited in the user's editor; the expression, where no text is on show."""
        panel = self.current
        if not isinstance(panel, TextPanel):
            panel = self.expression
            self.show(self._panels.index(panel))
        panel.follow()
        try:
            text = edit_text(self.app, panel.area.text, suffix=panel.suffix)
        except EditorFailed as reason:
            self.notify(str(reason), severity="error", markup=False)
            return
        if text == panel.area.text:
            self.notify("The editor left the text as it was.", markup=False)
        else:
            panel.area.write_as_user(text)

    def ask_why(self) -> None:
        """Ask which asset is meant, and hold the filter against it."""
        self.show(self._panels.index(self.why))
        self.app.push_screen(ExampleScreen(self.why, self._rows, self._query.select), _run)

    def open_doctor(self) -> None:
        """Look for what keeps everything out."""
        self.app.push_screen(DoctorScreen(self._session, self._draft, self._query, self.counts.known))

    def stop(self) -> None:
        """Count no more nodes, or ask about no asset any more."""
        if self.counts.busy:
            self.counts.stop()
        else:
            self.why.stop()

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Show the panel that was clicked."""
        message.stop()
        self.show(message.index)

    def _changed(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self.follow)


def _run(chosen: Callable[[], object] | None) -> None:
    if chosen:
        chosen()
