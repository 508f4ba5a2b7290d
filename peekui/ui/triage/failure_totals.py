"""How many assets each collection has beside those that failed: as far as it is known, and counted when asked to."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len

from peekui.api.cost import Cost
from peekui.browse.filter_counts import Count, Question
from peekui.browse.filter_draft import NOTHING
from peekui.browse.query import AssetQuery
from peekui.ui.filter_loader import FilterLoader
from peekui.ui.loader import Subject, start
from peekui.ui.running import key_for
from peekui.ui.triage.failure_acts import ActsOnFailures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from peekui.api.models import Collection
    from peekui.triage.scope import Scope
    from peekui.ui.filter_loader import Counted, QuestionFailed
    from peekui.ui.session import Session
    from peekui.ui.triage.browser import Browser

__all__ = ["CountsCollections"]

_GAP = " · "


class CountsCollections(ActsOnFailures):
    """Base of the screen. A total is what the list of collections said, else what a whole scan found, else counted."""

    def __init__(
        self, session: Session, scope: Scope, collections: Sequence[Collection], crumbs: Sequence[str], browser: Browser
    ) -> None:
        """Take what to read, and the browser behind."""
        super().__init__(session, scope, collections, crumbs, browser)
        self._counted: dict[str, Count] = {}
        self._counting = False

    def total_of(self, collection: str) -> Count | None:
        """Give how many assets a collection has; None where nobody said."""
        listed = self._collections.get(collection)
        number = listed.count if listed and listed.count is not None else self.reading.counts.get(collection)
        return self._counted.get(collection) if number is None else Count(number)

    @property
    def total(self) -> int | None:
        """All assets of the collections, None where not all of their numbers are known."""
        totals = [self.total_of(key) for key in self._collections]
        return sum(one.number for one in totals if one) if all(one and one.exact for one in totals) else None

    @property
    def uncounted(self) -> list[str]:
        """Collections with failed assets of which it is not known how many assets they have."""
        return [key for key in self._failed() if key in self._collections and self.total_of(key) is None]

    @property
    def countable(self) -> bool:
        """Whether there is something to count, and it is not being counted."""
        return bool(self.uncounted) and not self._counting

    def command_failures_count(self) -> None:
        """Count the assets of each collection of which nobody said how many it has; one call each."""
        query = self.reading.scope.query()
        asked = [AssetQuery(query.namespace, (key,)) for key in self.uncounted]
        questions = [Question.of(one, NOTHING) for one in asked]
        self._counting = True
        loader = FilterLoader(self._session, self.post_message)
        start(self, Subject.TOTAL, partial(loader.count, Subject.TOTAL, questions))
        self.draw()

    def on_counted(self, message: Counted) -> None:
        """Show a number that came."""
        [collection] = message.question.query.collections
        self._counted[collection] = message.count
        self._counting = bool(self.uncounted)
        self.draw()

    def on_question_failed(self, message: QuestionFailed) -> None:
        """Say why there are no more."""
        self._counting = False
        self.notify(f"{message.problem.what} {message.problem.advice}", severity="error", markup=False)
        self.draw()

    def shares(self, room: int) -> str:
        """Say of each collection how many failed of how many, as far as that fits into so many cells."""
        failed = self._failed()
        said = [f"{self.title_of(key)} {count:,} of {self.total_of(key) or '?'}" for key, count in failed.items()]
        left = self.uncounted
        if self.countable:
            client = self._session.connected
            cost = client.budget.cost(len(left)) if client else Cost(len(left))
            said.append(f"{key_for('failures.count', self)} counts: {cost}")
        return _GAP.join(_that_fit(said, room))

    def _failed(self) -> Counter[str]:
        """Count the failed by collection, those with most first."""
        counts: Counter[str] = Counter()
        for group in self.groups:
            counts.update(group.collections)
        return Counter(dict(counts.most_common()))


def _that_fit(words: list[str], room: int) -> Iterator[str]:
    """Give as many as fit, and how many do not."""
    for index, one in enumerate(words):
        more = f"{len(words) - index:,} more"
        last = index == len(words) - 1
        room -= cell_len(one) + cell_len(_GAP)
        if room < (0 if last else cell_len(more)):
            yield more
            return
        yield one
