"""Which assets triage looks at, as questions to the service."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from peekui.browse.filter_parts import FAILED
from peekui.browse.query import AssetQuery, Sort
from peekui.filters.nodes import Condition, Group, Kind, Operator

if TYPE_CHECKING:
    from datetime import datetime

    from peekui.triage.rows import Row

__all__ = ["ROW_FIELDS", "TITLE_FIELDS", "Scope", "Subject"]

TITLE_FIELDS: Final = ("metadata.title", "metadata.file_name", "metadata.filename", "metadata.name")
"""Where the title of an asset comes from, besides its id (`Asset.title`)."""
_COMMON: Final = ("asset_id", "collection_id", "status", "modality", "file_hash", "created_at", "updated_at")
ROW_FIELDS: Final = (*_COMMON, "file_data", *TITLE_FIELDS)
"""What a row is made of, without its metadata."""


class Subject(StrEnum):
    """What is to be triaged."""

    FAILURES = "failures"
    DUPLICATES = "duplicates"


_FIELDS: Final = {
    Subject.FAILURES: (*_COMMON, "task_id", "error", "file_data.file_type", *TITLE_FIELDS),
    Subject.DUPLICATES: (*_COMMON, "duplicate_of", "file_data", "metadata"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """A subject over some collections.

    Attributes:
        subject: Failures, or duplicates.
        namespace: Id or name, None where the key has only one.
        collections: Ids or names, at least one.
        scan: Read every asset and look for failed ones here, because the service does not filter by status.
    """

    subject: Subject
    namespace: str | None
    collections: tuple[str, ...]
    scan: bool = False

    @property
    def key(self) -> str:
        """Name to keep its rows under."""
        said = [self.subject, self.namespace, sorted(self.collections), self.scan]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]

    @property
    def filtered(self) -> bool:
        """Whether the service is asked for some of the assets only."""
        return self.subject is Subject.FAILURES and not self.scan

    @property
    def with_metadata(self) -> bool:
        """Whether rows are read with all their metadata."""
        return self.subject is Subject.DUPLICATES

    def scanning(self) -> Scope:
        """Give the scope that reads everything and filters here."""
        return replace(self, scan=True)

    def query(self) -> AssetQuery:
        """Ask for all its assets, the oldest first: what is added meanwhile comes last, and moves no page."""
        return self._query((FAILED,) if self.filtered else ())

    def changed_since(self, moment: datetime) -> AssetQuery:
        """Ask for all assets of its collections that changed since a moment, whatever became of them."""
        return self._query((Condition("updated_at", Operator.GTE, moment.isoformat()),))

    def holds(self, row: Row) -> bool:
        """Say whether a row belongs to it."""
        return row.failed or self.subject is not Subject.FAILURES

    def _query(self, conditions: tuple[Condition, ...]) -> AssetQuery:
        return AssetQuery(
            namespace=self.namespace,
            collections=self.collections,
            filter=Group(Kind.AND, conditions) if conditions else None,
            sort=Sort("created_at"),
            select=_FIELDS[self.subject],
        )
