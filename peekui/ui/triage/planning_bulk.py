"""From assets that were picked by hand to a plan on the disk: they are looked up first, in the budget."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.content import Content
from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.triage.pages import FilterRefused
from peekui.triage.plans.acts import ActKind, PlanRefused
from peekui.triage.plans.bulk import calls_to_find, find_assets, missing, plan_deletes
from peekui.triage.plans.making import make_plan, plan_metadata
from peekui.triage.plans.plan_file import write_plan
from peekui.triage.rows import Row
from peekui.triage.rule_files import BadRule, presets, read_rule
from peekui.triage.scope import ROW_FIELDS
from peekui.ui.screens.working import WorkingScreen, bar
from peekui.ui.triage.files import new_plan_path, rule_path, rules_folder
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Collection
    from peekui.filters.nodes import JsonValue
    from peekui.triage.plans.acts import Act, Plan
    from peekui.triage.plans.bulk import LeftOut
    from peekui.ui.session import Session

__all__ = ["BulkPlan", "PlanningScreen", "Wanted"]


class Wanted(NamedTuple):
    """What a plan is to be made for.

    Attributes:
        titles: Of the assets, by id.
        about: What they are, such as `12 marked assets`.
        namespace: They are in; None where the key has only one.
        collections: Where they and copies of them are looked for: all of the namespace.
        metadata: What to set; empty for deleting them.
    """

    titles: Mapping[str, str]
    about: str
    namespace: str | None
    collections: Sequence[Collection]
    metadata: Mapping[str, JsonValue]

    @property
    def kind(self) -> ActKind:
        """What is to be done."""
        return ActKind.SET if self.metadata else ActKind.DELETE

    def __str__(self) -> str:
        """Say what is to be done, with a capital first."""
        return f"Set {self.said} for {self.about}" if self.metadata else f"Delete {self.about}"

    @property
    def said(self) -> str:
        """The metadata in words."""
        return ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in self.metadata.items())

    @property
    def calls(self) -> int:
        """Calls it takes at least to look the assets up, and copies of those that are to go."""
        return calls_to_find(len(self.titles)) * (2 if self.kind is ActKind.DELETE else 1)


class BulkPlan(NamedTuple):
    """What came of it.

    Attributes:
        plan: With its path, once it was written; None where nothing can be done.
        left_out: Assets that no act is planned for.
    """

    plan: tuple[Plan, Path] | None
    left_out: Sequence[LeftOut]


class PlanningScreen(WorkingScreen[BulkPlan]):
    """Gives the plan; None when it was left."""

    CSS_PATH: ClassVar[Any] = "../screens/working.tcss"

    class Found(Message):
        """Assets were found."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class Made(Message):
        """The plan was made."""

        def __init__(self, made: BulkPlan) -> None:
            super().__init__()
            self.made = made

    class Failed(Message):
        """There is no plan."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    def __init__(self, session: Session, wanted: Wanted) -> None:
        """Take what to plan."""
        super().__init__(session, f"{wanted}: making a plan")
        self._wanted = wanted
        self._found = 0
        self._trouble = ""

    def calls(self) -> int:
        """Count the calls."""
        return self._wanted.calls

    def result(self) -> BulkPlan | None:
        """Give nothing before all is known."""
        return None

    def lines(self) -> Iterator[Content]:
        """Say how many were looked up, or why there is no plan."""
        count = len(self._wanted.titles)
        yield bar(self._found / count, f"{self._found:,} of {count:,} looked up")
        if self._trouble:
            yield Content.styled(f"✗ {one_line(self._trouble)}", "$text-error")

    async def work(self) -> None:
        """Look the assets up, and make the plan."""
        try:
            client = await self._session.client()
            rows = await self._rows(client, "asset_id", list(self._wanted.titles), tell=True)
            hashes = list({row.file_hash: None for row in rows if row.file_hash})
            deletes = self._wanted.kind is ActKind.DELETE
            copies = await self._rows(client, "file_hash", hashes) if deletes else []
            made = await asyncio.to_thread(_make, self._wanted, rows, copies, client.base_url)
        except FilterRefused as refused:
            self.post_message(self.Failed(f"The service does not look assets up: {refused}"))
        except MixpeekError as error:
            self.post_message(self.Failed(f"{error.what} {error.advice}"))
        except (PlanRefused, BadRule, OSError) as error:
            self.post_message(self.Failed(str(error)))
        else:
            self.post_message(self.Made(made))

    async def _rows(self, client: MixpeekClient, field: str, values: Sequence[str], *, tell: bool = False) -> list[Row]:
        rows: dict[str, Row] = {}
        collections = [item.key for item in self._wanted.collections]
        namespace = self._wanted.namespace
        async for assets in find_assets(
            client, field, values, namespace=namespace, collections=collections, select=ROW_FIELDS
        ):
            rows |= {row.asset_id: row for row in filter(None, map(Row.of, assets))}
            if tell:
                self.post_message(self.Found(len(rows)))
        return list(rows.values())

    def on_planning_screen_found(self, message: Found) -> None:
        """Show how far it is."""
        self._found = message.count
        self.draw()

    def on_planning_screen_made(self, message: Made) -> None:
        """Hand it over."""
        self.dismiss(message.made)

    def on_planning_screen_failed(self, message: Failed) -> None:
        """Say why there is none."""
        self._trouble = message.why
        self.draw()


def _make(wanted: Wanted, rows: Sequence[Row], copies: Sequence[Row], base_url: str) -> BulkPlan:
    """Make the plan and write it. Proportional to the assets: for a thread.

    Raises:
        PlanRefused: Something that must stay would be deleted.
        BadRule: A saved keep-rule cannot be read, so that it is not known what is protected.
        OSError: The plan cannot be written.
    """
    left_out = missing(wanted.titles, rows)
    acts: list[Act]
    protected: frozenset[str] = frozenset()
    if wanted.kind is ActKind.DELETE:
        protected = _protected(wanted.collections)
        acts, kept = plan_deletes(rows, copies, f"one of {wanted.about}", protected)
        left_out += kept
    else:
        acts = list(plan_metadata(rows, wanted.metadata, wanted.said))
    if not acts:
        return BulkPlan(None, left_out)
    aside = f"; {len(left_out):,} left out" if left_out else ""
    plan = make_plan(acts, base_url=base_url, namespace=wanted.namespace, protected=protected, about=f"{wanted}{aside}")
    path = new_plan_path("delete" if wanted.kind is ActKind.DELETE else "metadata")
    write_plan(path, plan)
    return BulkPlan((plan, path), left_out)


def _protected(collections: Sequence[Collection]) -> frozenset[str]:
    """Give the collections that any saved keep-rule protects: no delete by hand is to go behind its back."""
    paths = filter(None, map(rule_path, presets(rules_folder())))
    names = frozenset().union(*(read_rule(path).protected for path in paths))
    return frozenset(item.key for item in collections if {item.key, item.collection_name} & names)
