"""What a command is: its name, its keys, where it applies and why it may not be possible now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TOGETHER", "Command", "Situation", "Where"]


class Where(StrEnum):
    """The part of the program a command applies to; the value is its heading in the help."""

    ANYWHERE = "Anywhere"
    BROWSE = "Browsing"
    PANES = "Going from pane to pane"
    NAMES = "In the lists of namespaces and collections"
    COLLECTIONS = "In the list of collections"
    MARKS = "Marking assets"
    SHEET = "In the contact sheet"
    TABLE = "In the table of assets"
    PILLS = "In the line of the filter"
    FILTER = "Building a filter"
    FILTER_TREE = "In the tree of a filter"
    FILTER_TEXT = "In the text of a filter, and in the search line"
    LINE = "In the search line"
    DOCTOR = "Looking for what would match"
    LAYOUT = "Choosing columns"
    ROWS = "In any list"
    ASSET = "Looking at one asset"
    TREE = "In a tree of values"
    FEATURES = "In the features of an asset"
    VIEW = "Browsing, or looking at one asset"
    VALUE = "Looking at a whole value"
    OVERVIEW = "In the overview of collections"
    COMPARE = "Comparing two filters"
    WORK = "While copying or downloading several"
    CALLS = "In the call log"
    ANSWER = "Looking at an answer of the service"
    SAVED = "In the saved searches"
    HISTORY = "In the history of searches"
    TRIAGE = "Reading failures or duplicates"
    FAILURES = "Looking at failures by cause"
    DUPLICATES = "Looking at groups of duplicates"
    KEEP_RULE = "Editing the keep-rule"
    REVIEW = "Reviewing a group of duplicates"
    PLANS = "In the list of plans"
    PLAN = "Looking at a plan, and running it"


TOGETHER = (
    frozenset(
        {
            Where.ANYWHERE,
            Where.ANSWER,
            Where.BROWSE,
            Where.VIEW,
            Where.PANES,
            Where.NAMES,
            Where.COLLECTIONS,
            Where.ROWS,
        }
    ),
    frozenset(
        {Where.ANYWHERE, Where.ANSWER, Where.BROWSE, Where.VIEW, Where.PANES, Where.MARKS, Where.TABLE, Where.ROWS}
    ),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.BROWSE, Where.VIEW, Where.PANES, Where.PILLS}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.FILTER, Where.FILTER_TREE, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.FILTER, Where.FILTER_TEXT}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.BROWSE, Where.VIEW, Where.PANES, Where.FILTER_TEXT, Where.LINE}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.SHEET, Where.VIEW, Where.MARKS, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.DOCTOR, Where.ROWS}),
    frozenset({Where.LAYOUT, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.ASSET, Where.VIEW, Where.TREE, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.ASSET, Where.VIEW, Where.FEATURES, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.CALLS, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.OVERVIEW}),
    frozenset({Where.ANYWHERE, Where.WORK}),
    frozenset({Where.ANYWHERE, Where.COMPARE, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.TRIAGE, Where.FAILURES, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.ANSWER, Where.TRIAGE, Where.DUPLICATES, Where.ROWS}),
    frozenset({Where.ANSWER, Where.SAVED, Where.ROWS}),
    frozenset({Where.ANSWER, Where.HISTORY, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.KEEP_RULE, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.REVIEW, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.PLANS, Where.ROWS}),
    frozenset({Where.ANYWHERE, Where.PLAN, Where.ROWS}),
)
"""Parts whose commands can be run at the same time, so that no key may mean two of them."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether a command can be run now.

    Attributes:
        asset: An asset is under the cursor or open.
        narrowed: A search or a filter is active.
        collections: Collections were loaded.
        filter: A filter is active, or all of it is muted.
        pill: A part of the filter is under the cursor.
        pill_after: There is something to the right of it.
        pill_before: There is a part to the left of it.
        inner_node: A node of a filter is in hand that is not the outermost group.
        group: A group of a filter is in hand.
        fixable: Something is wrong with the node in hand.
        question: Nodes of a filter are being counted, or it is held against an asset.
        obstacles: Conditions of a filter keep that asset out.
        offers: Words to go on with are offered.
        problem: A failure is on show where the focus is.
        locked: The service wants another key.
        marked: Assets are marked.
        names: There are names in the list.
        filtered: Only some of the names are listed.
        call: A call that was made is under the cursor.
        waiting_call: A call waits for its turn.
        kept: A saved search, or one of the history, is under the cursor.
        uncounted: An overview is open and is not being counted.
        unstarted: A dialog with work is open, and the work was not begun.
        matches: Words that were looked for are in the tree.
        searched: Words are being looked for in what is on show.
        behind: There is a place to go back to.
        ahead: There is a place that was left by going back.
        reading: Assets are being read for triage.
        readable: There is more to read.
        refused: The service does not filter by status.
        failures: A group of failures is under the cursor.
        signature: It is a signature.
        task: The sample of it names its task.
        copies: A group of duplicates is under the cursor.
        duplicates: There are groups of duplicates.
        words: Only those with some words are listed, or words are being typed.
        unasked: The keep-rule would go by features that were not asked for.
        pair: A group in review has another copy to compare with.
        flickers: Two copies take turns in one place.
        settled: Groups of duplicates are settled.
        undoable: A choice can be taken back.
        criterion: A criterion or a collection is under the cursor.
        choices: Copies were chosen by hand.
        plan: A plan is under the cursor.
        line: An act of a plan is under the cursor.
        editable: The plan was not begun.
        open_acts: Acts of a plan are still to be done.
        writable: Things may be changed.
        running: A plan is being run, or tried.
    """

    asset: bool = False
    narrowed: bool = False
    collections: bool = False
    filter: bool = False
    pill: bool = False
    pill_after: bool = False
    pill_before: bool = False
    inner_node: bool = False
    group: bool = False
    fixable: bool = False
    question: bool = False
    obstacles: bool = False
    offers: bool = False
    problem: bool = False
    locked: bool = False
    marked: bool = False
    names: bool = False
    filtered: bool = False
    call: bool = False
    waiting_call: bool = False
    kept: bool = False
    uncounted: bool = False
    unstarted: bool = False
    matches: bool = False
    searched: bool = False
    behind: bool = False
    ahead: bool = False
    reading: bool = False
    readable: bool = False
    refused: bool = False
    failures: bool = False
    signature: bool = False
    task: bool = False
    copies: bool = False
    duplicates: bool = False
    words: bool = False
    unasked: bool = False
    pair: bool = False
    flickers: bool = False
    settled: bool = False
    undoable: bool = False
    criterion: bool = False
    choices: bool = False
    plan: bool = False
    line: bool = False
    editable: bool = False
    open_acts: bool = False
    writable: bool = False
    running: bool = False


def _always(_: Situation) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Command:
    """Something a user can do.

    Attributes:
        id: Stable name such as `assets.search`; also the id of its binding.
        title: One to three words, for footer and palette.
        help: One sentence for the help screen.
        keys: In Textual's names; the first is shown.
        where: The part of the program it applies to.
        footer: Rank in the footer, lowest first; None keeps it out.
        why_not: Gives the reason why it cannot be run now, or None when it can.
        opens_line: It opens a line to type in, and what is typed right after its key belongs there.
        instead_of: Id of the command whose key it takes over where it applies; where it cannot be run, that one is.
        elsewhere: It can be run on any other screen as well, through the app, and is hinted at only where it applies.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    where: Where
    footer: int | None = None
    why_not: Callable[[Situation], str | None] = _always
    opens_line: bool = False
    instead_of: str | None = None
    elsewhere: bool = False

    @property
    def method(self) -> str:
        """Name of the method that carries it out."""
        return f"command_{self.id.replace('.', '_')}"
