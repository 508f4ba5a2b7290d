"""Asking the service about a filter: coroutines for workers, which touch no widget and answer with messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import Worker, WorkerState

from peekui.api.budget import Priority
from peekui.api.errors import MixpeekError
from peekui.browse.filter_counts import Count
from peekui.ui.loader import Subject
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from peekui.api.models import Asset
    from peekui.browse.filter_counts import Question
    from peekui.ui.session import Session

__all__ = ["AssetFound", "Counted", "FilterLoader", "QuestionFailed", "mistake_in"]


class Counted(Message, bubble=False):
    """How many assets match."""

    def __init__(self, subject: Subject, question: Question, count: Count) -> None:
        super().__init__()
        self.subject = subject
        self.question = question
        self.count = count


class AssetFound(Message, bubble=False):
    """The asset that was asked for, with all its fields."""

    def __init__(self, asset: Asset) -> None:
        super().__init__()
        self.asset = asset


class QuestionFailed(Message, bubble=False):
    """The service did not answer; what was answered before stays."""

    def __init__(self, subject: Subject, problem: Problem) -> None:
        super().__init__()
        self.subject = subject
        self.problem = problem


class FilterLoader:
    """Asks, and posts what came."""

    def __init__(self, session: Session, post: Callable[[Message], object]) -> None:
        """Take what to ask with and where to post."""
        self._session = session
        self._post = post

    async def count(self, subject: Subject, questions: Iterable[Question], priority: Priority = Priority.NOW) -> None:
        """Ask one question after the other, one call each; relative times count from one moment in all of them."""
        now = datetime.now(UTC)
        try:
            client = await self._session.client()
            for question in questions:
                query = replace(question.query, asked_at=now)
                page = await client.assets(query.body(), namespace=query.namespace, page_size=1, priority=priority)
                total = page.total
                count = Count(len(page.results), exact=not page.results) if total is None else Count(total)
                self._post(Counted(subject, question, count))
        except MixpeekError as error:
            self._post(QuestionFailed(subject, Problem.of(error)))

    async def asset(self, asset_id: str, namespace: str | None) -> None:
        """Get one asset with all its fields."""
        try:
            client = await self._session.client()
            self._post(AssetFound(await client.asset(asset_id, namespace=namespace)))
        except MixpeekError as error:
            self._post(QuestionFailed(Subject.EXAMPLE, Problem.of(error)))


def mistake_in(event: Worker.StateChanged) -> QuestionFailed | None:
    """Give the failure that a bug in a worker is; None where there was none."""
    worker = event.worker
    if event.state is not WorkerState.ERROR or worker.group not in {*Subject}:
        return None
    detail = f"{type(worker.error).__name__}: {worker.error}"
    return QuestionFailed(
        Subject(worker.group), Problem(f"peekui made a mistake: {detail}.", "Please report it.", detail)
    )
