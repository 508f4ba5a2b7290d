"""The calls of a minute as a bucket of tokens: plain arithmetic on moments, without waiting (`budget.py` waits).

A call takes a token when it starts, and the token comes back a minute after the call has ended. A bucket that fills
steadily would let nearly twice its size through in the minute after a rest, and the service may count a call at any
moment between start and end: this way no minute sees more calls than the limit, wherever the service lets it begin.

The service's refusals are obeyed and learnt from. It says no more than 429 and perhaps `Retry-After`
(mixpeek-api.md, section 3), so the limit is learnt from what it took: the calls that were not refused in the minute
before. A lesson is held for five minutes after the last refusal; then the profile's own limit is tried again, for
the calls of another program with the same key may have been what filled the minute.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["LESSON", "PAUSE", "SMALLEST_PLAN", "WINDOW", "Bucket"]

WINDOW: Final = 60.0
"""Seconds; limits are by the minute (mixpeek-api.md, section 2)."""
SMALLEST_PLAN: Final = 10
"""Calls a minute of the smallest plan (section 2)."""
PAUSE: Final = 20.0
"""Seconds to stop after a refusal that does not say for how long: three of them last a whole minute."""
LESSON: Final = 300.0
"""Seconds a learnt limit is held after the last refusal."""
_SHORTEST_STOP: Final = 1.0
"""Seconds; `Retry-After` may be rounded down to 0."""


class _Spent(NamedTuple):
    """A token that is not back yet: when its call ended, and whether the service refused it."""

    ended: float
    refused: bool


class _Lesson(NamedTuple):
    """A limit learnt from a refusal, and until when it holds."""

    limit: int
    until: float


class Bucket:
    """Tokens for the calls of a minute.

    Attributes:
        profile_limit: Calls a minute of the user's profile, None for no limit.
    """

    def __init__(self, profile_limit: int | None, clock: Callable[[], float]) -> None:
        """Fill the bucket.

        Args:
            profile_limit: Calls a minute, None for no limit.
            clock: Gives seconds that never go back.

        Raises:
            ValueError: A limit below 1.
        """
        if profile_limit is not None and profile_limit < 1:
            raise ValueError(f"calls a minute must be 1 or more, or None: {profile_limit}")
        self.profile_limit = profile_limit
        self._clock = clock
        self._under_way = 0
        self._spent: deque[_Spent] = deque()
        self._first_taken: float | None = None
        self._stopped_until = -math.inf
        self._lesson = _Lesson(0, -math.inf)

    @property
    def limit(self) -> int | None:
        """Calls a minute in force now, learnt or the profile's; None for no limit."""
        return self._lesson.limit if self._clock() < self._lesson.until else self.profile_limit

    @property
    def left(self) -> int | None:
        """Tokens in the bucket; None for no limit."""
        limit = self.limit
        return None if limit is None else max(0, limit - self._under_way - len(self._recent()))

    @property
    def stopped_for(self) -> float:
        """Seconds for which the service wants no calls, 0 when it takes them."""
        return max(0.0, self._stopped_until - self._clock())

    def allows(self, calls: int = 1, *, reserve: int = 0) -> bool:
        """Say whether so many calls can start now and leave a reserve in the bucket."""
        if self.stopped_for:
            return False
        left = self.left
        return left is None or left >= calls + self._held_back(reserve)

    def take(self) -> None:
        """Take a token: a call starts."""
        if self._first_taken is None:
            self._first_taken = self._clock()
        self._under_way += 1

    def put_back(self) -> None:
        """Put a token back: its call never reached the service."""
        self._under_way -= 1

    def spend(self) -> None:
        """Note that a call ended, well or not: its token comes back in a minute."""
        self._end(refused=False)

    def refuse(self, retry_after: float | None) -> None:
        """Note that a call was refused with 429: stop, and learn.

        Args:
            retry_after: Seconds the service wants to be left alone, if it said so.
        """
        now = self._clock()
        stop = PAUSE if retry_after is None else max(retry_after, _SHORTEST_STOP)
        self._stopped_until = max(self._stopped_until, now + stop)
        self._end(refused=True)
        # Calls under way may be taken yet; where they are refused too, this counts them out one after the other.
        taken = self._under_way + sum(not spent.refused for spent in self._recent())
        # In its first minute the bucket cannot know what an earlier program called: then no plan is that small.
        watched = self._first_taken is not None and now - self._first_taken >= WINDOW
        learnt = max(taken, 1 if watched else SMALLEST_PLAN)
        limit = self.limit
        self._lesson = _Lesson(learnt if limit is None else min(learnt, limit), now + LESSON)

    def waits(self, reserves: Iterable[int]) -> Iterator[float]:
        """Give the seconds until each of a line of calls can start, if calls end as soon as they start.

        Args:
            reserves: For each call, the tokens it must leave in the bucket.
        """
        now, limit = self._clock(), self.limit
        if limit is None:
            yield from (self.stopped_for for _ in reserves)
            return
        back = [spent.ended + WINDOW for spent in self._recent()] + [now + WINDOW] * self._under_way
        # When each token can be taken, soonest first; more can be out than a limit learnt meanwhile allows.
        free = deque([now] * (limit - len(back)) + back, maxlen=limit)
        start = max(now, self._stopped_until)
        for reserve in reserves:
            start = max(start, free[self._held_back(reserve)])
            free.append(start + WINDOW)
            yield start - now

    def next_change(self) -> float | None:
        """Give the moment at which, without any call, more becomes possible; None when nothing is awaited."""
        now = self._clock()
        moments = [self._stopped_until, self._lesson.until]
        recent = self._recent()
        if recent and self.limit is not None:
            moments.append(recent[0].ended + WINDOW)
        return min((moment for moment in moments if moment > now), default=None)

    def _end(self, *, refused: bool) -> None:
        self._under_way -= 1
        self._recent().append(_Spent(self._clock(), refused))

    def _recent(self) -> deque[_Spent]:
        """Give the tokens that are not back yet, in the order they come back."""
        now = self._clock()
        while self._spent and self._spent[0].ended + WINDOW <= now:
            self._spent.popleft()
        return self._spent

    def _held_back(self, reserve: int) -> int:
        """Give how much of a reserve this limit has room for: something can always be called."""
        limit = self.limit
        return reserve if limit is None else min(reserve, limit - 1)
