"""What sets failed assets apart, as text: the field values they have more often, and which have a healthy twin."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.triage.contrast import contrast
from peekui.triage.pages import FilterRefused
from peekui.triage.samples import healthy_twins, read_sample
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from peekui.triage.failures import FailureGroup
    from peekui.triage.rows import Row
    from peekui.triage.scope import Scope
    from peekui.ui.session import Session

__all__ = ["Contrasted", "NotAnswered", "find_contrast"]

_COLUMNS: Final = ("field", "value", "failed", "done", "times as often")
_MOST_NAMED: Final = 20
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
        text = await asyncio.to_thread(_text, failed, done, looked_at, twins)
        post(Contrasted(f"Contrast: {group.key}", text, note))


def _first_of(group: FailureGroup, rows: Iterable[Row]) -> list[Row]:
    wanted = set(group.asset_ids[:_MOST_TWINS])
    return [row for row in rows if row.asset_id in wanted]


def _text(failed: Sequence[Row], done: Sequence[Row], looked_at: Sequence[Row], twins: Mapping[str, Row]) -> str:
    found = contrast(failed, done)
    lines = [
        (
            one.field,
            json.dumps(one.value, ensure_ascii=False),
            f"{one.failed:,} of {one.failed_of:,}",
            f"{one.done:,} of {one.done_of:,}",
            f"{one.lift:,.1f} ×",
        )
        for one in found
    ]
    table = _aligned([_COLUMNS, *lines]) if found else "No value is more frequent among the failed."
    return f"{table}\n\n{_of_twins(looked_at, twins)}\n"


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    padded = (
        (f"{text}{' ' * (width - cell_len(text))}" for text, width in zip(line, widths, strict=True)) for line in lines
    )
    return "\n".join("  ".join(cells).rstrip() for cells in padded)


def _of_twins(looked_at: Sequence[Row], twins: Mapping[str, Row]) -> str:
    """Say which failed assets have the bytes of one that is done."""
    pairs = [(row, twins[row.file_hash]) for row in looked_at if row.file_hash and row.file_hash in twins]
    if not pairs:
        return f"No done asset has the hash of one of {len(looked_at):,} failed ones."
    named = [f"{row.title} ({row.asset_id}) is {twin.title} ({twin.asset_id})" for row, twin in pairs[:_MOST_NAMED]]
    more = [f"and {len(pairs) - len(named):,} more"] if len(pairs) > len(named) else []
    first = f"{len(pairs):,} of {len(looked_at):,} failed assets have a healthy twin, a done asset with their hash:"
    return "\n".join([first, *named, *more, "Their bytes are good: something else is wrong."])
