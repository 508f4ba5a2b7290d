"""What became of the acts of a plan: lines that are only ever added, each on the disk before anything goes on.

Before an act is begun its intent is written, after it its outcome. So whatever stops a run, at most one act is in
doubt, and the journal says which: it is looked up at the service before it is done again.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TextIO

from peekui.own_files import append_private
from peekui.triage.plans.acts import PlanRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from peekui.triage.plans.acts import Plan

__all__ = ["Entry", "Journal", "Outcome", "journal_path", "read_journal"]

_BEGUN: Final = "begun"


class Outcome(StrEnum):
    """What became of an act."""

    DONE = "done"
    REFUSED = "refused"
    """It would have done harm, or made no sense any more; it is not tried again."""
    FAILED = "failed"
    """The service did not do it; it is tried again when the plan is gone on with."""
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal says of one act.

    Attributes:
        outcome: What became of it; None for one in doubt: begun, and no outcome written.
        why: Why it was refused or failed.
        begun: Whether it was ever begun.
        before: Metadata the asset had before, None for acts that leave it alone.
        after: Metadata the asset had after, None where that is not known.
    """

    outcome: Outcome | None = None
    why: str = ""
    begun: bool = False
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def journal_path(plan_path: Path) -> Path:
    """Give where the journal of a plan is: beside it."""
    return plan_path.with_name(f"{plan_path.name}.journal")


class Journal:
    """The journal of one plan, open for adding to.

    Attributes:
        entries: What it says of each act by number; an act it says nothing of was not begun.
    """

    def __init__(self, file: TextIO, entries: dict[int, Entry]) -> None:
        self._file = file
        self.entries = entries

    @classmethod
    @contextmanager
    def open(cls, path: Path, plan: Plan) -> Iterator[Journal]:
        """Open it, or begin it.

        Args:
            path: Of the journal.
            plan: Whose journal it is.

        Raises:
            PlanRefused: It is another plan's, or damaged.
            OSError: It cannot be read or written.
        """
        entries = read_journal(path, plan)
        _cut_torn_line(path)
        with append_private(path) as file:
            journal = cls(file, entries)
            if path.stat().st_size == 0:
                journal._write({"journal_of": plan.id})
                _sync_folder(path)
            yield journal

    def begin(self, number: int, before: Mapping[str, Any] | None = None) -> None:
        """Write that an act is about to be done.

        Args:
            number: Of the act.
            before: Metadata the asset has, for acts that change it.
        """
        self._add({"act": number, "state": _BEGUN, "before": before})

    def end(self, number: int, outcome: Outcome, why: str = "", after: Mapping[str, Any] | None = None) -> None:
        """Write what became of an act."""
        self._add({"act": number, "state": outcome, "why": why, "after": after})

    def _add(self, line: dict[str, Any]) -> None:
        self._write({**line, "at": datetime.now(UTC).isoformat(timespec="milliseconds")})
        _take(self.entries, line)

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps({name: value for name, value in line.items() if value is not None}) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def read_journal(path: Path, plan: Plan) -> dict[int, Entry]:
    """Read what a journal says of each act; nothing where there is none.

    Raises:
        PlanRefused: It is another plan's, or damaged.
        OSError: It cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    # A line without its end was being written when the machine stopped: what it says never happened.
    lines = text.split("\n")[:-1]
    entries: dict[int, Entry] = {}
    try:
        read = [json.loads(line) for line in lines]
        if read and read[0]["journal_of"] != plan.id:
            raise PlanRefused(f"{path} is the journal of another plan: give this plan a name of its own.")
        for line in read[1:]:
            _take(entries, line)
    except (ValueError, KeyError, TypeError) as error:
        raise PlanRefused(f"{path} is damaged: what was done cannot be told, so nothing more is ({error}).") from error
    return entries


def _take(entries: dict[int, Entry], line: Mapping[str, Any]) -> None:
    number = int(line["act"])
    entry = entries.get(number, Entry())
    if line["state"] == _BEGUN:
        entries[number] = Entry(begun=True, before=line.get("before"))
    else:
        outcome = Outcome(line["state"])
        entries[number] = replace(entry, outcome=outcome, why=line.get("why", ""), after=line.get("after"))


def _cut_torn_line(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb+") as file:
        content = file.read()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            file.truncate(whole)
            os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
