"""What the user can do about the search while browsing: type a line, search within it, find earlier ones again."""

from __future__ import annotations

import logging
from abc import abstractmethod
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from peekui.ui.loader import Subject
from peekui.ui.screens.browse_commands import BrowseCommands
from peekui.ui.widgets.search_line import LineAids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.api.models import Asset
    from peekui.browse.place import Place
    from peekui.ui.entered import Entered
    from peekui.ui.widgets.search_line import SearchLine

__all__ = ["SearchesAssets"]

_LOG = logging.getLogger(__name__)


class AidsFound(Message):
    """What helps to type a line was found out."""

    def __init__(self, aids: LineAids) -> None:
        super().__init__()
        self.aids = aids


class SearchesAssets(BrowseCommands):
    """Base of the browser's screen: the search of its place."""

    def command_assets_search(self) -> None:
        """Open the search line, with the words selected: other ones take their place, and the rest stays."""
        self._open_line(within=False)

    def command_assets_refine(self) -> None:
        """Open the search line behind the words there are: what is typed is looked for as well."""
        self._open_line(within=True)

    def _open_line(self, *, within: bool) -> None:
        from peekui.ui.lines import line_to_edit

        self.panes.search.open(*line_to_edit(self.place, within=within), self._read_entered)
        rows = tuple(self.panes.rows.window.held())
        # In a thread: hundreds of rows are looked through, a file is read, and much is imported the first time.
        work = partial(self._find_aids, self.place, rows)
        self.run_worker(work, group=Subject.LINE, thread=True, exit_on_error=False)

    def _find_aids(self, place: Place, rows: Sequence[Asset]) -> None:
        account = self._session.source.account if self._memory else None
        self.post_message(AidsFound(_aids(place, rows, account)))

    def on_aids_found(self, message: AidsFound) -> None:
        """Offer more in the line."""
        self.panes.search.aid(message.aids)

    def _read_entered(self, text: str) -> Entered:
        from peekui.ui.entered import read_entered

        client = self._session.connected
        return read_entered(self.place, text, client.base_url if client else None)

    def on_search_line_left(self) -> None:
        """Close the line; nothing else changes."""
        self.panes.close_search()

    def on_search_line_submitted(self, event: SearchLine.Submitted) -> None:
        """Do what the line asks for, or say in it why not."""
        from peekui.ui.entered import AskedPlace, NamedAsset, Refused

        try:
            entered = self._read_entered(event.text)
            if isinstance(entered, NamedAsset):
                self.panes.close_search()
                self._inspect(entered.asset_id)
                return
            place = entered.place if isinstance(entered, AskedPlace) else self.saved_place(entered.name)
        except Refused as error:
            self.panes.search.refuse(str(error), error.position)
            return
        self.panes.close_search()
        self.go(place)

    @abstractmethod
    def saved_place(self, name: str) -> Place:
        """Give the place of a saved search.

        Raises:
            Refused: Its file cannot be used, or it names what is not there.
        """

    def _inspect(self, asset_id: str) -> None:
        """Open an asset of which no more than the id is known."""
        from peekui.api.models import Asset  # pydantic

        self._open_asset(Asset(asset_id=asset_id), self.place.scope)

    def keep_search(self, found: int | None) -> None:
        """Keep in the history what was asked, now that it was answered; only where something is remembered at all.

        Args:
            found: Assets that match, None where the service does not say.
        """
        if self._memory and self.place.searched:
            work = partial(_keep, self.place, self._session.source.account, found)
            self.run_worker(work, group=Subject.HISTORY, thread=True, exit_on_error=False)


def _aids(place: Place, rows: Sequence[Asset], account: str | None) -> LineAids:
    """Find out what helps to type a line, without asking the service."""
    from peekui.browse.seen_fields import SeenFields
    from peekui.filters.expression.parse import parse

    parse("a = 1")  # the first time takes longer than a key may
    schema = SeenFields.of(place.namespace, rows).schema
    return LineAids(schema, [item.title for item in place.collections], _earlier(place, account) if account else ())


def _earlier(place: Place, account: str) -> list[str]:
    from peekui.own_files import state_folder
    from peekui.search.history import history_path, read_history

    namespace = place.namespace
    here = {None, namespace.namespace_id, namespace.namespace_name} if namespace else {None}
    try:
        kept = read_history(history_path(state_folder(), account))
    except OSError as error:
        _LOG.warning("earlier searches cannot be read: %s", error.strerror)
        return []
    return [one.line for one in reversed(kept) if one.namespace in here]


def _keep(place: Place, account: str, found: int | None) -> None:
    from peekui.own_files import state_folder
    from peekui.search.history import Searched, history_path, record_search
    from peekui.ui.lines import line_of

    searched = Searched(line_of(place), place.scope, datetime.now(UTC), found)
    try:
        record_search(history_path(state_folder(), account), searched)
    except OSError as error:
        _LOG.warning("the search is not kept: %s", error.strerror)
