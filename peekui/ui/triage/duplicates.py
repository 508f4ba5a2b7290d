"""Duplicates in groups: what could go, what the rule keeps and why; review by hand, acceptance, and the plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from peekui.triage.duplicates import Flaw
from peekui.triage.featured import calls_at_least
from peekui.ui import formats
from peekui.ui.commands import Situation, Where
from peekui.ui.running import bindings_for, key_for
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.triage.duplicate_acts import ActsOnDuplicates, Relisted
from peekui.ui.triage.duplicate_export import export_duplicates
from peekui.ui.triage.duplicate_groups import DuplicatesFound, Order, State, make_duplicates
from peekui.ui.triage.duplicate_table import DuplicateTable, describe_duplicates
from peekui.ui.triage.review_changes import caught_up
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events
    from textual.widget import Widget

    from peekui.triage.keep_rules import KeepRule
    from peekui.triage.rows import Row
    from peekui.ui.exports import Export
    from peekui.ui.triage.duplicate_groups import Judged
    from peekui.ui.triage.reading import Reading
    from peekui.ui.widgets.row_view import RowView

__all__ = ["DuplicatesScreen"]

_ORDERS = tuple(Order)


class DuplicatesScreen(ActsOnDuplicates):
    """Lists the groups, and the members of the one under the cursor."""

    CSS_PATH: ClassVar[Any] = ["screen.tcss", "table.tcss", "duplicates.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.TRIAGE, Where.DUPLICATES, Where.ANSWER)
    crumb = "duplicates"

    table = query_one(DuplicateTable)
    preview = query_one("#duplicate-text", Static)
    line = query_one("#duplicate-line", Input)

    def parts(self) -> Iterable[Widget]:
        """The groups, and the members of one."""
        line = Input(
            placeholder="words of a name, a path, a collection, an id or a hash", compact=True, id="duplicate-line"
        )
        line.display = False
        yield line
        table = DuplicateTable(self.choice_of, self.title_of, id="duplicate-table")
        yield table.heading
        yield table
        scroll = VerticalScroll(Static(id="duplicate-text", markup=False), classes="triage-preview")
        scroll.can_focus = False
        yield scroll

    def digest(self, rows: tuple[Row, ...], reading: Reading) -> DuplicatesFound:
        """Group the rows that came."""
        return make_duplicates(rows, reading, self.rule, self.review, self.view)

    def exported(self) -> Export:
        """Give the listed groups, with what was chosen for each."""
        return export_duplicates(self.listed.groups, self.choice_of, self.title_of)

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
            duplicates=self.found,
            words=bool(self.view.words) or self.line.display,
            unasked=bool(self.listed.unasked),
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
            self.change(partial(caught_up, later))

    def on_relisted(self, message: Relisted) -> None:
        """Show what is listed now; the cursor stays on the group it is on."""
        here = self.one.group.key if self.one else None
        self.take(message)
        groups = message.listed.groups
        self.table.items = groups
        self.table.refresh()
        found = (index for index, one in enumerate(groups) if one.group.key == here)
        self.table.cursor = next(found, self.table.cursor)
        self.table.empty = f"○ None of {len(message.judged):,} groups is listed: {self._narrowed()}"
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

    def command_duplicates_find(self) -> None:
        """Open the line."""
        self.line.display = True
        # Not `focus()`, which waits for its turn: the next key may be in the queue already.
        self.set_focus(self.line)

    def command_duplicates_find_all(self) -> None:
        """List all groups again."""
        self.line.value = ""
        self._leave_line()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the groups that have the words."""
        self.relist(self.view._replace(words=event.value))

    def on_input_submitted(self) -> None:
        """Go to the groups that are left."""
        self._leave_line()

    def on_key(self, event: events.Key) -> None:
        """Move on to the groups from within the line."""
        if event.key == "down" and self.line.has_focus:
            event.stop()
            self._leave_line()

    def _leave_line(self) -> None:
        self.line.display = False
        self.set_focus(self.table)
        self._draw_keys()

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
        review = self.review
        if review is None:
            return
        counts, narrowed = self.listed.counts, self._narrowed()
        listed = f"{len(self.listed.groups):,} of " if narrowed else ""
        parts = [f"{counts[state]:,} {state}" for state in (State.SETTLED, State.TIED) if counts.get(state)]
        parts += [f"{flaw} {counts[flaw]:,}" for flaw in Flaw if counts.get(flaw)]
        yield Content.assemble(
            ("Duplicates ", "bold"),
            (f"{listed}{len(review.groups):,}", "bold $text-accent"),
            f" groups{f': {narrowed}' if narrowed else ''}",
            ("".join(f" · {part}" for part in parts), "dim"),
        )
        if self.listed.unasked:
            yield self._unasked()
        if not self.has_class("-flat"):
            yield self._rule_facts(review.rule)

    def _rule_facts(self, rule: KeepRule) -> Content:
        """Say what the rule does to the groups that are listed and not settled."""
        effect = self.listed.effect
        said = f"wins {effect.decided:,}: {effect.drops:,} assets, {formats.size(effect.spare_bytes)}"
        if not effect.decided and not effect.tied:
            said = "no listed group is open"
        return Content.assemble(("keep-rule ", "dim"), ", then ".join(rule.criteria), (" · ", "dim"), said)

    def _unasked(self) -> Content:
        """Say what the rule would have to know, and what that costs."""
        copies = len(self.listed.unasked)
        calls = calls_at_least(copies)
        cost = self._session.connected.budget.cost(calls) if self._session.connected else f"{calls:,} calls"
        key = key_for("duplicates.features", self)
        return Content.styled(f"{key} asks which of {copies:,} copies have features: at least {cost}", "$text-warning")

    def _narrowed(self) -> str:
        """Say which groups are listed; nothing where all are."""
        words = one_line(self.view.words.strip())
        return ", ".join(filter(None, (self.view.only or "", f"“{words}”" if words else "")))

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
