"""Asking which copies have features, for the keep-rule, in a worker: no row says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.triage.featured import find_featured
from peekui.triage.pages import FilterRefused
from peekui.ui.triage.contrasting import NotAnswered
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from peekui.triage.rows import Row
    from peekui.triage.scope import Scope
    from peekui.ui.session import Session

__all__ = ["FeaturesTold", "ask_features"]


class FeaturesTold(Message, bubble=False):
    """It is known which copies have features, by id."""

    def __init__(self, featured: Mapping[str, bool]) -> None:
        super().__init__()
        self.featured = featured


async def ask_features(
    session: Session, scope: Scope, copies: Sequence[Row], post: Callable[[Message], object]
) -> None:
    """Ask, and tell.

    Args:
        session: To ask with.
        scope: Where the copies are.
        copies: Those that are to be asked about.
        post: Takes the message.
    """
    try:
        client = await session.client()
        told = await find_featured(client, copies, namespace=scope.namespace, collections=scope.collections)
    except FilterRefused as refusal:
        post(NotAnswered(Problem.of(refusal.error)))
    except MixpeekError as error:
        post(NotAnswered(Problem.of(error)))
    else:
        post(FeaturesTold(told))
