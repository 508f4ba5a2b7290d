"""The bucket against any history of calls, and what it learns from refusals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.api.bucket import LESSON, PAUSE, SMALLEST_PLAN, WINDOW, Bucket


class Clock:
    """A clock that is set."""

    now = 0.0

    def read(self) -> float:
        """Give the moment it is set to."""
        return self.now


def filled(limit: int | None, *, calls: int = 0, since: float = 0.0) -> tuple[Bucket, Clock]:
    """A bucket that has made so many calls now, after a time of which it saw everything."""
    clock = Clock()
    bucket = Bucket(limit, clock.read)
    if since:
        bucket.take()
        bucket.spend()
        clock.now = since
    for _ in range(calls):
        bucket.take()
        bucket.spend()
    return bucket, clock


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_that_allows_nothing_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Bucket(limit, Clock().read)


def test_a_token_comes_back_a_minute_after_its_call_ended() -> None:
    bucket, clock = filled(2)
    bucket.take()
    clock.now = 5
    bucket.take()
    assert (bucket.left, bucket.allows()) == (0, False)
    clock.now = 7
    bucket.spend()
    clock.now = 66.9
    assert bucket.left == 0
    clock.now = 67
    assert (bucket.left, bucket.allows(), bucket.allows(2)) == (1, True, False)


def test_what_never_reached_the_service_costs_nothing() -> None:
    bucket, _ = filled(1)
    bucket.take()
    bucket.put_back()
    assert bucket.left == 1


def test_no_limit_says_so_and_keeps_no_more_than_a_minute() -> None:
    bucket, clock = filled(None)
    for second in range(1000):
        clock.now = second
        assert bucket.allows(1000, reserve=1000)
        bucket.take()
        bucket.spend()
    assert (bucket.limit, bucket.left, bucket.next_change()) == (None, None, None)
    assert list(bucket.waits([0, 1000])) == [0.0, 0.0]
    assert len(bucket._spent) <= WINDOW


def test_a_reserve_is_left_and_never_all_there_is() -> None:
    bucket, _ = filled(10, calls=6)
    assert bucket.allows(1, reserve=3)
    assert not bucket.allows(2, reserve=3)
    alone, _ = filled(2)
    assert alone.allows(1, reserve=3)


@pytest.mark.parametrize(("said", "stopped"), [(7.0, 7.0), (0.0, 1.0), (3600.0, 3600.0), (None, PAUSE)])
def test_a_refusal_stops_everything_for_as_long_as_it_says(said: float | None, stopped: float) -> None:
    bucket, clock = filled(None)
    bucket.take()
    bucket.refuse(said)
    assert (bucket.stopped_for, bucket.allows(), list(bucket.waits([0]))) == (stopped, False, [stopped])
    clock.now = stopped
    assert (bucket.stopped_for, bucket.allows()) == (0.0, True)


def test_a_shorter_stop_does_not_end_a_longer_one() -> None:
    bucket, _ = filled(None)
    for said in (30.0, 5.0):
        bucket.take()
        bucket.refuse(said)
    assert bucket.stopped_for == 30.0


@pytest.mark.parametrize("limit", [60, None])
def test_the_limit_is_learnt_from_what_the_service_took(limit: int | None) -> None:
    bucket, clock = filled(limit, calls=14)
    bucket.take()
    bucket.refuse(None)
    assert (bucket.limit, bucket.left) == (14, 0)
    clock.now = LESSON - 1
    assert bucket.limit == 14
    clock.now = LESSON
    assert bucket.limit == limit


def test_calls_refused_together_are_counted_out() -> None:
    bucket, _ = filled(60, calls=10)
    for _ in range(8):
        bucket.take()
    learnt = []
    for _ in range(8):
        bucket.refuse(30.0)
        learnt.append(bucket.limit)
    assert learnt == [17, 16, 15, 14, 13, 12, 11, 10]


def test_no_plan_is_smaller_than_the_smallest_until_a_whole_minute_was_seen() -> None:
    fresh, _ = filled(60, calls=2)
    fresh.take()
    fresh.refuse(None)
    assert fresh.limit == SMALLEST_PLAN
    watched, _ = filled(60, calls=2, since=WINDOW)
    watched.take()
    watched.refuse(None)
    assert watched.limit == 2


def test_nothing_above_the_profile_is_learnt() -> None:
    bucket, _ = filled(5, calls=2)
    bucket.take()
    bucket.refuse(None)
    assert bucket.limit == 5


def test_a_learnt_limit_never_reaches_nothing() -> None:
    bucket, _ = filled(60, since=WINDOW)
    bucket.take()
    bucket.refuse(None)
    assert bucket.limit == 1


def test_when_the_next_calls_can_start() -> None:
    bucket, clock = filled(3)
    for moment in (0, 10):
        clock.now = moment
        bucket.take()
        bucket.spend()
    clock.now = 20
    bucket.take()
    clock.now = 25
    # One token is still out, the first comes back at 60, the second at 70, the third not before 85.
    assert list(bucket.waits([0] * 6)) == [35, 45, 60, 95, 105, 120]
    bucket.put_back()
    assert list(bucket.waits([0] * 4)) == [0, 35, 45, 60]
    assert list(bucket.waits([1] * 4)) == [35, 45, 95, 105]
    assert list(bucket.waits([0, 2])) == [0, 60]


def test_a_stop_and_a_smaller_limit_move_the_line_back() -> None:
    bucket, clock = filled(60, calls=11, since=WINDOW)
    clock.now += 10
    bucket.take()
    bucket.refuse(20.0)
    assert (bucket.limit, list(bucket.waits([0, 0]))) == (11, [50, 50])
    clock.now += 45
    assert list(bucket.waits([0] * 12)) == [5] * 10 + [15, 65]


@settings(deadline=None)
@given(
    limit=st.integers(1, 12),
    steps=st.lists(
        st.tuples(st.sampled_from(["wait", "start", "end", "refused", "lost"]), st.floats(0, 45)), max_size=120
    ),
)
def test_no_minute_sees_more_calls_than_the_limit(limit: int, steps: list[tuple[str, float]]) -> None:
    """Whenever between start and end the service counts a call: the worst it can do is to count late, then early."""
    clock = Clock()
    bucket = Bucket(limit, clock.read)
    under_way: list[float] = []
    calls: list[tuple[float, float]] = []
    for act, value in steps:
        if act == "wait":
            clock.now += value
        elif act == "start" and bucket.allows():
            bucket.take()
            under_way.append(clock.now)
        elif under_way and act in {"end", "refused"}:
            calls.append((under_way.pop(0), clock.now))
            bucket.spend() if act == "end" else bucket.refuse(value)
        elif under_way and act == "lost":
            under_way.pop()
            bucket.put_back()
        assert bucket.left is not None
        assert bucket.limit is not None
        assert 0 <= bucket.left <= bucket.limit <= limit
    for _, end in calls:
        # The window that opens when this call ends: what was counted before cannot be in it.
        held = [call for call in calls if call[1] >= end and call[0] < end + WINDOW]
        assert len(held) <= limit
