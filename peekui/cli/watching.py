"""`peekui search --watch`: what is new, changed or gone, look after look, until ctrl+c."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from peekui.api.errors import NoAnswer, RateLimited, ServerFailed
from peekui.cli.carrying_out import portions_of, query_for
from peekui.cli.printing import print_portions
from peekui.own_files import state_folder
from peekui.search.kept_looks import KeptLooks
from peekui.search.looks import LOOKED_AT, Look, compared
from peekui.search.pages import Portion

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from peekui.api.client import MixpeekClient
    from peekui.browse.query import AssetQuery
    from peekui.cli.carrying_out import Answer
    from peekui.cli.inquiring import Inquiry
    from peekui.cli.search_options import Wanted
    from peekui.config import Settings
    from peekui.search.looks import Changes
    from peekui.search.records import Record

__all__ = ["print_changes"]

_IN_PASSING = (NoAnswer, RateLimited, ServerFailed)
"""Failures that may be over by the next look."""


class _Seen(NamedTuple):
    """One look, the assets it saw by id, and how many calls it took."""

    look: Look
    records: dict[str, Record]
    calls: int


async def print_changes(
    inquiry: Inquiry, wanted: Wanted, answer: Answer, client: MixpeekClient, settings: Settings, *, seconds: float
) -> None:
    """Print what changes, until nobody reads any more.

    Args:
        inquiry: Tells what is no data.
        wanted: What is searched for.
        answer: How it is to be printed; a column before the others says what became of each asset.
        client: To ask with.
        settings: Whose looks are kept.
        seconds: From one look to the next at least; longer where the call budget wants it.

    Raises:
        MixpeekError: The first look failed, or a later one did for good.
        Mistake: Standard output takes no more.
    """
    query = await query_for(inquiry, wanted, client, settings)
    looks = KeptLooks.of(state_folder(), settings.account)
    watching = _Watching(inquiry, wanted, answer, client, query, looks, seconds)
    columns = answer.columns if answer.form == "ids" else ("change", *answer.columns)
    await print_portions(watching.changes(), answer.form, columns)


@dataclass(frozen=True, slots=True)
class _Watching:
    """What is watched, and with what."""

    inquiry: Inquiry
    wanted: Wanted
    answer: Answer
    client: MixpeekClient
    query: AssetQuery
    looks: KeptLooks
    seconds: float

    async def changes(self) -> AsyncGenerator[Portion[Record]]:
        """Give what changed, look after look; first what did since the last look of another time."""
        search, namespace = self.wanted.search, self.query.namespace
        before, seen = self.looks.last(search, namespace), await self._look()
        self.inquiry.say(f"{_how_many(seen.look)}. Watching every {self.seconds:g} s; ctrl+c ends it.")
        while True:
            if before and (changes := compared(before, seen.look)):
                since = before.at.astimezone()
                self.inquiry.say(f"{changes} since {since:%Y-%m-%d %H:%M:%S}: {_how_many(seen.look)}.")
                yield Portion(self._rows(changes, seen), seen.look.total)
            before = seen.look
            self.inquiry.keep(partial(self.looks.keep, search, namespace, before))
            seen = await self._next(seen.calls)

    def _rows(self, changes: Changes, seen: _Seen) -> list[Record]:
        if self.answer.form == "ids":
            return [{"asset_id": asset_id} for asset_id in (*changes.new, *changes.changed)]
        rows: list[Record] = [{"change": "new", **seen.records[asset_id]} for asset_id in changes.new]
        rows += [{"change": "changed", **seen.records[asset_id]} for asset_id in changes.changed]
        rows += [{"change": "gone", "asset_id": asset_id} for asset_id in changes.gone]
        return rows

    async def _next(self, calls: int) -> _Seen:
        """Look again, after a rest; a failure that may pass is told, and waited out."""
        limit = self.client.budget.state.limit
        rest = max(self.seconds, calls * 60 / limit if limit else 0)
        while True:
            await asyncio.sleep(rest)
            try:
                return await self._look()
            except _IN_PASSING as error:
                self.inquiry.say(f"peekui: {error.what} The next look is in {rest:g} s.")

    async def _look(self) -> _Seen:
        query, most, at = self.query, self.answer.most, datetime.now(UTC)
        fields = query.select and tuple(dict.fromkeys((*query.select, *LOOKED_AT)))
        asked = replace(query, select=LOOKED_AT if self.answer.form == "ids" else fields, asked_at=at)
        records: list[Record] = []
        total, calls, ended = None, 0, not query.collections
        if query.collections:
            async with aclosing(portions_of(self.client, asked, self.answer.page_size, most)) as portions:
                async for portion in portions:
                    records += portion.rows
                    total, calls = portion.total, calls + 1
                    enough = most is not None and len(records) >= most
                    ended = len(records) >= total if total is not None else portion.last and not enough
        look = Look.of(records, total, ended=ended, at=at)
        return _Seen(look, {str(record.get("asset_id")): record for record in records}, calls)


def _how_many(look: Look) -> str:
    if look.whole:
        return "1 asset" if len(look.states) == 1 else f"{len(look.states):,} assets"
    of = "more" if look.total is None else f"{look.total:,}"
    return f"the first {len(look.states):,} of {of} assets"
