"""What sets failed assets apart, as text: the field values they have more often, and which have a healthy twin."""

from __future__ import annotations

import asyncio
from io import StringIO
from typing import TYPE_CHECKING, Final

from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.browse.export import Format, write_rows
from peekui.triage.contrast import contrast
from peekui.triage.pages import FilterRefused
from peekui.triage.samples import healthy_twins, read_sample
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from peekui.filters.nodes import JsonValue
    from peekui.triage.failures import FailureGroup
    from peekui.triage.rows import Row
    from peekui.triage.scope import Scope
    from peekui.ui.session import Session

__all__ = ["Contrasted", "NotAnswered", "find_contrast"]

_COLUMNS: Final = ("field", "value", "failed", "done", "times as often")
_MOST_TWINS: Final = 200
"""Failed assets whose hashes are asked for: as many as one call takes."""


class Contrasted(Message, bubble=False):
    """The samples were read and compared."""

    def __init__(self, title: str, text: str, note: str) -> None:
        super().__init__()
        self.title = title
        self.text = text
        self.note = note


class NotAnswered(Message, bubble=False):
    """A question beside the rows was not answered."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


async def find_contrast(
    session: Session, scope: Scope, group: FailureGroup, rows: Sequence[Row], post: Callable[[Message], object]
) -> None:
    """Read a sample of the failed and of the done, and look for twins; three calls.

    Args:
        session: To ask with.
        scope: Where.
        group: The failed.
        rows: All that failed.
        post: Takes the message.
    """
    try:
        client = await session.client()
        looked_at = await asyncio.to_thread(_first_of, group, rows)
        namespace, collections = scope.namespace, scope.collections
        failed = await read_sample(client, namespace=namespace, collections=collections, asset_ids=group.asset_ids)
        done = await read_sample(client, namespace=namespace, collections=collections)
        twins = await healthy_twins(client, looked_at, namespace=namespace, collections=collections)
    except FilterRefused as refusal:
        post(NotAnswered(Problem.of(refusal.error)))
    except MixpeekError as error:
        post(NotAnswered(Problem.of(error)))
    else:
        note = (
            f"What {len(failed):,} of {group.count:,} failed assets have more often than the {len(done):,} newest done "
            "ones; nothing that is chance once in a thousand times."
        )
        text = await asyncio.to_thread(_text, failed, done, len(looked_at), len(twins))
        post(Contrasted(f"Contrast: {group.key}", text, note))


def _first_of(group: FailureGroup, rows: Iterable[Row]) -> list[Row]:
    wanted = set(group.asset_ids[:_MOST_TWINS])
    return [row for row in rows if row.asset_id in wanted]


def _text(failed: Sequence[Row], done: Sequence[Row], looked_at: int, twins: int) -> str:
    found = contrast(failed, done)
    lines: list[Sequence[JsonValue]] = [
        (
            one.field,
            one.value,
            f"{one.failed:,} of {one.failed_of:,}",
            f"{one.done:,} of {one.done_of:,}",
            f"{one.lift:,.1f}",
        )
        for one in found
    ]
    out = StringIO()
    write_rows(lines, _COLUMNS, Format.MARKDOWN, out)
    table = out.getvalue() if found else "No value is more frequent among the failed.\n"
    healthy = f"{twins:,} of the hashes of {looked_at:,} failed assets are also those of a done one"
    return f"{table}\n{healthy}" + (": their bytes are good.\n" if twins else ".\n")
