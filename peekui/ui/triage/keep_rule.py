"""A dialog that edits the keep-rule: criteria in order, wanted and protected collections, and what that would do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from peekui.triage.keep_rules import KeepRule, effect, without_known_features
from peekui.triage.proposing import propose
from peekui.triage.rule_files import BadRule, presets, read_rule, write_rule
from peekui.ui import formats
from peekui.ui.commands import Situation, Where
from peekui.ui.filter_loader import mistake_in
from peekui.ui.loader import Subject, start
from peekui.ui.running import RunsCommands, bindings_for, key_for
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.closing import Dialog
from peekui.ui.triage.files import rule_path, rules_folder
from peekui.ui.triage.rule_lines import RuleLines, edited, lines_of
from peekui.ui.widgets.choice_list import Choice
from peekui.ui.widgets.key_bar import KeyBar, draw_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.worker import Worker

    from peekui.api.models import Collection
    from peekui.triage.keep_rules import Effect
    from peekui.triage.proposing import Proposal
    from peekui.triage.review import Review
    from peekui.ui.triage.rule_lines import Line

__all__ = ["KeepRuleScreen"]


class Judged(Message, bubble=False):
    """What a rule would do."""

    def __init__(self, effect: Effect, unasked: int) -> None:
        super().__init__()
        self.effect = effect
        self.unasked = unasked
        """Copies it would choose among by their features, if it were known which have any."""


class Proposed(Message, bubble=False):
    """The rule behind the choices, None where there is none."""

    def __init__(self, proposal: Proposal | None) -> None:
        super().__init__()
        self.proposal = proposal


class KeepRuleScreen(RunsCommands, Dialog[KeepRule | None]):
    """Gives the rule as it was edited, None when the user left."""

    CSS_PATH: ClassVar[Any] = "keep_rule.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.KEEP_RULE)

    rows = query_one(RuleLines)
    state = query_one("#rule-state", Static)
    entry = query_one("#rule-name", Input)

    def __init__(self, review: Review, collections: Sequence[Collection]) -> None:
        """Take the rule in force, and what it is for.

        Args:
            review: Groups, rule and choices.
            collections: Those that can be wanted or protected.
        """
        super().__init__()
        self._review = review
        self._titles = {item.key: item.title for item in collections}
        self._rule = review.rule
        self._chosen = bool(review.reviewed)

    def compose(self) -> ComposeResult:
        """The lines, what they would do, a name to save under, keys."""
        with Vertical(id="rule-box") as box:
            box.border_title = "Which copy stays"
            yield RuleLines()
            yield Static(id="rule-state", markup=False)
            line = Input(placeholder="a name to save the rule under", id="rule-name", compact=True)
            line.display = False
            yield line
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the rule in force."""
        self._show(self._rule)
        self.rows.focus()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(criterion=bool(self.rows.lines), choices=self._chosen)

    # -- editing ------------------------------------------------------------------------------------------

    def _show(self, rule: KeepRule) -> None:
        """Draw a rule, and what it would do."""
        self._rule = rule
        self.rows.lines = lines_of(rule, self._titles)
        self._follow()

    def _follow(self) -> None:
        """Work out what the rule would do."""
        self._rule = rule = edited(self.rows.lines, self._rule)
        groups = self._review.groups

        def judged() -> Judged:
            return Judged(effect(groups, rule), len(without_known_features(groups, rule)))

        async def work() -> None:
            self.post_message(await asyncio.to_thread(judged))

        start(self, Subject.GROUPS, work)
        self._say("Working out what it would do…")

    def command_rule_toggle(self) -> None:
        """Go by the criterion or not; protect the collection or not."""
        index = self.rows.cursor
        line = self.rows.lines[index]
        self._put(index, line._replace(on=not line.on))

    def command_rule_down(self) -> None:
        """Move the line down."""
        self._move(1)

    def command_rule_up(self) -> None:
        """Move the line up."""
        self._move(-1)

    def _move(self, step: int) -> None:
        lines, here = list(self.rows.lines), self.rows.cursor
        there = here + step
        if 0 <= there < len(lines) and lines[here].criterion == lines[there].criterion:
            lines[here], lines[there] = lines[there], lines[here]
            self.rows.lines = tuple(lines)
            self.rows.cursor = there
            self._follow()

    def _put(self, index: int, line: Line) -> None:
        lines = list(self.rows.lines)
        lines[index] = line
        self.rows.lines = tuple(lines)
        self._follow()

    def command_rule_use(self) -> None:
        """Give the rule."""
        if self._rule.criteria:
            self.dismiss(self._rule)
        else:
            self.notify("A rule goes by something: Space takes a criterion in.", severity="warning", markup=False)

    def on_row_view_opened(self) -> None:
        """Go by the rule as it is now."""
        self.command_rule_use()

    def command_rule_close(self) -> None:
        """Back to the lines from the name; from there out."""
        if self.entry.display:
            self._hide_name()
        else:
            self.dismiss(None)

    # -- rules from elsewhere -----------------------------------------------------------------------------

    def command_rule_learn(self) -> None:
        """Look for the rule behind the choices."""
        choices = [(group, choice.keep) for group, choice in self._review.settled() if not choice.different]
        protected = self._rule.protected

        async def work() -> None:
            self.post_message(Proposed(await asyncio.to_thread(propose, choices, protected)))

        start(self, Subject.SAMPLE, work)

    def on_proposed(self, message: Proposed) -> None:
        """Show the rule that was found."""
        proposal = message.proposal
        if proposal is None:
            self.notify("No rule of three criteria chooses as you did.", severity="warning", markup=False)
            return
        self._show(proposal.rule)
        self.notify(f"It would have chosen as you did {proposal.same:,} of {proposal.of:,} times.", markup=False)

    def command_rule_load(self) -> None:
        """Choose a saved rule."""
        names = presets(rules_folder())
        if not names:
            self.notify(f"No rule was saved in {rules_folder()} yet.", markup=False)
            return

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        choices = [Choice(name, text=str(rule_path(name)), run=partial(self._load, name)) for name in names]
        self.app.push_screen(AskingScreen("Saved rules", choices), run)

    def _load(self, name: str) -> None:
        path = rule_path(name)
        try:
            rule = read_rule(path) if path else None
        except (BadRule, OSError) as error:
            self.notify(str(error), severity="error", markup=False)
            return
        if rule:
            self._show(self._by_id(rule))

    def _by_id(self, rule: KeepRule) -> KeepRule:
        """Give a rule with ids where it names collections."""
        ids = {title: key for key, title in self._titles.items()}
        protected = frozenset(ids.get(name, name) for name in rule.protected)
        return replace(rule, collections=tuple(ids.get(name, name) for name in rule.collections), protected=protected)

    def command_rule_save(self) -> None:
        """Ask for a name."""
        self.entry.display = True
        self.entry.focus()

    def on_input_submitted(self) -> None:
        """Save under the name."""
        path = rule_path(self.entry.value.strip())
        if path is None:
            self.notify("That is no name of a file.", severity="warning", markup=False)
            return
        try:
            write_rule(path, self._rule)
        except OSError as error:
            self.notify(f"{path} cannot be written: {error.strerror}.", severity="error", markup=False)
            return
        self._hide_name()
        self.notify(f"Saved as {path}; `peekui triage duplicates --rule` takes it.", markup=False)

    def _hide_name(self) -> None:
        self.entry.display = False
        self.rows.focus()

    # -- drawing ------------------------------------------------------------------------------------------

    def on_judged(self, message: Judged) -> None:
        """Show what the rule would do."""
        now = message.effect
        said = (
            f"Wins {now.decided:,} of {now.decided + now.tied:,} groups without a tie: {now.drops:,} assets would go, "
            f"{formats.size(now.spare_bytes)}."
        )
        key = key_for("duplicates.features", self)
        more = f"\nFeatures of {message.unasked:,} copies are not known: {key} in the list of groups asks."
        self._say(said + more if message.unasked else said)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that a mistake of ours is why there is no answer."""
        if failed := mistake_in(event):
            self._say(failed.problem.what)

    def _say(self, sentence: str) -> None:
        self.state.update(Content.styled(sentence, "$text-accent"))
        self.call_after_refresh(draw_keys, self)
