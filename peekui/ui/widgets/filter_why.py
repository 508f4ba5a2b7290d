"""Why an asset is here or is not: what it makes of each node of a draft, and what to mute so that it is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Static

from peekui.browse.filter_draft import NodeNote
from peekui.browse.filter_rows import tree_rows
from peekui.browse.why import Example, muting_all
from peekui.filters.comparing import Verdict
from peekui.filters.culprits import fewest_to_mute
from peekui.filters.expression.printing import to_expression
from peekui.filters.nodes import Condition, Kind
from peekui.filters.paths import at
from peekui.ui.columns import cut, shown_value
from peekui.ui.filter_loader import FilterLoader, mistake_in
from peekui.ui.loader import Subject, start
from peekui.ui.running import key_for
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import draw_keys
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style
    from textual.app import ComposeResult
    from textual.worker import Worker

    from peekui.browse.filter_draft import FilterDraft
    from peekui.browse.filter_rows import TreeRow
    from peekui.browse.query import AssetQuery
    from peekui.filters.evaluate import Finding
    from peekui.filters.paths import Path
    from peekui.ui.filter_loader import AssetFound, QuestionFailed
    from peekui.ui.session import Session

__all__ = ["FindingList", "WhyPanel"]

_SYMBOLS: Final = {Verdict.TRUE: ("✓", "good"), Verdict.FALSE: ("✗", "bad"), Verdict.UNKNOWN: ("?", "busy")}
_STYLES: Final = {Verdict.TRUE: "$text-success", Verdict.FALSE: "$text-error", Verdict.UNKNOWN: "$text-warning"}
_KINDS: Final = {Kind.AND: "all of", Kind.OR: "any of", Kind.NOR: "none of"}
_LONGEST: Final = 500
"""Characters of a condition that any terminal shows."""
_GAP: Final = 2


class FindingList(RowView):
    """Draws each node with its verdict and with what the asset has there."""

    findings: reactive[tuple[tuple[TreeRow, Finding], ...]] = reactive(())
    """The nodes in the order of reading."""

    def watch_findings(self) -> None:
        """Draw other rows."""
        self.row_count = len(self.findings)
        self.refresh()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw a node; what the asset has keeps half of the room where it needs it."""
        row, finding = self.findings[index]
        symbol, tone = _SYMBOLS[finding.verdict]
        aside = style + self.get_component_rich_style("row-view--dim", partial=True)
        actual = _actual(finding)
        room = max(width // 2, width - cell_len(actual) - _GAP)
        said = cut(f"{row.lines}{_said(finding)}", max(room - 2 - _GAP, 0))
        segments = [
            Segment(f"{symbol} ", style + self.get_component_rich_style(f"row-view--{tone}", partial=True)),
            Segment(said, aside if row.muted else style),
            Segment(" " * _GAP, style),
            Segment(cut(actual, min(cell_len(actual), width - room)), aside),
        ]
        return Strip(segments).adjust_cell_length(width, style)


class WhyPanel(Vertical):
    """Holds the draft against one asset, again after every change of it."""

    def __init__(self, session: Session, draft: FilterDraft, query: AssetQuery, *, id: str) -> None:  # noqa: A002
        """Take what to hold against an asset.

        Args:
            session: To get an asset with.
            draft: The filter, which is told what the asset makes of its nodes.
            query: What it is a filter of.
            id: Of the panel.
        """
        super().__init__(id=id)
        self._draft = draft
        self._query = query
        self._loader = FilterLoader(session, self.post_message)
        self._example: Example | None = None
        self._finding: Finding | None = None
        self._obstacles: tuple[Path, ...] | None = ()
        self._getting: Worker[None] | None = None
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """What is to be said of the whole, and the nodes."""
        yield Static(id="why-said", markup=False)
        yield FindingList()

    def on_mount(self) -> None:
        """Say what can be asked here."""
        self._draw()

    # -- the asset ----------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether there is an asset in question, or one on its way."""
        return self._example is not None or self._getting is not None

    @property
    def obstacles(self) -> tuple[Path, ...]:
        """The fewest conditions to mute so that the asset is here."""
        return self._obstacles or ()

    def hold_against(self, example: Example) -> None:
        """Take an asset."""
        self._getting, self._trouble, self._example = None, "", example
        self._finding = None
        self.follow()

    def get(self, asset_id: str) -> None:
        """Get an asset by its id, and take it."""
        self._trouble = ""
        self._getting = start(self, Subject.EXAMPLE, partial(self._loader.asset, asset_id, self._query.namespace))
        self._draw()

    def stop(self) -> None:
        """Ask about no asset any more."""
        if self._getting:
            self._getting.cancel()
        self._getting = self._example = self._finding = None
        self._obstacles = ()
        self._draft.note({})
        self._draw()

    def follow(self) -> None:
        """Hold the filter of now against the asset, and tell the draft what comes of it."""
        tree = self._draft.tree
        if self._example is None or (self._finding is not None and self._finding.node is tree):
            return
        self._finding = self._example.against(tree)
        self._obstacles = fewest_to_mute(self._finding)
        self._draft.note({row.path: NodeNote(_actual(found), found.verdict) for row, found in self._rows()})
        self._draw()

    def mute_obstacles(self) -> None:
        """Mute what keeps the asset out, as one edit."""
        self.follow()
        if self.obstacles:
            self._draft.apply(muting_all(self._draft.tree, self.obstacles))

    # -- answers ------------------------------------------------------------------------------------------

    def on_asset_found(self, message: AssetFound) -> None:
        """Take the asset that came."""
        self.hold_against(Example(message.asset))

    def on_question_failed(self, message: QuestionFailed) -> None:
        """Say why there is no asset."""
        self._getting = None
        self._trouble = message.problem.what
        self._draw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that a mistake of ours is why there is none."""
        if failed := mistake_in(event):
            self.on_question_failed(failed)

    def on_row_view_opened(self, message: RowView.Opened) -> None:
        """Take the node in hand in the tree as well."""
        message.stop()
        if message.there:
            row, _ = self.query_one(FindingList).findings[message.index]
            self._draft.select(row.path)

    # -- drawing ------------------------------------------------------------------------------------------

    def _rows(self) -> Iterator[tuple[TreeRow, Finding]]:
        if self._finding is not None:
            for row in tree_rows(self._draft.tree):
                yield row, self._finding.at(row.path)

    def _draw(self) -> None:
        self.query_one("#why-said", Static).update(Content("\n").join(self._lines()))
        self.query_one(FindingList).findings = tuple(self._rows())
        self.call_after_refresh(draw_keys, self.screen)

    def _lines(self) -> Iterator[Content]:
        if self._trouble:
            yield Content.styled(f"✗ {one_line(self._trouble)}", "$text-error")
        if self._getting:
            yield Content.styled("Getting the asset…", "dim")
        if self._example is None or self._finding is None:
            key = key_for("filter.why", self)
            yield Content.styled(f"{key} asks of an asset what it makes of each condition.", "dim")
            return
        yield self._judgement(self._example, self._finding)
        if self._obstacles is None:
            yield Content.styled("Muting conditions cannot bring it here: an empty group keeps it out.", "dim")
        elif self._obstacles:
            key = key_for("filter.mute_obstacles", self)
            said = ", ".join(one_line(to_expression(at(self._draft.tree, path))[:_LONGEST]) for path in self._obstacles)
            yield Content.assemble((key, "bold $primary"), (" mutes what keeps it out: ", "dim"), said)

    def _judgement(self, example: Example, finding: Finding) -> Content:
        name = one_line(example.asset.title[:_LONGEST])
        said = {
            Verdict.TRUE: f"✓ {name} matches",
            Verdict.FALSE: f"✗ {name} does not match",
            Verdict.UNKNOWN: f"? {name}: only the service can tell",
        }[finding.verdict]
        notes = []
        if example.outside(self._query):
            notes.append("its collection is not among those looked at")
        if self._query.text:
            notes.append(f"whether “{one_line(self._query.text.value)}” finds it, only the service can tell")
        return Content.assemble((said, _STYLES[finding.verdict]), (f" · {' · '.join(notes)}" if notes else "", "dim"))


def _said(finding: Finding) -> str:
    node = finding.node
    mark = "muted " if node.muted else ""
    if isinstance(node, Condition):
        return mark + one_line(to_expression(replace(node, muted=False))[:_LONGEST])
    return mark + _KINDS[node.kind]


def _actual(finding: Finding) -> str:
    """Say what the asset has where a condition looks; nothing for a group."""
    if not isinstance(finding.node, Condition):
        return ""
    if finding.actual is None:
        return "not fetched"
    return (shown_value(finding.actual).text or '""') if finding.actual else "missing"
