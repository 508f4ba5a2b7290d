"""Reasons why a command cannot be run now; each gives None when it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.ui.commands.command import Situation

__all__ = [
    "needs_ahead",
    "needs_asset",
    "needs_asset_or_marks",
    "needs_behind",
    "needs_call",
    "needs_choices",
    "needs_collections",
    "needs_copies",
    "needs_criterion",
    "needs_duplicates",
    "needs_editable",
    "needs_failures",
    "needs_filter",
    "needs_filtered_names",
    "needs_fixable",
    "needs_flicker",
    "needs_group",
    "needs_groups",
    "needs_inner_node",
    "needs_kept",
    "needs_key",
    "needs_line",
    "needs_marks",
    "needs_matches",
    "needs_names",
    "needs_narrowing",
    "needs_obstacles",
    "needs_offers",
    "needs_open_acts",
    "needs_pair",
    "needs_pill",
    "needs_pill_after",
    "needs_pill_before",
    "needs_plan",
    "needs_problem",
    "needs_question",
    "needs_readable",
    "needs_reading",
    "needs_refused",
    "needs_running",
    "needs_search",
    "needs_settled",
    "needs_signature",
    "needs_taking_back",
    "needs_task",
    "needs_unasked",
    "needs_unbegun",
    "needs_uncounted",
    "needs_undoable",
    "needs_unstarted",
    "needs_waiting_call",
    "needs_words",
    "needs_writable",
]


def _unless(possible: Callable[[Situation], bool], otherwise: str) -> Callable[[Situation], str | None]:
    return lambda now: None if possible(now) else otherwise


needs_asset = _unless(lambda now: now.asset, "there is no asset under the cursor")
needs_asset_or_marks = _unless(
    lambda now: now.asset or now.marked, "there is no asset under the cursor, and none is marked"
)
needs_narrowing = _unless(lambda now: now.narrowed, "no search or filter is active")
needs_collections = _unless(lambda now: now.collections, "no collections are loaded yet")
needs_filter = _unless(lambda now: now.filter, "there is no filter")
needs_pill = _unless(lambda now: now.pill, "no part of the filter is under the cursor")
needs_pill_after = _unless(lambda now: now.pill_after, "this is the end of the line")
needs_pill_before = _unless(lambda now: now.pill_before, "this is the start of the line")
needs_inner_node = _unless(lambda now: now.inner_node, "the outermost group stays where it is")
needs_group = _unless(lambda now: now.group, "no group is in hand")
needs_fixable = _unless(lambda now: now.fixable, "nothing is wrong with this node")
needs_question = _unless(lambda now: now.question, "nothing is being asked")
needs_obstacles = _unless(lambda now: now.obstacles, "no asset is known to be kept out")
needs_offers = _unless(lambda now: now.offers, "nothing is offered")
needs_marks = _unless(lambda now: now.marked, "no asset is marked")
needs_problem = _unless(lambda now: now.problem, "nothing has failed here")
needs_names = _unless(lambda now: now.names, "there are no names yet")
needs_filtered_names = _unless(lambda now: now.filtered, "all names are listed")
needs_call = _unless(lambda now: now.call, "there is no call under the cursor")
needs_waiting_call = _unless(lambda now: now.waiting_call, "no call waits for its turn")
needs_kept = _unless(lambda now: now.kept, "there is no search under the cursor")
needs_uncounted = _unless(lambda now: now.uncounted, "it is counted, or being counted")
needs_unstarted = _unless(lambda now: now.unstarted, "it is under way, or done")
needs_matches = _unless(lambda now: now.matches, "nothing was looked for, or nothing found")
needs_search = _unless(lambda now: now.searched, "nothing is being looked for")
needs_behind = _unless(lambda now: now.behind, "this is where you began")
needs_ahead = _unless(lambda now: now.ahead, "you did not go back from anywhere")
needs_key = _unless(lambda now: now.locked, "the service took the key")
needs_reading = _unless(lambda now: now.reading, "nothing is being read")
needs_readable = _unless(lambda now: now.readable, "everything was read")
needs_refused = _unless(lambda now: now.refused, "the service filters by status")
needs_failures = _unless(lambda now: now.failures, "there is no group under the cursor")
needs_groups = _unless(lambda now: now.failures or now.copies, "no group is listed")
needs_signature = _unless(lambda now: now.signature, "only a signature can be, and none is under the cursor")
needs_task = _unless(lambda now: now.task, "the asset names no task")
needs_copies = _unless(lambda now: now.copies, "there is no group under the cursor")
needs_duplicates = _unless(lambda now: now.duplicates, "there are no groups")
needs_words = _unless(lambda now: now.words, "no words are looked for")
needs_unasked = _unless(lambda now: now.unasked, "the keep-rule needs to know of no more features")
needs_flicker = _unless(lambda now: now.flickers, "the copies are side by side")
needs_pair = _unless(lambda now: now.pair, "there is no other copy")
needs_settled = _unless(lambda now: now.settled, "no group is settled yet")
needs_undoable = _unless(lambda now: now.undoable, "there is nothing to take back")
needs_criterion = _unless(lambda now: now.criterion, "nothing of the rule is under the cursor")
needs_choices = _unless(lambda now: now.choices, "no copy was chosen by hand yet")
needs_plan = _unless(lambda now: now.plan, "there is no plan under the cursor")
needs_line = _unless(lambda now: now.line, "there is no act under the cursor")
needs_running = _unless(lambda now: now.running, "nothing is being run")
needs_unbegun = _unless(lambda now: now.editable, "the plan was begun, or is under way")


def needs_editable(now: Situation) -> str | None:
    """It takes an act out of a plan."""
    return needs_unbegun(now) or needs_line(now)


def needs_open_acts(now: Situation) -> str | None:
    """It does what is left to be done."""
    if now.running:
        return "it is under way"
    return None if now.open_acts else "nothing is left to be done"


def needs_taking_back(now: Situation) -> str | None:
    """It takes back what a plan did."""
    if now.running:
        return "it is under way"
    return needs_undoable(now) if now.writable else "nothing is changed here, as the plan says above"


def needs_writable(now: Situation) -> str | None:
    """It changes things."""
    return needs_open_acts(now) if now.writable else "nothing is changed here, as the plan says above"
