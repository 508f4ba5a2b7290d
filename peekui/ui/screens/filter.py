"""The filter builder: the tree, the editor of the node in hand, and below them what the filter says and finds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content

from peekui.browse.filter_draft import NOTHING, FilterDraft
from peekui.browse.pages import PAGE_SIZE
from peekui.browse.seen_fields import SeenFields
from peekui.filters.expression.printing import to_expression
from peekui.search.commands_for import explain_command, search_command
from peekui.search.records import list_request
from peekui.search.searches import Search
from peekui.ui.answers import ShownAs, ShowsAnswer
from peekui.ui.commands import Where
from peekui.ui.running import bindings_for
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.closing import Overlay
from peekui.ui.screens.filter_questions import AsksAboutFilter
from peekui.ui.widgets.choice_list import Choice
from peekui.ui.widgets.filter_panels import FilterPanels
from peekui.ui.widgets.filter_tree import FilterTree
from peekui.ui.widgets.key_bar import KeyBar
from peekui.ui.widgets.node_editor import NodeEditor
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from peekui.api.models import Asset, Namespace
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import Group
    from peekui.filters.paths import Path
    from peekui.ui.session import Session

__all__ = ["FilterScreen"]

_MANY = 300
"""Nodes that are more than can be checked on every key."""
_REST = 0.15
"""Seconds without a change before so many are checked."""


class FilterScreen(AsksAboutFilter, ShowsAnswer, Overlay[None]):
    """Builds a filter, and hands it over once it is applied.

    Attributes:
        draft: The filter as it is now.
    """

    CSS_PATH = "filter.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.FILTER, Where.ANSWER)
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (60, "-two"), (110, "-three")]  # noqa: RUF012  (as Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low"), (30, "-high")]  # noqa: RUF012

    def __init__(
        self,
        session: Session,
        namespace: Namespace | None,
        query: AssetQuery,
        rows: Sequence[Asset],
        apply: Callable[[Group | None], None],
        *,
        path: Path = (),
        search: Search | None = None,
    ) -> None:
        """Take a filter.

        Args:
            session: To count and to ask with.
            namespace: With its indexes.
            query: Whose filter it is.
            rows: That are loaded: their fields and values are offered.
            apply: Takes the filter, None for none.
            path: Of the node to begin with; another than the outermost is filled in at once.
            search: That the query was made of, as a line says it.
        """
        super().__init__()
        self._session = session
        self._namespace = namespace
        self._query = query
        self._search = search or Search.of(query)
        self._apply = apply
        fields = SeenFields.of(namespace, rows)
        self.draft = FilterDraft(query.filter, fields.schema)
        self.draft.select(path)
        self.tree_rows = FilterTree(self.draft, self._to_editor)
        self.frame = Vertical(self.tree_rows, id="filter-tree")
        self.frame.border_title = "Filter"
        self.editor = NodeEditor(self.draft, fields, self._to_tree)
        self._keys = KeyBar()
        self._rest: Timer | None = None
        self.panels = FilterPanels(session, self.draft, query, rows)

    def compose(self) -> ComposeResult:
        """Status, tree and editor, panels, footer."""
        yield StatusBar(self._session)
        with Vertical(id="filter-body"):
            yield Horizontal(self.frame, self.editor, id="filter-parts")
            yield self.panels
        yield self._keys

    def on_mount(self) -> None:
        """Begin in the tree."""
        place = self._namespace.title if self._namespace else ""
        self.query_one(StatusBar).crumbs = (*filter(None, (self._session.source.name, place)), "filter")
        self._stop = self.draft.on_change(self._follow)
        (self._to_editor if self.draft.path else self._to_tree)()
        self.watch(self, "focused", self._mark_current)
        self._follow()

    def on_unmount(self) -> None:
        """Hear no more of the draft."""
        self._stop()

    # -- drawing ------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Say what is wrong, how many match, and what can be done."""
        if not self.draft.checked:
            self._check()
        wrong = len(self.draft.problems)
        total = self.draft.total
        said = (f"⚠ {wrong:,}" if wrong else "", "" if total is None else f"{total:,} match")
        self.frame.border_subtitle = Content(" · ".join(filter(None, said)))
        self.call_after_refresh(self._draw_keys)

    def _check(self) -> None:
        """Check the filter: at once, or a large one after a rest, so that a held key does not stutter."""
        if self._rest:
            self._rest.stop()
            self._rest = None
        if self.tree_rows.row_count <= _MANY:
            self.draft.check()
        else:
            self._rest = self.set_timer(_REST, self.draft.check)

    def _draw_keys(self) -> None:
        self._keys.refresh_hints(self.focused or self)

    def _mark_current(self) -> None:
        """Show the part with the focus where there is room for one only."""
        for part in (self.frame, self.editor, self.panels):
            if part.has_focus_within:
                self._make_current(part)
        self._draw_keys()

    def _make_current(self, part: Widget) -> None:
        for other in (self.frame, self.editor, self.panels):
            other.set_class(other is part, "-current")
        self.query_one("#filter-parts").set_class(part is not self.panels, "-current")

    def on_resize(self) -> None:
        """Fit the footer to the new width."""
        self.call_after_refresh(self._draw_keys)

    def shown_as(self) -> ShownAs:
        """Give what asks for the assets that the filter lets pass, and what explains it."""
        tree = self.draft.tree if self.draft.tree.children else None
        scope = self._query.namespace
        commands = [("peekui command", search_command(replace(self._search, filter=tree), scope))]
        if tree:
            commands.append(("peekui command that explains it", explain_command(to_expression(tree), scope)))
        return ShownAs(tuple(commands), list_request(replace(self._query, filter=tree), 1, PAGE_SIZE))

    # -- going about --------------------------------------------------------------------------------------

    def _to_tree(self) -> None:
        self._make_current(self.frame)
        self.set_focus(self.tree_rows)

    def _to_editor(self) -> None:
        self._make_current(self.editor)
        self.editor.take_focus()

    def command_filter_tree(self) -> None:
        """Go to the tree."""
        self._to_tree()

    def command_filter_editor(self) -> None:
        """Go to the editor."""
        self._to_editor()

    def command_filter_panels(self) -> None:
        """Go to the panels."""
        self._make_current(self.panels)
        self.panels.take_focus()

    def on_node_editor_fix_wanted(self) -> None:
        """Mend what is wrong with the node in hand."""
        self.tree_rows.command_filter_fix()

    # -- what is done with the filter ---------------------------------------------------------------------

    def command_filter_apply(self) -> None:
        """Hand the filter over, with what is still being typed."""
        if self.editor.finish():
            self._hand_over()

    def command_filter_undo(self) -> None:
        """Take the last change back."""
        if not self.draft.undo():
            self.notify("There is nothing to undo.", markup=False)

    def command_filter_redo(self) -> None:
        """Make it again."""
        if not self.draft.redo():
            self.notify("There is nothing to redo.", markup=False)

    async def command_filter_copy(self) -> None:
        """Copy the expression."""
        await self.copy_text("Expression", to_expression(self.draft.tree))

    def command_filter_leave(self) -> None:
        """Go back to the tree; from there out."""
        if self.focused is not self.tree_rows:
            self.editor.revert()
            self.draft.select(self.draft.path)
            self._to_tree()
        else:
            self.leave()

    def leave(self) -> None:
        """Go out, asking first where a change would be lost."""
        if self.draft.tree == (self._query.filter or NOTHING):
            self.dismiss()
        else:
            answers = [
                Choice("Apply it", text="Show the assets that match.", run=self._hand_over),
                Choice("Go on building", text="Leave everything as it is.", run=_nothing),
                Choice("Leave without it", text="The table keeps the filter it has.", run=self._leave),
            ]
            self.app.push_screen(AskingScreen("The filter was changed", answers), _run)

    def _hand_over(self) -> None:
        tree = self.draft.tree
        self.dismiss()
        self._apply(tree if tree.children else None)

    def _leave(self) -> None:
        self.dismiss()


def _run(chosen: Callable[[], object] | None) -> None:
    if chosen:
        chosen()


def _nothing() -> None:
    """Stand in for staying."""
