"""Copies of one file in groups, by `duplicate_of` and by equal hashes, and what is wrong with how they are linked.

Only equal hashes prove that two assets are copies (mixpeek-api.md, section 5). `duplicate_of` brings assets into one
group, for looking at; nothing is dropped for a link alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from peekui.triage.rows import Row

__all__ = ["DuplicateGroup", "Flaw", "group_duplicates", "in_order"]

_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_NAMES: Final = ("file_name", "filename", "name", "path", "file_path")
"""Where metadata is wont to keep what a file is called, and where it lies."""
_LEAST_OF_A_CODE: Final = 6
"""Characters of an id or a hash that tell it from others: two are in many."""


class Flaw(StrEnum):
    """What is wrong with the links of a group."""

    CHAIN = "chain"
    """An asset is a copy of one that is itself a copy."""
    CYCLE = "cycle"
    """Following the links leads back to where it began."""
    MISSING = "original missing"
    """A link leads to an asset that was not among those read."""
    FAILED = "original failed"
    """The asset others are copies of has failed."""
    UNLINKED = "same hash, no link"
    """Assets have one hash, and no link leads from one to the other."""
    DIFFERENT = "linked, different hashes"
    """A link leads to an asset with another hash."""


@dataclass(frozen=True)
class DuplicateGroup:
    """Assets that are copies of each other, or are said to be.

    Attributes:
        members: The oldest first; at least one.
        original: Id of the member that all links lead to; None where there is no such one.
        flaws: What is wrong with the links, in the order of `Flaw`.
    """

    members: tuple[Row, ...]
    original: str | None
    flaws: tuple[Flaw, ...]

    @cached_property
    def key(self) -> str:
        """A name for just these members: with one more or less it is another group."""
        ids = "\0".join(sorted(row.asset_id for row in self.members))
        return hashlib.sha256(ids.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    @cached_property
    def contents(self) -> Mapping[str, tuple[Row, ...]]:
        """The members by hash; those without one are no proven copies of anything, and are left out."""
        by_hash: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.members:
            if row.file_hash:
                by_hash[row.file_hash].append(row)
        return {file_hash: tuple(rows) for file_hash, rows in by_hash.items()}

    def has(self, word: str) -> bool:
        """Say whether a word, case folded, is in a name or a path of a member, or begins an id or a hash of one."""
        names, codes = self._words
        return word in names or (len(word) >= _LEAST_OF_A_CODE and any(code.startswith(word) for code in codes))

    @cached_property
    def _words(self) -> tuple[str, tuple[str, ...]]:
        names = "\n".join(name for row in self.members for name in (row.title, *_names(row)))
        codes = {code.casefold() for row in self.members for code in (row.asset_id, row.file_hash) if code}
        return names.casefold(), tuple(codes)

    def telling(self, featured: Mapping[str, bool]) -> DuplicateGroup:
        """Give the group with what is known of its members' features, by id."""
        if featured.keys().isdisjoint(row.asset_id for row in self.members):
            return self
        members = (replace(row, featured=featured.get(row.asset_id, row.featured)) for row in self.members)
        return replace(self, members=tuple(members))

    @property
    def collections(self) -> tuple[str, ...]:
        """The collections its members are in, each once."""
        return tuple(dict.fromkeys(row.collection for row in self.members))

    @property
    def spare_bytes(self) -> int:
        """Bytes that could go if one asset of each content stayed, as far as sizes were said."""
        sizes = ([row.size or 0 for row in rows] for rows in self.contents.values())
        return sum(sum(size) - max(size) for size in sizes)


def _names(row: Row) -> Iterator[str]:
    metadata = row.metadata
    return (value for key in _NAMES if isinstance(value := metadata.get(key), str))


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Give rows the oldest first; those of one age by id, those without an age last."""
    return tuple(sorted(rows, key=_age))


def _age(row: Row) -> tuple[datetime, str]:
    return row.created or _NEVER, row.asset_id


def group_duplicates(rows: Iterable[Row], different: frozenset[str] = frozenset()) -> list[DuplicateGroup]:
    """Find the groups among some assets.

    A link to an asset that was not read makes a group too, of one if need be: its original may be missing.

    Args:
        rows: All that were read; an id that comes twice counts once.
        different: Keys of groups that somebody said are no duplicates.

    Returns:
        The groups, those with most bytes to spare first, then by key.
    """
    known = {row.asset_id: row for row in rows}
    groups = (_group(tuple(known[asset_id] for asset_id in ids)) for ids in _joined(known))
    kept = [group for group in groups if group.key not in different]
    return sorted(kept, key=lambda group: (-group.spare_bytes, group.key))


def _joined(known: Mapping[str, Row]) -> Iterator[list[str]]:
    """Give the ids of each group: assets are joined by links and by hashes (union-find)."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (higher := above.setdefault(name, name)) != name:
            above[name] = above[higher]
            name = higher
        return name

    first_with: dict[str, str] = {}
    for asset_id, row in known.items():
        if row.file_hash:
            above[top(asset_id)] = top(first_with.setdefault(row.file_hash, asset_id))
        if row.duplicate_of:
            above[top(asset_id)] = top(row.duplicate_of)
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for asset_id in known:
        if asset_id in above:
            joined[top(asset_id)].append(asset_id)
    return (ids for ids in joined.values() if len(ids) > 1 or known[ids[0]].duplicate_of)


def _group(members: tuple[Row, ...]) -> DuplicateGroup:
    by_id = {row.asset_id: row for row in members}
    ends = _ends(by_id)
    linked = {row.duplicate_of for row in members} & by_id.keys()
    originals = {end for end in ends.values() if end in linked}
    found: set[Flaw] = set()
    for row in members:
        found.update(_flaws_of(row, by_id, ends[row.asset_id]))
    by_hash: defaultdict[str, set[str | None]] = defaultdict(set)
    for row in members:
        if row.file_hash:
            by_hash[row.file_hash].add(ends[row.asset_id])
    if any(len(places) > 1 for places in by_hash.values()):
        found.add(Flaw.UNLINKED)
    original = next(iter(originals)) if len(originals) == 1 else None
    return DuplicateGroup(in_order(members), original, tuple(flaw for flaw in Flaw if flaw in found))


def _ends(by_id: Mapping[str, Row]) -> dict[str, str | None]:
    """Follow the links of each to their end: an asset that is no copy, or one that is missing; None for a circle."""
    ends: dict[str, str | None] = {}
    for start in by_id:
        way: dict[str, None] = {}
        here = start
        while here not in ends and here not in way and here in by_id and (link := by_id[here].duplicate_of):
            way[here] = None
            here = link
        end = None if here in way else ends.get(here, here)
        ends |= dict.fromkeys((*way, start), end)
    return ends


def _flaws_of(row: Row, by_id: Mapping[str, Row], end: str | None) -> Iterator[Flaw]:
    if not row.duplicate_of:
        return
    if end is None:
        yield Flaw.CYCLE
    target = by_id.get(row.duplicate_of)
    if target is None:
        yield Flaw.MISSING
        return
    if target.duplicate_of and end is not None:
        yield Flaw.CHAIN
    if target.failed:
        yield Flaw.FAILED
    if row.file_hash != target.file_hash:
        yield Flaw.DIFFERENT
