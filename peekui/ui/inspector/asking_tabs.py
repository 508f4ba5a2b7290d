"""What tabs of the inspector take a call of their own for, asked once they are shown: the task, and the copies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cachetools import LRUCache

from peekui.browse.inspecting.copies import copies_query
from peekui.ui.inspector.loading import InspectorLoader
from peekui.ui.inspector.tabs import Kind
from peekui.ui.loader import Subject, start
from peekui.ui.widgets.notice import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from peekui.api.models import Asset
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import JsonValue
    from peekui.ui.inspector.loading import CopiesLoaded, TaskLoaded
    from peekui.ui.inspector.panel import InspectorPanel
    from peekui.ui.loader import LoadFailed
    from peekui.ui.session import Session

__all__ = ["TabQuestions"]

_KEPT = 50
"""Tasks, and lists of copies, that are kept."""


class TabQuestions:
    """Asks for a screen, keeps the answers, and has the panel show those about the asset on show."""

    def __init__(
        self,
        screen: Screen[None],
        panel: InspectorPanel,
        session: Session,
        namespace: str | None,
        collections: Sequence[str],
    ) -> None:
        """Take whom to ask for.

        Args:
            screen: The answers are posted to.
            panel: Shows them.
            session: To ask with.
            namespace: Of the assets.
            collections: Of the namespace: where copies are looked for.
        """
        self._screen = screen
        self._panel = panel
        self._session = session
        self._loader = InspectorLoader(session, screen.post_message)
        self._namespace = namespace
        self._collections = tuple(collections)
        self._tasks: LRUCache[str, JsonValue] = LRUCache(_KEPT)
        self._copies: LRUCache[AssetQuery, CopiesLoaded] = LRUCache(_KEPT)

    def ask(self, kind: Kind, asset: Asset) -> None:
        """Have a tab filled, with a call unless the answer is known."""
        if kind is Kind.TASK:
            self._ask_task(asset.task_id)
        else:
            self._ask_copies(asset)

    def forget(self, asset: Asset) -> None:
        """Forget what is to be asked again of an asset."""
        self._tasks.pop(asset.task_id or "", None)
        self._copies.clear()

    def take_task(self, message: TaskLoaded, asset: Asset) -> None:
        """Keep a task, and show the asset's."""
        self._tasks[message.task_id] = message.value
        if message.task_id == asset.task_id:
            self._panel.origin.show(message.value)

    def take_copies(self, message: CopiesLoaded, asset: Asset) -> None:
        """Keep copies, and show the asset's."""
        self._copies[message.query] = message
        if message.query == self._query(asset):
            self._panel.copies.show(asset, message.assets, message.total)

    def take_failure(self, message: LoadFailed, asset: Asset) -> None:
        """Say in a tab why it is not filled."""
        if message.subject is Subject.TASK and message.asset_id == asset.task_id:
            self._panel.origin.fail(message.problem)
        elif message.subject is Subject.COPIES:
            self._panel.copies.fail(message.problem)

    def _ask_task(self, task_id: str | None) -> None:
        if not task_id:
            self._panel.origin.say(Tone.EMPTY, "No task is known", "The service names none for this asset.")
        elif task_id in self._tasks:
            self._panel.origin.show(self._tasks[task_id])
        else:
            start(self._screen, Subject.TASK, partial(self._loader.task, task_id, self._namespace))

    def _query(self, asset: Asset) -> AssetQuery | None:
        return copies_query(asset, self._namespace, self._collections)

    def _ask_copies(self, asset: Asset) -> None:
        query, tab = self._query(asset), self._panel.copies
        if query is None:
            tab.say(Tone.EMPTY, "No copies can be looked for", "The service names no hash for this asset.")
        elif known := self._copies.get(query):
            tab.show(asset, known.assets, known.total)
        else:
            client = self._session.connected
            cost = f" ({client.budget.cost(1)})" if client else ""
            tab.say(Tone.LOADING, f"Looking for the same hash{cost}…")
            start(self._screen, Subject.COPIES, partial(self._loader.copies, query))
