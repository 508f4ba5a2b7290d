"""A filter as a tree: drawn line by line, edited by keys, its nodes dragged by the mouse."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from peekui.browse.filter_rows import landing, tree_rows
from peekui.filters import edits
from peekui.filters.comparing import Verdict
from peekui.filters.expression.printing import to_expression
from peekui.filters.expression.values import key_text, value_text
from peekui.filters.nodes import VALUELESS, Condition, Kind
from peekui.ui.columns import cut
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.filter_edits import FilterEdits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events

    from peekui.browse.filter_draft import FilterDraft
    from peekui.browse.filter_rows import Landing, TreeRow
    from peekui.filters.nodes import Group
    from peekui.filters.paths import Path

__all__ = ["FilterTree"]

_KINDS: Final = {Kind.AND: "all of", Kind.OR: "any of", Kind.NOR: "none of"}
_CASES: Final = {None: "", True: "exact case", False: "any case"}
_VERDICTS: Final = {Verdict.TRUE: ("✓", "good"), Verdict.FALSE: ("✗", "bad"), Verdict.UNKNOWN: ("?", "busy")}
_LONGEST: Final = 500
"""Characters of a condition that any terminal shows."""
_GAP: Final = 2


class FilterTree(FilterEdits):
    """Draws a draft, one node a row, with what is wrong with a node and what is known of it beside it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "filter-tree--kind",
        "filter-tree--value",
        "filter-tree--lines",
        "filter-tree--muted",
        "filter-tree--landing",
    }

    over: reactive[int | None] = reactive(None)
    """Row that a node is held over by the mouse."""

    def __init__(self, draft: FilterDraft, edit: Callable[[], object]) -> None:
        """Take what to draw and to edit; see `FilterEdits`."""
        super().__init__(draft, edit)
        self._rows: list[TreeRow] = []
        self._shown: tuple[Group, Path | None] | None = None
        self._judged = False
        self._following = False
        self._pressed: Path | None = None
        self._landing: Landing | None = None
        self._dropped = False

    def on_mount(self) -> None:
        """Follow the draft as long as the tree is there."""
        self._stop = self.draft.on_change(self._follow)
        self._follow()

    def on_unmount(self) -> None:
        """Hear no more of the draft."""
        self._stop()

    def _follow(self) -> None:
        """Draw the draft as it is now."""
        self._following = True
        tree, inserting = self.draft.tree, self.draft.inserting
        if self._shown is None or self._shown[0] is not tree or self._shown[1] != inserting:
            self._let_go()  # what the mouse holds may not be there any more
            self._shown = (tree, inserting)
            self._rows = tree_rows(tree, inserting)
            self.row_count = len(self._rows)
        self._judged = any(note.verdict is not None for note in self.draft.notes.values())
        self.cursor = self._row_in_hand()
        self._following = False
        self.refresh()

    def _row_in_hand(self) -> int:
        free = self.draft.inserting is not None
        path = self.draft.inserting if free else self.draft.path
        return next(index for index, row in enumerate(self._rows) if row.path == path and (row.node is None) is free)

    def watch_cursor(self, before: int, after: int) -> None:
        """Take the node under the cursor in hand."""
        super().watch_cursor(before, after)
        if not self._following and self._rows and self._rows[after].node is not None:
            self.draft.select(self._rows[after].path)

    # -- drawing ------------------------------------------------------------------------------------------

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw a node: the lines to it, what it says, what is wrong with it, what is known of it."""
        row = self._rows[index]
        if index == self.over and self._landing:
            style += self._tone("filter-tree--landing")
        aside = cut(self._aside(index, row), min(width // 2, cell_len(self._aside(index, row))))
        mark = "⚠" if row.node is not None and self.draft.problems_at(row.path) else ""
        room = width - (cell_len(aside) + _GAP if aside else 0) - (2 if mark else 0)
        # The cursor's background may be of the very colour that values have.
        value = style if index == self.cursor else style + self._tone("filter-tree--value")
        said = Strip([*self._verdict(row, style), *self._node(row, room, style, value)])
        if said.cell_length > room:
            said = Strip([*said.crop(0, room - 1), Segment("…", style)])
        marked = Strip([*said, Segment(f" {mark}", style + self._tone("row-view--busy"))]) if mark else said
        filled = marked.adjust_cell_length(width - cell_len(aside), style)
        tone = "row-view--mark" if index == self.over else "row-view--dim"
        return Strip([*filled, Segment(aside, style + self._tone(tone))]) if aside else filled

    def _aside(self, index: int, row: TreeRow) -> str:
        if index == self.over and self._landing:
            return f"◂ {self._landing.words}"
        note = self.draft.notes.get(row.path) if row.node is not None else None
        return one_line(note.text) if note else ""

    def _verdict(self, row: TreeRow, style: Style) -> Iterator[Segment]:
        if not self._judged:
            return
        note = self.draft.notes.get(row.path) if row.node is not None else None
        symbol, tone = _VERDICTS[note.verdict] if note and note.verdict else (" ", "dim")
        yield Segment(f"{symbol} ", style + self._tone(f"row-view--{tone}"))

    def _node(self, row: TreeRow, room: int, style: Style, value_style: Style) -> Iterator[Segment]:
        lines = row.lines if len(row.lines) <= room // 2 else "…" + row.lines[-(room // 2) :]
        yield Segment(lines, style + self._tone("filter-tree--lines"))
        node = row.node
        if node is None:
            yield Segment("… a new condition", style + self._tone("row-view--mark"))
            return
        if node.muted:
            yield Segment("muted ", style + self._tone("row-view--mark"))
        muted = self._tone("filter-tree--muted") if row.muted else Style.null()
        base = style + muted
        if isinstance(node, Condition):
            key, comparison, value = _said(node)
            yield Segment(key + comparison, base)
            yield Segment(value, value_style + muted)
            return
        yield Segment(_KINDS[node.kind], base + self._tone("filter-tree--kind"))
        notes = (_CASES[node.case_sensitive], "" if node.children else "nothing yet")
        yield Segment("".join(f" · {note}" for note in notes if note), base + self._tone("row-view--dim"))

    def _tone(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    # -- the mouse ----------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a node."""
        self._dropped = False
        row = self._row_at(event.y)
        if event.button == 1 and row is not None and row.node is not None and row.path:
            self._pressed = row.path
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Hold the node over another row; beyond an edge the tree scrolls."""
        row = self._row_at(event.y)
        if self._pressed is None or (self.over is None and row is not None and row.path == self._pressed):
            return
        height = self.scrollable_content_region.height
        if not 0 <= event.y < height:
            self.scroll_relative(y=-1 if event.y < 0 else 1, animate=False)
        index = self.scroll_offset.y + max(0, min(event.y, height - 1))
        self._landing = landing(self._rows, self._pressed, index)
        self.over = min(index, len(self._rows) - 1)
        self.refresh()

    def on_mouse_up(self) -> None:
        """Let the node go where it is held."""
        source, target = self._pressed, self._landing
        self._dropped = self.over is not None
        self._let_go()
        if source is not None and target is not None:
            self.change(partial(edits.move, self.draft.tree, source, target.path))

    def _let_go(self) -> None:
        if self._pressed is not None:
            self._pressed = self._landing = self.over = None
            self.release_mouse()
            self.refresh()

    def _row_at(self, y: int) -> TreeRow | None:
        index = self.scroll_offset.y + y
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def click_row(self, index: int, event: events.Click) -> None:
        """Do as in any list, unless the click is the end of a drag."""
        if not self._dropped:
            super().click_row(index, event)


@lru_cache(maxsize=1024)
def _said(condition: Condition) -> tuple[str, str, str]:
    """Write a condition as the expression language does: field, comparison, value."""
    whole = to_expression(replace(condition, muted=False))
    key = key_text(condition.key)
    value = "" if condition.operator in VALUELESS else value_text(condition.key, condition.operator, condition.value)
    parts = (key, whole[len(key) : len(whole) - len(value)], value)
    return tuple(one_line(part[:_LONGEST]) for part in parts)  # type: ignore[return-value]  # (three as before)
