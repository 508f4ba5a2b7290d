"""What can be done about groups of duplicates: review them, edit the rule, accept by it, make a plan."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from peekui.api.cost import CALLS_UNASKED, Cost
from peekui.api.errors import MixpeekError
from peekui.triage.keep_rules import KeepRule
from peekui.triage.notebook import NotebookFailed
from peekui.triage.plans.acts import PlanRefused
from peekui.triage.remembered import keep_review, remember_not_duplicates
from peekui.triage.review import Choice as Chosen
from peekui.ui import formats
from peekui.ui.loader import Subject, start
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.triage.contrasting import NotAnswered
from peekui.ui.triage.duplicate_groups import Listed, View, list_groups
from peekui.ui.triage.featuring import ask_features
from peekui.ui.triage.keep_rule import KeepRuleScreen
from peekui.ui.triage.plan import PlanScreen
from peekui.ui.triage.planning import plan_for
from peekui.ui.triage.review import ReviewScreen
from peekui.ui.triage.review_changes import accepted_by_rule, joined, judged_by, part_of, told, unchanged
from peekui.ui.triage.screen import TriageScreen
from peekui.ui.widgets.choice_list import Choice
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from peekui.api.models import Collection
    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.plans.acts import Plan
    from peekui.triage.review import Review
    from peekui.triage.scope import Scope
    from peekui.ui.session import Session
    from peekui.ui.triage.browser import Browser
    from peekui.ui.triage.duplicate_groups import Judged
    from peekui.ui.triage.featuring import FeaturesTold
    from peekui.ui.triage.review_changes import Change

__all__ = ["ActsOnDuplicates", "Relisted"]


class Relisted(Message, bubble=False):
    """Other groups are listed, or the same in another order, or judged by another rule."""

    def __init__(
        self, review: Review | None, judged: Sequence[Judged], listed: Listed, changes: int = 0, trouble: str = ""
    ) -> None:
        super().__init__()
        self.review = review
        self.judged = judged
        self.listed = listed
        self.changes = changes
        """How many of the changes that were asked for are made."""
        self.trouble = trouble


class Planned(Message, bubble=False):
    """A plan was written."""

    def __init__(self, plan: Plan, path: Path) -> None:
        super().__init__()
        self.plan = plan
        self.path = path


class ActsOnDuplicates(TriageScreen):
    """Base of the screen, which draws the groups.

    Attributes:
        review: All groups with what was chosen for them; None while there are none.
        judged: The same groups, with what the rule makes of them.
        listed: Those that are listed.
        view: What is listed, in which order.
    """

    def __init__(
        self, session: Session, scope: Scope, collections: Sequence[Collection], crumbs: Sequence[str], browser: Browser
    ) -> None:
        """Take what to read, and the browser behind."""
        super().__init__(session, scope, collections, crumbs)
        self.review: Review | None = None
        self.judged: Sequence[Judged] = ()
        self.listed = Listed()
        self.view = View(titles={item.key: item.title for item in collections})
        self._changes: tuple[Change, ...] = ()
        self._browser = browser

    @property
    def rule(self) -> KeepRule:
        """The keep-rule in force."""
        return self.review.rule if self.review else KeepRule()

    @property
    @abstractmethod
    def one(self) -> Judged | None:
        """The group under the cursor."""

    def choice_of(self, group: DuplicateGroup) -> Chosen:
        """Give what is chosen for a group."""
        return self.review.choice_for(group) if self.review else Chosen(frozenset())

    def relist(self, view: View) -> None:
        """List other groups, or in another order."""
        self.view = view
        self.change(unchanged)

    def change(self, change: Change) -> None:
        """Change the review in a thread, list its groups anew, and keep it for the next time.

        A change that is asked for while another is made is made after it, in the same go: none is lost.
        """
        self._changes = (*self._changes, change)
        review, judged, view, changes = self.review, self.judged, self.view, self._changes
        notebook, scope = self.reading.notebook, self.reading.scope
        if review is None:
            self._changes = ()
            return

        def work() -> Relisted:
            after, judged_after = review, judged
            for one in changes:
                after, judged_after = one(after, judged_after)
            trouble = ""
            if notebook and after is not review:
                try:
                    keep_review(notebook, scope, after)
                except NotebookFailed as error:
                    trouble = f"{error} It is not kept for the next time."
            return Relisted(after, judged_after, list_groups(judged_after, after, view), len(changes), trouble)

        async def make() -> None:
            self.post_message(await asyncio.to_thread(work))

        start(self, Subject.GROUPS, make)

    def take(self, message: Relisted) -> None:
        """Take what came of changes."""
        self.review, self.judged, self.listed = message.review, message.judged, message.listed
        self._changes = self._changes[message.changes :]
        if message.trouble:
            self.notify(message.trouble, severity="warning", markup=False)

    def on_not_answered(self, message: NotAnswered) -> None:
        """Say why nothing came of it."""
        self.notify(f"{message.problem.what} {message.problem.advice}", severity="error", markup=False)

    # -- by hand ------------------------------------------------------------------------------------------

    def open_review(self) -> None:
        """Review the listed groups, from the one under the cursor on."""
        if self.review and (one := self.one):
            part = part_of(self.review, self.listed).at(one.group.key)
            crumbs = (*self._crumbs, self.crumb)
            namespace = self.reading.scope.namespace
            self.app.push_screen(ReviewScreen(self._session, part, crumbs, self.title_of, self, namespace=namespace))

    def reviewed(self, part: Review) -> None:
        """Take what was chosen in a review."""
        self.change(partial(joined, part))

    def remember_different(self, key: str, *, different: bool) -> None:
        """Remember that the members of a group are no duplicates, or forget it."""
        notebook = self.reading.notebook
        if notebook is None:
            return

        async def remember() -> None:
            try:
                await asyncio.to_thread(remember_not_duplicates, notebook, key, different=different)
            except NotebookFailed as error:
                self.post_message(NotAnswered(Problem(str(error), "It is not remembered.", str(error))))

        # Not in place of one that is under way: each is to be remembered.
        self.run_worker(remember(), group=Subject.NOTES, exit_on_error=False)

    # -- by rule ------------------------------------------------------------------------------------------

    def command_duplicates_rule(self) -> None:
        """Edit the rule."""

        def use(rule: KeepRule | None) -> None:
            if rule and rule != self.rule:
                self.change(partial(judged_by, rule))

        if self.review:
            self.app.push_screen(KeepRuleScreen(self.review, list(self._collections.values())), use)

    def command_duplicates_accept(self) -> None:
        """Settle the listed groups in which the rule wins, once its effect was shown."""
        effect, listed = self.listed.effect, self.listed
        what = f"{effect.decided:,} groups: {effect.drops:,} assets would go, {formats.size(effect.spare_bytes)}."
        tied = f" {effect.tied:,} are tied and stay open." if effect.tied else ""
        accept = partial(self.change, partial(accepted_by_rule, listed))
        answers = [Choice("Settle them", text=f"{what}{tied} Nothing is deleted before a plan is run.", run=accept)]

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        self.app.push_screen(AskingScreen(f"Settle {effect.decided:,} groups by the rule", answers), run)

    # -- the plan -----------------------------------------------------------------------------------------

    def command_duplicates_plan(self) -> None:
        """Ask what is to become of metadata, and make the plan."""
        answers = [
            Choice("Delete", text="Delete the copies that are dropped.", run=partial(self._plan, merge=False)),
            Choice(
                "Fill in, then delete",
                text="Give the copy that stays the metadata it lacks; a copy goes only after that.",
                run=partial(self._plan, merge=True),
            ),
        ]

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        self.app.push_screen(AskingScreen("Make a plan; nothing is done yet", answers), run)

    def _plan(self, *, merge: bool) -> None:
        review, scope = self.review, self.reading.scope
        if review is None:
            return

        async def make() -> None:
            try:
                client = await self._session.client()
                made = await asyncio.to_thread(plan_for, review, client.base_url, scope.namespace, merge=merge)
            except MixpeekError as error:
                self.post_message(NotAnswered(Problem.of(error)))
            except (PlanRefused, OSError) as error:
                self.post_message(NotAnswered(Problem("There is no plan.", str(error), repr(error))))
            else:
                self.post_message(Planned(*made))

        start(self, Subject.PLAN, make)

    def on_planned(self, message: Planned) -> None:
        """Show the plan."""
        self.app.push_screen(PlanScreen(self._session, message.plan, message.path, self._crumbs), self._after_plan)

    def _after_plan(self, deleted: frozenset[str] | None) -> None:
        """Look again where that takes few calls, else forget what is gone; None where nothing was done."""
        if deleted is None:
            return
        self._browser.unmark(deleted)
        self._browser.fetch_view()
        if Cost(self.reading.progress.pages or CALLS_UNASKED + 1).asks_first:
            start(self, Subject.TRIAGE, partial(self.reading.digest, deleted))
        else:
            self.read(afresh=True)

    # -- features -----------------------------------------------------------------------------------------

    def command_duplicates_features(self) -> None:
        """Ask which of the copies have features that the rule would choose among by them."""
        copies = self.listed.unasked
        work = partial(ask_features, self._session, self.reading.scope, copies, self.post_message)
        start(self, Subject.SAMPLE, work)
        self.notify(f"Asking which of {len(copies):,} copies have features…", timeout=2, markup=False)

    def on_features_told(self, message: FeaturesTold) -> None:
        """Judge anew by what is known now."""
        self.change(partial(told, message.featured))

    async def command_duplicates_copy(self) -> None:
        """Copy the ids of the group, one a line."""
        if one := self.one:
            ids = [row.asset_id for row in one.group.members]
            await self.copy_text(f"{len(ids):,} ids", "\n".join(ids))
