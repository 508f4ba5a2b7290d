"""The keep-rule as lines: criteria, the most important first, then collections, the most wanted first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from peekui.triage.keep_rules import Criterion, KeepRule
from peekui.ui.columns import GAP, cut
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.style import Style
    from textual import events

__all__ = ["Line", "RuleLines", "edited", "lines_of"]

_LEAD: Final = 4
"""Cells of a rank, or of the sign of what is protected."""
_TITLE: Final = 28
"""Cells of what a line is called."""
_ABOUT: Final = {
    Criterion.ORIGINAL: "the one the others are copies of",
    Criterion.DONE: "read and indexed",
    Criterion.COLLECTIONS: "in the order of those below",
    Criterion.PROTECTED: "in a protected collection",
    Criterion.OLDEST: "made first",
    Criterion.NEWEST: "made last",
    Criterion.MOST_METADATA: "fields that say something",
    Criterion.SHORTEST_NAME: "of its file",
    Criterion.LONGEST_NAME: "of its file",
    Criterion.HAS_FEATURES: "asked for, a call for 200 copies",
}


class Line(NamedTuple):
    """A line of the rule: a criterion, or a collection.

    Attributes:
        key: The criterion, or the collection's id.
        title: What a person calls it.
        on: The rule goes by the criterion; the collection is protected.
    """

    key: str
    title: str
    on: bool

    @property
    def criterion(self) -> bool:
        """Whether it is a criterion."""
        return isinstance(self.key, Criterion)


def lines_of(rule: KeepRule, titles: Mapping[str, str]) -> tuple[Line, ...]:
    """Give the lines of a rule: what it goes by, what it could go by, the collections.

    Args:
        rule: The rule.
        titles: What the collections there are are called, by id.
    """
    others = (one for one in Criterion if one not in rule.criteria)
    wanted = [key for key in rule.collections if key in titles]
    keys = [*wanted, *(key for key in titles if key not in wanted)]
    criteria = (Line(one, one, one in rule.criteria) for one in (*rule.criteria, *others))
    return (*criteria, *(Line(key, titles[key], key in rule.protected) for key in keys))


def edited(lines: Sequence[Line], before: KeepRule) -> KeepRule:
    """Give the rule that lines say; what was protected and has no line stays so.

    Args:
        lines: As they are now.
        before: The rule that they were made of.
    """
    criteria = tuple(Criterion(line.key) for line in lines if line.criterion and line.on)
    named = {line.key: line.on for line in lines if not line.criterion}
    order = tuple(named) if Criterion.COLLECTIONS in criteria else ()
    return KeepRule(criteria, order, frozenset(key for key in {*before.protected, *named} if named.get(key, True)))


class RuleLines(RowView):
    """Draws the lines."""

    lines: reactive[tuple[Line, ...]] = reactive(())

    def watch_lines(self) -> None:
        """Draw other lines."""
        self.row_count = len(self.lines)
        self.refresh()

    def click_row(self, index: int, event: events.Click) -> None:  # noqa: ARG002  (no click uses the rule)
        """Put the cursor where the click was."""
        self.cursor = index

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw a line: its rank, what it is, what it means."""
        line = self.lines[index]
        dim = style + self.get_component_rich_style("row-view--dim", partial=True)
        if line.criterion:
            rank = 1 + sum(other.on for other in self.lines[:index])
            lead, title, note = f"{rank:>2}" if line.on else " ·", line.title, _ABOUT[Criterion(line.key)]
        else:
            lead, title = " ⊘" if line.on else "", f"collection {line.title}"
            note = "protected: nothing in it goes" if line.on else ""
        shown = style if line.on or not line.criterion else dim
        room = max(min(_TITLE, width - _LEAD), 1)
        said = cut(note, max(width - _LEAD - room - GAP, 0))
        name = cut(one_line(title), room)
        segments = [Segment(cut(lead, _LEAD), shown), Segment(name, shown), Segment(" " * GAP + said, dim)]
        return Strip(segments).adjust_cell_length(width, style)
