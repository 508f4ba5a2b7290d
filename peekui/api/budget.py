"""The call budget: everything that calls the service waits here for its turn.

First come, first served, but what the user waits for goes before what is fetched ahead, and that never takes the
last tokens. The event loop is the clock: a timer wakes who waits, nothing polls. Not for several threads.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from peekui.api.bucket import Bucket
from peekui.api.cost import CALLS_UNASKED, Cost
from peekui.api.errors import CallCancelled, CannotConnect, RateLimited
from peekui.api.observable import Observable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["Budget", "BudgetState", "Place", "Priority", "WaitingCall"]


class Priority(IntEnum):
    """Who goes first."""

    NOW = 0
    """The user waits for it."""
    AHEAD = 1
    """Nobody waits for it yet. It leaves what an action may cost unasked, for the user's next act."""


_RESERVES = {Priority.NOW: 0, Priority.AHEAD: CALLS_UNASKED}


class Place(NamedTuple):
    """A call's place in the line; kept when the call is refused and made again.

    Attributes:
        priority: Who goes first.
        number: Counts up from 1 for each place taken.
        label: What calls, such as `POST /v1/assets`.
    """

    priority: Priority
    number: int
    label: str


class _Waiter(NamedTuple):
    place: Place
    turn: asyncio.Future[bool]
    """True when the turn comes, False when the call is cancelled by `Budget.cancel`."""


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A call that waits for its turn, for showing.

    Attributes:
        place: Its place; the number is what `Budget.cancel` takes.
        seconds: Until its turn, as far as can be told: calls under way are taken to end now.
    """

    place: Place
    seconds: float


@dataclass(frozen=True, slots=True)
class BudgetState:
    """The budget at one moment, for showing.

    Attributes:
        limit: Calls a minute in force, None for no limit.
        profile_limit: Calls a minute of the profile; more than `limit` where the service was seen to take fewer.
        left: Calls that can start now, None for no limit.
        next_in: Seconds until a call asked for now would start.
        stopped_for: Seconds for which the service wants no calls, 0 when it takes them.
        waiting: Who waits, in the order of their turns.
    """

    limit: int | None
    profile_limit: int | None
    left: int | None
    next_in: float
    stopped_for: float
    waiting: tuple[WaitingCall, ...]

    @property
    def learnt(self) -> bool:
        """Whether the limit was learnt from a refusal."""
        return self.limit != self.profile_limit


class Budget(Observable):
    """The calls of a minute, shared by everything that calls one service with one key.

    Use inside a running event loop.
    """

    def __init__(self, calls_per_minute: int | None = None) -> None:
        """Start with a full bucket.

        Args:
            calls_per_minute: Of the profile, None for no limit.

        Raises:
            ValueError: A limit below 1.
        """
        super().__init__()
        self._bucket = Bucket(calls_per_minute, _now)
        self._line: list[_Waiter] = []
        self._numbers = count(1)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def state(self) -> BudgetState:
        """The budget now."""
        bucket = self._bucket
        waits = bucket.waits(_RESERVES[place.priority] for place, _ in self._line)
        return BudgetState(
            limit=bucket.limit,
            profile_limit=bucket.profile_limit,
            left=bucket.left,
            next_in=self.cost(1).seconds,
            stopped_for=bucket.stopped_for,
            waiting=tuple(WaitingCall(place, wait) for (place, _), wait in zip(self._line, waits, strict=True)),
        )

    def room_for(self, calls: int = 1) -> bool:
        """Say whether so many calls can be made ahead now, with the reserve for the user's next act left over."""
        return self._bucket.allows(calls, reserve=_RESERVES[Priority.AHEAD])

    def cost(self, calls: int) -> Cost:
        """Say what so many calls cost now, after those that wait; none costs nothing."""
        if not calls:
            return Cost(0, 0.0, self._bucket.limit)
        before = sum(place.priority is Priority.NOW for place, _ in self._line)
        *_, seconds = self._bucket.waits([_RESERVES[Priority.NOW]] * (before + calls))
        return Cost(calls, seconds, self._bucket.limit)

    def place(self, label: str, priority: Priority = Priority.NOW) -> Place:
        """Take a place in the line for a call, to `turn` with."""
        return Place(priority, next(self._numbers), label)

    @asynccontextmanager
    async def turn(self, place: Place) -> AsyncIterator[float]:
        """Wait for a turn, and make the call inside; the budget learns from how it ends.

        A call that is cancelled while it waits costs nothing, nor does one that cannot connect.

        Args:
            place: Of this call; the same for every attempt.

        Yields:
            Seconds waited.

        Raises:
            CallCancelled: `cancel` was called while it waited.
        """
        asked = _now()
        await self._wait(place)
        end = self._bucket.spend  # whatever becomes of the call, the service may have counted it
        try:
            yield _now() - asked
        except CannotConnect:
            end = self._bucket.put_back
            raise
        except RateLimited as error:
            end = partial(self._bucket.refuse, error.retry_after)
            raise
        finally:
            end()
            self._settle()

    def cancel(self, number: int) -> None:
        """Cancel a call that waits: it raises `CallCancelled`. One that does not wait is left alone."""
        for place, turn in self._line:
            if place.number == number and not turn.done():
                turn.set_result(False)
        self._settle()

    def close(self) -> None:
        """Wake nobody any more."""
        if self._timer:
            self._timer.cancel()

    async def _wait(self, place: Place) -> None:
        waiter = _Waiter(place, asyncio.get_running_loop().create_future())
        insort(self._line, waiter, key=lambda other: other.place)
        self._settle()
        try:
            granted = await waiter.turn
        except asyncio.CancelledError:
            if not waiter.turn.cancelled() and waiter.turn.result():
                self._bucket.put_back()  # the turn came, but the cancelling came before it was used
            self._settle()
            raise
        if not granted:
            raise CallCancelled(f"{place.label} was cancelled while it waited for its turn.")

    def _settle(self) -> None:
        """Give turns to who can have them, and wake again when that may change."""
        self._line = [waiter for waiter in self._line if not waiter.turn.done()]
        while self._line and self._bucket.allows(reserve=_RESERVES[self._line[0].place.priority]):
            self._bucket.take()
            self._line.pop(0).turn.set_result(True)
        self.close()
        moment = self._bucket.next_change()
        self._timer = None if moment is None else asyncio.get_running_loop().call_at(moment, self._settle)
        self._tell()


def _now() -> float:
    return asyncio.get_running_loop().time()
