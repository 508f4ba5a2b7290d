"""Waiting for a turn: who goes when, what a cancelled call leaves behind, and what can be seen of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.api.bucket import LESSON
from peekui.api.budget import Budget, BudgetState, Place, Priority
from peekui.api.cost import CALLS_UNASKED, Cost
from peekui.api.errors import CallCancelled, CannotConnect, RateLimited
from tests.api import jumping_time

NOW, AHEAD = Priority
NEVER = -1.0


@dataclass(eq=False)
class Caller:
    """Something that calls once, and when it did."""

    budget: Budget
    seconds: float = 0.0
    priority: Priority = NOW
    asked: float = field(default=NEVER, init=False)
    started: float = field(default=NEVER, init=False)
    ended: float = field(default=NEVER, init=False)
    waited: float = field(default=NEVER, init=False)

    async def call(self) -> None:
        """Wait for a turn, and take some time."""
        clock = asyncio.get_running_loop().time
        self.asked = clock()
        async with self.budget.turn(self.budget.place("GET /x", self.priority)) as self.waited:
            self.started = clock()
            try:
                await asyncio.sleep(self.seconds)
            finally:
                self.ended = clock()


async def spend(budget: Budget, calls: int) -> None:
    for _ in range(calls):
        await Caller(budget).call()


async def failing(budget: Budget, place: Place, error: Exception) -> None:
    async with budget.turn(place):
        raise error


async def started(caller: Caller) -> asyncio.Task[None]:
    """Let a caller take its place."""
    task = asyncio.create_task(caller.call())
    await asyncio.sleep(0)
    return task


def test_calls_within_the_limit_do_not_wait_and_the_others_wait_for_a_token() -> None:
    async def story() -> list[float]:
        budget = Budget(3)
        callers = [Caller(budget, seconds=2.0) for _ in range(7)]
        await asyncio.gather(*(caller.call() for caller in callers))
        assert [caller.waited for caller in callers] == [caller.started for caller in callers]
        return [caller.started for caller in callers]

    assert jumping_time.run(story()) == [0, 0, 0, 62, 62, 62, 124]


def test_without_a_limit_nothing_waits() -> None:
    async def story() -> float:
        await asyncio.gather(*(Caller(budget).call() for budget in [Budget()] for _ in range(500)))
        return asyncio.get_running_loop().time()

    assert jumping_time.run(story()) == 0


def test_what_the_user_waits_for_goes_before_what_is_fetched_ahead() -> None:
    async def story() -> None:
        budget = Budget(5)
        await spend(budget, 5)
        first = [Caller(budget, priority=AHEAD) for _ in range(2)]
        later = [Caller(budget) for _ in range(3)]
        await asyncio.gather(*(caller.call() for caller in first + later))
        assert [caller.started for caller in later] == [60, 60, 60]
        # Of five tokens three were taken, and three are to be left: fetching ahead waits for all to be back.
        assert [caller.started for caller in first] == [120, 120]

    jumping_time.run(story())


def test_room_ahead_leaves_what_an_act_may_cost() -> None:
    async def story() -> None:
        budget = Budget(10)
        assert (budget.room_for(7), budget.room_for(8)) == (True, False)
        await spend(budget, 10 - CALLS_UNASKED)
        assert not budget.room_for(1)
        assert Budget().room_for(1000)

    jumping_time.run(story())


def test_who_waits_is_seen_with_a_countdown_and_in_order() -> None:
    async def story() -> None:
        budget = Budget(2)
        await spend(budget, 2)
        await asyncio.sleep(15)
        ahead = await started(Caller(budget, priority=AHEAD))
        tasks = [await started(Caller(budget)) for _ in range(3)]
        state = budget.state
        assert (state.left, state.limit, state.learnt, state.next_in) == (0, 2, False, 105)
        assert [call.place.priority for call in state.waiting] == [NOW, NOW, NOW, AHEAD]
        assert [call.seconds for call in state.waiting] == [45, 45, 105, 165]
        assert {call.place.label for call in state.waiting} == {"GET /x"}
        assert budget.cost(1) == Cost(1, 105, 2)
        await asyncio.gather(*tasks)
        assert asyncio.get_running_loop().time() == 15 + 105
        await ahead
        assert asyncio.get_running_loop().time() == 15 + 165
        assert budget.state.waiting == ()

    jumping_time.run(story())


def test_a_call_that_is_given_up_while_it_waits_costs_nothing() -> None:
    async def story() -> None:
        budget = Budget(1)
        await spend(budget, 1)
        given_up, cancelled, third = Caller(budget), Caller(budget), Caller(budget)
        tasks = [await started(caller) for caller in (given_up, cancelled, third)]
        budget.cancel(budget.state.waiting[0].place.number)
        tasks[1].cancel()
        with pytest.raises(CallCancelled, match="GET /x was cancelled"):
            await tasks[0]
        with pytest.raises(asyncio.CancelledError):
            await tasks[1]
        await tasks[2]
        assert (given_up.started, cancelled.started, third.started) == (NEVER, NEVER, 60)
        budget.cancel(1)  # long gone: no harm

    jumping_time.run(story())


def test_a_turn_that_comes_in_the_moment_of_cancelling_goes_to_the_next() -> None:
    async def story() -> None:
        budget = Budget(1)
        await spend(budget, 1)
        unlucky, heir = Caller(budget), Caller(budget)
        task, other = await started(unlucky), await started(heir)
        # When the token comes back, the call gets its turn and is cancelled before it runs again.
        stop = budget.on_change(lambda: task.cancel() if len(budget.state.waiting) == 1 else None)
        await asyncio.wait([task])
        stop()
        assert task.cancelled()
        assert unlucky.started == NEVER
        await other
        assert heir.started == 60

    jumping_time.run(story())


def test_a_call_that_is_cancelled_under_way_has_cost_its_token() -> None:
    async def story() -> None:
        budget = Budget(1)
        task = await started(Caller(budget, seconds=100))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait([task])
        assert (budget.state.left, budget.state.next_in) == (0, 60)

    jumping_time.run(story())


def test_a_call_that_cannot_connect_costs_nothing() -> None:
    async def story() -> None:
        budget = Budget(1)
        with pytest.raises(CannotConnect):
            await failing(budget, budget.place("GET /x"), CannotConnect("refused"))
        assert budget.state.left == 1

    jumping_time.run(story())


def test_a_refused_call_stops_everybody_and_keeps_its_place() -> None:
    async def story() -> list[str]:
        budget = Budget(20)
        order: list[str] = []
        place = budget.place("first")
        error = RateLimited("slow down", status=429)
        error.retry_after = 7.0
        with pytest.raises(RateLimited):
            await failing(budget, place, error)
        assert (budget.state.stopped_for, budget.room_for()) == (7.0, False)

        async def another() -> None:
            async with budget.turn(budget.place("second")):
                order.append("second")

        async def again() -> None:
            async with budget.turn(place):
                order.append("first")

        task = asyncio.create_task(another())
        await asyncio.sleep(0)
        await again()
        await task
        assert asyncio.get_running_loop().time() == 7
        return order

    assert jumping_time.run(story()) == ["first", "second"]


def test_who_waits_for_a_learnt_limit_goes_when_it_is_forgotten() -> None:
    async def story() -> None:
        budget = Budget(60)
        await spend(budget, 1)
        await asyncio.sleep(60)
        with pytest.raises(RateLimited):
            await failing(budget, budget.place("GET /x"), RateLimited("slow down", status=429))
        assert budget.state.limit == 1
        callers = [Caller(budget, seconds=7) for _ in range(9)]
        await asyncio.gather(*(caller.call() for caller in callers))
        assert [caller.started for caller in callers] == [120, 187, 254, 321, *([60 + LESSON] * 5)]

    jumping_time.run(story())


def test_every_change_is_told_without_polling() -> None:
    async def story() -> None:
        budget = Budget(2)
        seen: list[tuple[float, BudgetState]] = []
        stop = budget.on_change(lambda: seen.append((asyncio.get_running_loop().time(), budget.state)))
        await Caller(budget, seconds=3).call()
        assert [(moment, state.left) for moment, state in seen] == [(0, 1), (3, 1)]
        await asyncio.sleep(100)
        assert (seen[-1][0], seen[-1][1].left) == (63, 2)
        stop()
        await spend(budget, 1)
        assert seen[-1][0] == 63
        budget.close()

    jumping_time.run(story())


def test_what_it_will_cost() -> None:
    async def story() -> None:
        budget = Budget(10)
        assert str(budget.cost(1)) == "1 call, no waiting at 10 a minute"
        await spend(budget, 9)
        await asyncio.sleep(20)
        cost = budget.cost(3)
        assert (str(cost), cost.asks_first) == ("3 calls, about 40 s at 10 a minute", False)
        assert str(budget.cost(45)) == "45 calls, about 5 min at 10 a minute"
        assert str(budget.cost(2000)) == "2,000 calls, about 3 h at 10 a minute"
        assert budget.cost(4).asks_first
        assert str(budget.cost(0)) == str(Budget().cost(0)) == "no call"
        assert str(Budget().cost(12)) == "12 calls"

    jumping_time.run(story())


@dataclass(frozen=True)
class Plan:
    """What one caller of a random story does."""

    after: float
    seconds: float
    priority: Priority
    gives_up_after: float | None


PLANS = st.builds(
    Plan,
    after=st.floats(0, 40),
    seconds=st.floats(0, 90),
    priority=st.sampled_from(Priority),
    gives_up_after=st.none() | st.floats(0, 150),
)


@settings(deadline=None)
@given(limit=st.integers(1, 6), plans=st.lists(PLANS, max_size=25))
def test_any_story_is_fair_keeps_the_limit_and_ends(limit: int, plans: list[Plan]) -> None:
    """Callers come, wait, are cancelled waiting or under way; the loop itself fails if one is never woken."""

    async def story() -> list[Caller]:
        budget = Budget(limit)
        callers, tasks = [], []
        for plan in plans:
            await asyncio.sleep(plan.after)
            caller = Caller(budget, plan.seconds, plan.priority)
            callers.append(caller)
            tasks.append(await started(caller))
            if plan.gives_up_after is not None:
                asyncio.get_running_loop().call_later(plan.gives_up_after, tasks[-1].cancel)
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(61)
        assert (budget.state.waiting, budget.state.left) == ((), limit)
        return callers

    made = [caller for caller in jumping_time.run(story()) if caller.started >= 0]
    for caller in made:
        assert len([other for other in made if caller.started <= other.started < caller.started + 60]) <= limit
        if caller.priority is NOW and caller.started > caller.asked:
            # It waited for no longer than it had to: until then all tokens were out.
            before = caller.started - 1e-6
            assert len([other for other in made if other.started <= before < other.ended + 60]) == limit
    for priority in Priority:
        turns = [caller.started for caller in made if caller.priority is priority]
        assert turns == sorted(turns)
