"""Asking the service for namespaces, collections and the like by name: for a worker, which touches no widget."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.message import Message

from peekui.api.budget import Priority
from peekui.api.errors import MixpeekError
from peekui.search.resources import NoResourceSearch, ask_for_resources
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.search.records import Record
    from peekui.search.resources import ResourceType
    from peekui.ui.session import Session

__all__ = ["Asked", "Resources", "ResourcesFailed", "ResourcesFound", "find_resources"]

_A_PAGE: Final = 20
"""Resources for a call: a screenful, as the service itself does."""


class Asked(NamedTuple):
    """What is asked for.

    Attributes:
        text: Letters of the name or id.
        types: To narrow it to; none for all.
    """

    text: str
    types: tuple[ResourceType, ...] = ()


@dataclass(frozen=True, slots=True)
class Resources:
    """What is known of some resources, as far as they were asked for.

    Attributes:
        asked: Which.
        records: As the service gives them, exact matches first.
        total: How many there are; None before the first answer.
        lacking: The service has no such search.
    """

    asked: Asked
    records: tuple[Record, ...] = field(default=())
    total: int | None = None
    lacking: bool = False

    @property
    def more(self) -> bool:
        """Whether there are some that were not asked for."""
        return self.total is not None and len(self.records) < self.total


class ResourcesFound(Message, bubble=False):
    """More is known."""

    def __init__(self, found: Resources) -> None:
        super().__init__()
        self.found = found


class ResourcesFailed(Message, bubble=False):
    """No more is known than before."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


async def find_resources(
    session: Session,
    post: Callable[[Message], object],
    known: Resources,
    namespace: str | None,
    *,
    rest: float = 0,
) -> None:
    """Ask for the next page, and post what is known then.

    Args:
        session: To ask with.
        post: Takes the message.
        known: What is known so far.
        namespace: It is searched in.
        rest: Seconds to wait first, in which it may be cancelled. What is asked for without a word of the user's, as
            that is, takes none of the calls that are kept for the user's next act.
    """
    await asyncio.sleep(rest)
    priority = Priority.AHEAD if rest else Priority.NOW
    offset = len(known.records)
    try:
        client = await session.client()
        page = await ask_for_resources(
            client, *known.asked, namespace=namespace, offset=offset, limit=_A_PAGE, priority=priority
        )
    except NoResourceSearch:
        post(ResourcesFound(Resources(known.asked, lacking=True)))
    except MixpeekError as error:
        post(ResourcesFailed(Problem.of(error)))
    else:
        # A page with nothing on it is the last, whatever the total says.
        total = page.total if page.records else offset
        post(ResourcesFound(Resources(known.asked, (*known.records, *page.records), total)))
