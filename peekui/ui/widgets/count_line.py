"""How many assets match a draft: kept up to date, counted node by node when asked to, and said in one line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from cachetools import TTLCache
from textual.content import Content
from textual.widget import Widget

from peekui.api.budget import Priority
from peekui.browse.filter_counts import Count, Question, TooManyNodes, node_questions, notes_of
from peekui.ui.filter_loader import FilterLoader, mistake_in
from peekui.ui.loader import Subject, start
from peekui.ui.running import key_for
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import draw_keys

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from textual.timer import Timer
    from textual.worker import Worker

    from peekui.api.cost import Cost
    from peekui.browse.filter_counts import NodeQuestion
    from peekui.browse.filter_draft import FilterDraft
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import Group
    from peekui.ui.filter_loader import Counted, QuestionFailed
    from peekui.ui.session import Session

__all__ = ["CountLine"]

_REST: Final = 0.2
"""Seconds before a call is spent on a filter that may not be the last; they begin when the draft came to rest."""
_MOST_KNOWN: Final = 1000
_FRESH: Final = 120.0
"""Seconds for which a count is taken to hold: a library changes while a filter is built."""


class CountLine(Widget):
    """Asks for the total of a draft whenever its meaning changed and rested, and tells the draft.

    Attributes:
        known: Counts that were given lately.
    """

    def __init__(self, session: Session, draft: FilterDraft, query: AssetQuery) -> None:
        """Take what to count.

        Args:
            session: To ask with.
            draft: The filter, which is told its total and the counts of its nodes.
            query: Where to count: namespace, collections, search.
        """
        super().__init__()
        self.known: MutableMapping[Question, Count] = TTLCache(_MOST_KNOWN, _FRESH)
        self._session = session
        self._draft = draft
        self._query = query
        self._loader = FilterLoader(session, self.post_message)
        self._tree: Group | None = None
        self._question: Question | None = None
        self._count: Count | None = None
        self._rest: Timer | None = None
        self._asking: Worker[None] | None = None
        self._must_wait = False
        self._trouble = ""
        self._nodes_asked: tuple[NodeQuestion, ...] = ()
        self._answers: dict[Question, Count] = {}
        self._counting: Worker[None] | None = None
        self._offered: Cost | None = None

    # -- the total ----------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Ask anew where the meaning changed; what was being counted was about another tree."""
        if self._draft.tree is self._tree:
            return
        self._tree = self._draft.tree
        self._stop_nodes()
        question = Question.of(self._query, self._tree)
        if question == self._question and (self._rest or self._asking):
            return
        self._stop_asking()
        self._question, self._count = question, self.known.get(question)
        if self._count:
            self._tell_draft()
        else:
            self._rest = self.set_timer(_REST, self._ask)
        self._draw()

    def _ask(self) -> None:
        """Spend a call on the total, once one can be spared: nobody waits for it as for what is asked by a key."""
        self._rest = None
        if self._question:
            client = self._session.connected
            self._must_wait = client is not None and not client.budget.room_for()
            work = partial(self._loader.count, Subject.TOTAL, (self._question,), Priority.AHEAD)
            self._asking = start(self, Subject.TOTAL, work)
        self._draw()

    def _stop_asking(self) -> None:
        if self._rest:
            self._rest.stop()
        if self._asking:
            self._asking.cancel()
        self._rest = self._asking = None
        self._trouble = ""

    # -- the nodes ----------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether nodes are being counted, or their count was offered."""
        return self._counting is not None or self._offered is not None

    def count_nodes(self) -> None:
        """Count each node; where that takes many calls say so first, and count when asked again."""
        self.follow()
        try:
            nodes = node_questions(self._query, self._draft.tree)
        except TooManyNodes as reason:
            self.notify(f"Not counted: {reason}.", severity="warning", markup=False)
            return
        left = [question for question in dict.fromkeys(one.question for one in nodes) if question not in self.known]
        cost, offered = self._cost(len(left)), self._offered
        self._stop_nodes()
        if cost and cost.asks_first and offered is None:
            self._offered = cost
        else:
            self._nodes_asked, self._trouble = nodes, ""
            self._answers = {one.question: count for one in nodes if (count := self.known.get(one.question))}
            self._counting = start(self, Subject.NODES, partial(self._loader.count, Subject.NODES, left))
            self._tell_draft()
        self._draw()

    def stop(self) -> None:
        """Count no more nodes; what was counted stays."""
        self._stop_nodes()
        self._draw()

    def _stop_nodes(self) -> None:
        if self._counting:
            self._counting.cancel()
        self._counting = self._offered = None

    def _uncounted(self) -> int:
        return len({one.question for one in self._nodes_asked} - self._answers.keys())

    def _cost(self, calls: int) -> Cost | None:
        """Say what calls cost; None where they cost nothing."""
        client = self._session.connected
        return client.budget.cost(calls) if calls and client and client.budget.state.limit is not None else None

    # -- answers ------------------------------------------------------------------------------------------

    def on_counted(self, message: Counted) -> None:
        """Keep a count, and tell the draft what it is of."""
        self.known[message.question] = message.count
        self._answers[message.question] = message.count
        if message.question == self._question:
            self._asking, self._count, self._trouble = None, message.count, ""
        if self._draft.tree is self._tree:  # else it changed just now, and is followed when it comes to rest
            self._tell_draft()
        self._draw()

    def _tell_draft(self) -> None:
        if self._count and self._count.exact:
            self._draft.count(self._count.number)
        if self._counting:
            self._draft.note(notes_of(self._nodes_asked, self._answers))
            if not self._uncounted():
                self._counting = None

    def on_question_failed(self, message: QuestionFailed) -> None:
        """Say why there is no count."""
        if message.subject is Subject.NODES:
            self._stop_nodes()
        else:
            self._asking = None
        self._trouble = message.problem.what
        self._draw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that a mistake of ours is why there is no count."""
        if failed := mistake_in(event):
            self.on_question_failed(failed)

    # -- drawing ------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        self.refresh()
        self.call_after_refresh(draw_keys, self.screen)

    def render(self) -> Content:
        """Say how many match, and how counting goes."""
        return Content(" · ").join(part for part in (self._total(), self._progress()) if part)

    def _total(self) -> Content:
        if self._trouble:
            return Content.styled(f"✗ not counted: {one_line(self._trouble)}", "$text-error")
        if self._asking and self._must_wait:
            return Content.styled("not counted yet: the calls left are kept for what you do next", "dim")
        if self._count is None:
            return Content.styled("counting…", "dim")
        if not self._count.number:
            return Content.assemble(("○ nothing matches", "$text-warning"), f", {self._key('filter.doctor')} asks why")
        return Content(f"{self._count} match{'es' if self._count == Count(1) else ''}")

    def _progress(self) -> Content:
        if self._offered:
            return Content(f"{self._key('filter.counts')} again counts each node: {self._offered}")
        if not self._counting:
            return Content()
        left = self._uncounted()
        return Content.styled(f"{left:,} more counts, {self._key('filter.stop')} stops", "dim")

    def _key(self, command_id: str) -> str:
        return key_for(command_id, self)
