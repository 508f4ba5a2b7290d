"""What a plan consists of: one act for one asset, with what the asset was like when the plan was made."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from peekui.filters.nodes import JsonValue
    from peekui.triage.rows import Row

__all__ = ["Act", "ActKind", "Before", "Plan", "PlanRefused", "same_json"]


class PlanRefused(Exception):
    """A plan cannot be read, made or run; the text is a sentence that says why."""


class ActKind(StrEnum):
    """What is done to an asset."""

    DELETE = "delete"
    SET = "set metadata"
    """Names in the request are put over those there are."""
    FILL = "fill in metadata"
    """Names in the request are put where there are none; what the asset has stays."""

    @property
    def method(self) -> str:
        """The HTTP method that does it."""
        return "DELETE" if self is ActKind.DELETE else "PATCH"

    @property
    def calls(self) -> int:
        """Calls that it takes at most: the asset is read again first; for a delete, so is a copy that stays."""
        return 3 if self is ActKind.DELETE else 2


def same_json(one: object, other: object) -> bool:
    """Say whether two values are the same in JSON: names in any order, but `1`, `1.0` and `true` differ."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Before:
    """What an asset was like when the plan was made; a delete is refused when it is no longer so.

    Attributes:
        collection: Id of its collection.
        status: In lower case.
        file_hash: Its hash, None where the service said none.
        size: Bytes, None where the service said none.
        updated: When it had last changed, None where the service did not say.
    """

    collection: str = ""
    status: str = ""
    file_hash: str | None = None
    size: int | None = None
    updated: datetime | None = None

    @classmethod
    def of(cls, row: Row) -> Before:
        """Take it from a row."""
        return cls(row.collection, row.status, row.file_hash, row.size, row.updated)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do to one asset.

    Attributes:
        number: Names the act in its plan.
        kind: What to do.
        asset_id: To which asset.
        title: What a person calls the asset.
        why: Why, in words.
        before: What the asset was like.
        metadata: What to set or to fill in, by top-level name; empty for a delete.
        stays: For a delete: ids of copies with the same hash that stay, one of which must be there.
        needs: Numbers of the acts that must be done before this one is.
    """

    number: int
    kind: ActKind
    asset_id: str
    title: str
    why: str
    before: Before = field(default_factory=Before)
    metadata: Mapping[str, JsonValue] = field(default_factory=dict)
    stays: tuple[str, ...] = ()
    needs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A frozen list of acts.

    Attributes:
        id: Names the plan; its journal says it too.
        made: When.
        base_url: The service it was made for.
        namespace: Id or name, None where the key has only one.
        acts: What to do, in this order.
        protected: Ids of collections of which nothing is deleted.
        about: What it is for, in words.
    """

    id: str
    made: datetime
    base_url: str
    namespace: str | None
    acts: tuple[Act, ...]
    protected: frozenset[str] = frozenset()
    about: str = ""

    @cached_property
    def doomed(self) -> frozenset[str]:
        """Ids of all assets that it deletes; none of them counts as a copy that stays."""
        return frozenset(act.asset_id for act in self.acts if act.kind is ActKind.DELETE)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its acts; lines may have been taken out of its file."""
        return frozenset(act.number for act in self.acts)

    @property
    def totals(self) -> Mapping[ActKind, int]:
        """How many acts of each kind."""
        return Counter(act.kind for act in self.acts)

    @property
    def spare_bytes(self) -> int:
        """Bytes of what it deletes, as far as sizes were said."""
        return sum(act.before.size or 0 for act in self.acts if act.kind is ActKind.DELETE)

    @property
    def calls(self) -> int:
        """Calls that it takes at most."""
        return sum(act.kind.calls for act in self.acts)
