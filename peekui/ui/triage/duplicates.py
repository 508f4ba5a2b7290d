"""Duplicates in groups: what could go, what the rule keeps and why; review by hand, acceptance, and the plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from peekui.triage.duplicates import Flaw
from peekui.ui import formats
from peekui.ui.commands import Situation, Where
from peekui.ui.running import bindings_for
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.triage.duplicate_acts import ActsOnDuplicates, Relisted
from peekui.ui.triage.duplicate_groups import DuplicatesFound, Order, State, make_duplicates
from peekui.ui.triage.duplicate_table import DuplicateTable, describe_duplicates
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from peekui.triage.rows import Row
    from peekui.ui.triage.duplicate_groups import Judged
    from peekui.ui.triage.reading import Reading
    from peekui.ui.widgets.row_view import RowView

__all__ = ["DuplicatesScreen"]

_ORDERS = tuple(Order)


class DuplicatesScreen(ActsOnDuplicates):
    """Lists the groups, and the members of the one under the cursor."""

    CSS_PATH: ClassVar[Any] = ["screen.tcss", "table.tcss", "duplicates.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.TRIAGE, Where.DUPLICATES)
    crumb = "duplicates"

    table = query_one(DuplicateTable)
    preview = query_one("#duplicate-text", Static)

    def parts(self) -> Iterable[Widget]:
        """The groups, and the members of one."""
        table = DuplicateTable(self.choice_of, self.title_of, id="duplicate-table")
        yield table.heading
        yield table
        scroll = VerticalScroll(Static(id="duplicate-text", markup=False), classes="triage-preview")
        scroll.can_focus = False
        yield scroll

    def digest(self, rows: tuple[Row, ...], reading: Reading) -> DuplicatesFound:
        """Group the rows that came."""
        return make_duplicates(rows, reading, self.rule, self.review, self.view)

    @property
    def found(self) -> bool:
        """Whether there are duplicates."""
        return self.review is not None

    @property
    def one(self) -> Judged | None:
        """The group under the cursor."""
        return self.table.current if self.review else None

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        now = super().situation()
        return Situation(
            reading=now.reading,
            readable=now.readable,
            copies=self.one is not None,
            settled=bool(self.listed.counts.get(State.SETTLED)),
        )

    # -- what came ----------------------------------------------------------------------------------------

    def on_duplicates_found(self, message: DuplicatesFound) -> None:
        """Take the groups; what was chosen while they were made stays."""
        if message.trouble:
            self.notify(message.trouble, severity="warning", markup=False)
        later = None if message.before is self.review else self.review
        self.on_relisted(Relisted(message.review, message.judged, message.listed))
        if later:
            self.change(lambda review, judged: (review.resumed(later.to_json()), judged))

    def on_relisted(self, message: Relisted) -> None:
        """Show what is listed now; the cursor stays on the group it is on."""
        here = self.one.group.key if self.one else None
        self.take(message)
        groups = message.listed.groups
        self.table.items = groups
        self.table.refresh()
        found = (index for index, one in enumerate(groups) if one.group.key == here)
        self.table.cursor = next(found, self.table.cursor)
        self._tell()
        self.draw()

    # -- what the user does -------------------------------------------------------------------------------

    def command_duplicates_sort(self) -> None:
        """Sort by the next order."""
        order = _ORDERS[(_ORDERS.index(self.view.order) + 1) % len(_ORDERS)]
        self.relist(self.view._replace(order=order))
        self.notify(f"Sorted by {order}.", timeout=2, markup=False)

    def command_duplicates_show(self) -> None:
        """Choose which groups are listed; what is wrong with links is counted there."""
        counts = self.listed.counts
        kinds: list[State | Flaw] = [*State, *Flaw]
        choices = [Choice("all groups", text=f"{len(self.judged):,} groups.", run=partial(self._show, None))]
        choices += [
            Choice(f"{kind}: {counts.get(kind, 0):,}", text=_ABOUT[kind], run=partial(self._show, kind))
            for kind in kinds
            if counts.get(kind)
        ]

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        self.app.push_screen(AskingScreen("Which groups", choices), run)

    def _show(self, only: State | Flaw | None) -> None:
        self.relist(self.view._replace(only=only))

    def on_row_view_highlighted(self, event: RowView.Highlighted) -> None:
        """Show the members of the group."""
        if event.control is self.table:
            self._tell()
            self._draw_keys()

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Review from the group on."""
        if event.control is self.table:
            self.open_review()

    # -- drawing ------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        one = self.one
        self.preview.update(describe_duplicates(one, self.choice_of(one.group), self.title_of) if one else "")

    def facts(self) -> Iterable[Content]:
        """Say how many groups there are, what the rule does to them, and what is wrong with links."""
        review, effect = self.review, self.listed.effect
        if review is None:
            return
        counts = self.listed.counts
        listed = f", {len(self.listed.groups):,} listed: {self.view.only}" if self.view.only else ""
        flawed = [f"{flaw} {counts[flaw]:,}" for flaw in Flaw if counts.get(flaw)]
        parts = [f"{effect.tied:,} tied", f"{counts.get(State.SETTLED, 0):,} settled", *flawed]
        yield Content.assemble(
            ("Duplicates ", "bold"),
            (f"{len(review.groups):,}", "bold $text-accent"),
            f" groups{listed}",
            (f" · {' · '.join(parts)}", "dim"),
        )
        if self.has_class("-flat"):
            return
        yield Content.assemble(
            ("keep-rule ", "dim"),
            ", then ".join(review.rule.criteria),
            (" · ", "dim"),
            f"wins {effect.decided:,}: {effect.drops:,} assets, {formats.size(effect.spare_bytes)} could go",
        )

    def nothing(self) -> tuple[str, str]:
        """Say that there are no duplicates."""
        return "There are no duplicates", "No two assets that were read have the same hash, and none links to another."


_ABOUT = {
    State.OPEN: "The rule wins without a tie, and you have not settled them.",
    State.TIED: "The rule leaves several copies equal: look at them one by one.",
    State.SETTLED: "You settled them: the plan goes by that.",
    Flaw.CHAIN: "An asset is a copy of one that is itself a copy.",
    Flaw.CYCLE: "Following the links leads back to where it began.",
    Flaw.MISSING: "A link leads to an asset that was not among those read.",
    Flaw.FAILED: "The asset others are copies of has failed.",
    Flaw.UNLINKED: "Assets have one hash, and no link leads from one to the other.",
    Flaw.DIFFERENT: "A link leads to an asset with another hash.",
}
