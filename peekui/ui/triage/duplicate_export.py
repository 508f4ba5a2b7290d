"""Groups of duplicates as rows for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peekui.ui.exports import Export, of_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from peekui.filters.nodes import JsonValue
    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.review import Choice
    from peekui.ui.triage.duplicate_groups import Judged

__all__ = ["export_duplicates"]

_COLUMNS: Final = ("copies", "spare_bytes", "keep", "drop", "tied", "settled", "collections", "flaws")


def export_duplicates(
    groups: Sequence[Judged], choice_of: Callable[[DuplicateGroup], Choice], title_of: Callable[[str], str]
) -> Export:
    """Give the groups that are listed, with what was chosen for each.

    Args:
        groups: In their order.
        choice_of: Gives what is chosen for a group.
        title_of: Names a collection.
    """

    def row(one: Judged) -> list[JsonValue]:
        members, choice = one.group.members, choice_of(one.group)
        drop = [row for row in members if row.asset_id not in choice.keep]
        return [
            len(members),
            sum(row.size or 0 for row in drop),
            [row.asset_id for row in members if row.asset_id in choice.keep],
            [row.asset_id for row in drop],
            one.verdict.tied,
            choice.accepted,
            [title_of(key) for key in one.group.collections],
            list(one.group.flaws),
        ]

    return of_rows("duplicates", f"{len(groups):,} groups of duplicates", _COLUMNS, [row(one) for one in groups])
