"""Reasons why a command cannot be run now; each gives None when it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    "needs_editable",
    "needs_failures",
    "needs_filter",
    "needs_filtered_names",
    "needs_fixable",
    "needs_group",
    "needs_inner_node",
    "needs_key",
    "needs_line",
    "needs_marks",
    "needs_matches",
    "needs_names",
    "needs_narrowing",
    "needs_obstacles",
    "needs_offers",
    "needs_open_acts",
    "needs_pill",
    "needs_pill_after",
    "needs_pill_before",
    "needs_problem",
    "needs_question",
    "needs_readable",
    "needs_reading",
    "needs_refused",
    "needs_running",
    "needs_search",
    "needs_settled",
    "needs_signature",
    "needs_task",
    "needs_unbegun",
    "needs_uncounted",
    "needs_undoable",
    "needs_unstarted",
    "needs_waiting_call",
    "needs_writable",
]


def needs_asset(now: Situation) -> str | None:
    """It is about the asset under the cursor, or the open one."""
    return None if now.asset else "there is no asset under the cursor"


def needs_asset_or_marks(now: Situation) -> str | None:
    """It is about an asset, or about several."""
    return None if now.asset or now.marked else "there is no asset under the cursor, and none is marked"


def needs_narrowing(now: Situation) -> str | None:
    """It takes away what narrows the rows."""
    return None if now.narrowed else "no search or filter is active"


def needs_collections(now: Situation) -> str | None:
    """It asks for rows, which takes collections."""
    return None if now.collections else "no collections are loaded yet"


def needs_filter(now: Situation) -> str | None:
    """It is about the filter there is."""
    return None if now.filter else "there is no filter"


def needs_pill(now: Situation) -> str | None:
    """It is about a part of the filter."""
    return None if now.pill else "no part of the filter is under the cursor"


def needs_pill_after(now: Situation) -> str | None:
    """It goes on in the line of the filter."""
    return None if now.pill_after else "this is the end of the line"


def needs_pill_before(now: Situation) -> str | None:
    """It goes back in the line of the filter."""
    return None if now.pill_before else "this is the start of the line"


def needs_inner_node(now: Situation) -> str | None:
    """It is about a node that can be moved."""
    return None if now.inner_node else "the outermost group stays where it is"


def needs_group(now: Situation) -> str | None:
    """It is about a group of a filter."""
    return None if now.group else "no group is in hand"


def needs_fixable(now: Situation) -> str | None:
    """It mends what is wrong with a node."""
    return None if now.fixable else "nothing is wrong with this node"


def needs_question(now: Situation) -> str | None:
    """It ends what was asked about a filter."""
    return None if now.question else "nothing is being asked"


def needs_obstacles(now: Situation) -> str | None:
    """It mutes what keeps an asset out."""
    return None if now.obstacles else "no asset is known to be kept out"


def needs_offers(now: Situation) -> str | None:
    """It takes what is offered."""
    return None if now.offers else "nothing is offered"


def needs_marks(now: Situation) -> str | None:
    """It is about marked assets."""
    return None if now.marked else "no asset is marked"


def needs_problem(now: Situation) -> str | None:
    """It is about a failure on show."""
    return None if now.problem else "nothing has failed here"


def needs_names(now: Situation) -> str | None:
    """It is about names in a list."""
    return None if now.names else "there are no names yet"


def needs_filtered_names(now: Situation) -> str | None:
    """It lists all names again."""
    return None if now.filtered else "all names are listed"


def needs_call(now: Situation) -> str | None:
    """It is about a call that was made."""
    return None if now.call else "there is no call under the cursor"


def needs_waiting_call(now: Situation) -> str | None:
    """It is about a call that waits."""
    return None if now.waiting_call else "no call waits for its turn"


def needs_uncounted(now: Situation) -> str | None:
    """It counts what was not counted."""
    return None if now.uncounted else "it is counted, or being counted"


def needs_unstarted(now: Situation) -> str | None:
    """It begins what was not begun."""
    return None if now.unstarted else "it is under way, or done"


def needs_matches(now: Situation) -> str | None:
    """It goes from one place that was found to another."""
    return None if now.matches else "nothing was looked for, or nothing found"


def needs_search(now: Situation) -> str | None:
    """It ends a search in what is on show."""
    return None if now.searched else "nothing is being looked for"


def needs_behind(now: Situation) -> str | None:
    """It goes back."""
    return None if now.behind else "this is where you began"


def needs_ahead(now: Situation) -> str | None:
    """It goes forward again."""
    return None if now.ahead else "you did not go back from anywhere"


def needs_key(now: Situation) -> str | None:
    """It asks for a key."""
    return None if now.locked else "the service took the key"


def needs_reading(now: Situation) -> str | None:
    """It ends a reading."""
    return None if now.reading else "nothing is being read"


def needs_readable(now: Situation) -> str | None:
    """It reads on, or waits with it."""
    return None if now.readable else "everything was read"


def needs_refused(now: Situation) -> str | None:
    """It reads everything, where the service does not filter."""
    return None if now.refused else "the service filters by status"


def needs_failures(now: Situation) -> str | None:
    """It is about a group of failures."""
    return None if now.failures else "there is no group under the cursor"


def needs_signature(now: Situation) -> str | None:
    """It is about a signature."""
    return None if now.signature else "only a signature can be, and none is under the cursor"


def needs_task(now: Situation) -> str | None:
    """It is about a task."""
    return None if now.task else "the asset names no task"


def needs_copies(now: Situation) -> str | None:
    """It is about a group of duplicates."""
    return None if now.copies else "there is no group under the cursor"


def needs_settled(now: Situation) -> str | None:
    """It plans for settled groups."""
    return None if now.settled else "no group is settled yet"


def needs_undoable(now: Situation) -> str | None:
    """It takes a choice back."""
    return None if now.undoable else "there is nothing to take back"


def needs_criterion(now: Situation) -> str | None:
    """It is about a line of the keep-rule."""
    return None if now.criterion else "nothing of the rule is under the cursor"


def needs_choices(now: Situation) -> str | None:
    """It learns from choices."""
    return None if now.choices else "no copy was chosen by hand yet"


def needs_line(now: Situation) -> str | None:
    """It is about an act."""
    return None if now.line else "there is no act under the cursor"


def needs_running(now: Situation) -> str | None:
    """It is about a run."""
    return None if now.running else "nothing is being run"


def needs_unbegun(now: Situation) -> str | None:
    """It is about a plan of which nothing is done yet."""
    return None if now.editable else "the plan was begun, or is under way"


def needs_editable(now: Situation) -> str | None:
    """It takes an act out of a plan."""
    return needs_unbegun(now) or needs_line(now)


def needs_open_acts(now: Situation) -> str | None:
    """It does what is left to be done."""
    if now.running:
        return "it is under way"
    return None if now.open_acts else "nothing is left to be done"


def needs_writable(now: Situation) -> str | None:
    """It changes things."""
    return needs_open_acts(now) if now.writable else "nothing is changed here, as the plan says above"
