"""Metadata paths as the database knows them: where the keys of each are kept, and the payload index types."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from peekui.library.keys import Key
    from peekui.library.terms import Term

__all__ = ["PROMOTION_USES", "SLOTS", "Fields"]

SLOTS: Final = 48
"""Metadata paths that get a column and an index of their own."""
PROMOTION_USES: Final = 256
"""Assets that must have a path before it gets a slot: the first odd files of a library must not take them all."""


class _Field(msgspec.Struct):
    id: int
    slot: int | None
    spread: bool
    uses: int


class Fields:
    """The writer's view of the tables `field`, `field_type`, `posting` and of the slots of `facet`.

    An asset's key for a path stands in the path's slot when the path has one and the asset has just that key;
    otherwise its keys are postings.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._fields = {
            path: _Field(id_, slot, bool(spread), uses)
            for id_, path, slot, spread, uses in db.execute("SELECT id, path, slot, spread, uses FROM field")
        }
        self._counted: Counter[tuple[int, str, str]] = Counter()
        self._touched: set[str] = set()
        taken = {field.slot for field in self._fields.values()}
        self._free = [slot for slot in reversed(range(SLOTS)) if slot not in taken]

    def replace(self, db: sqlite3.Connection, namespace: int, asset: int, old: set[Term], new: set[Term]) -> None:
        """Put new terms of an asset in place of its old ones.

        Args:
            db: In a transaction. When it is rolled back, this object must be made anew.
            namespace: Row of the asset's namespace.
            asset: Row of the asset.
            old: What was put there the last time.
            new: What shall be there.
        """
        changed = {term.path for term in old ^ new}
        if not changed:
            return
        self._count(db, namespace, (term for term in old if term.path in changed), -1)
        self._count(db, namespace, (term for term in new if term.path in changed), 1)
        slots: dict[int, Key | None] = {}
        before, after = _by_path(old, changed), _by_path(new, changed)
        for path in changed:
            field = self._fields[path]
            slots |= self._place(db, field, asset, old=before.get(path, set()), new=after.get(path, set()))
        if slots:
            assignments = ", ".join(f"m{slot} = ?" for slot in slots)
            db.execute(f"UPDATE facet SET {assignments} WHERE id = ?", (*slots.values(), asset))

    def flush(self, db: sqlite3.Connection) -> None:
        """Write what was counted, and give slots to the paths that have earned one; before each commit."""
        db.executemany(
            "INSERT INTO field_type VALUES (?, ?, ?, ?)"
            " ON CONFLICT (namespace, field, type) DO UPDATE SET uses = uses + excluded.uses",
            (
                (namespace, self._fields[path].id, type_, uses)
                for (namespace, path, type_), uses in self._counted.items()
            ),
        )
        self._counted.clear()
        touched = [self._fields[path] for path in sorted(self._touched)]
        db.executemany("UPDATE field SET uses = ? WHERE id = ?", ((field.uses, field.id) for field in touched))
        for field in touched:
            self._promote(db, field)
        self._touched.clear()

    def _place(
        self, db: sqlite3.Connection, field: _Field, asset: int, *, old: set[Key], new: set[Key]
    ) -> dict[int, Key | None]:
        """Put keys where they belong; what belongs into the field's slot is given back."""
        if len(old) > 1 or (old and field.slot is None):
            db.executemany(
                "DELETE FROM posting WHERE field = ? AND key = ? AND asset = ?", ((field.id, key, asset) for key in old)
            )
        if field.slot is not None and len(new) <= 1:
            return {field.slot: next(iter(new), None)}
        if len(new) > 1 and not field.spread:
            field.spread = True
            db.execute("UPDATE field SET spread = 1 WHERE id = ?", (field.id,))
        db.executemany("INSERT OR IGNORE INTO posting VALUES (?, ?, ?)", ((field.id, key, asset) for key in new))
        return {} if field.slot is None else {field.slot: None}

    def _count(self, db: sqlite3.Connection, namespace: int, found: Iterable[Term], step: int) -> None:
        types = {(term.path, term.type) for term in found}
        for path in {path for path, _ in types}:
            field = self._fields.get(path)
            if field is None:
                cursor = db.execute("INSERT INTO field (path) VALUES (?)", (path,))
                self._fields[path] = field = _Field(cursor.lastrowid or 0, None, spread=False, uses=0)
            field.uses += step
            self._touched.add(path)
        for path, type_ in types:
            if type_ is not None:
                self._counted[namespace, path, type_] += step

    def _promote(self, db: sqlite3.Connection, field: _Field) -> None:
        if field.slot is not None or field.uses < PROMOTION_USES or not self._free:
            return
        field.slot = self._free.pop()
        db.execute("UPDATE field SET slot = ? WHERE id = ?", (field.slot, field.id))
        single = db.execute(
            "SELECT min(key), asset FROM posting WHERE field = ? GROUP BY asset HAVING count(*) = 1", (field.id,)
        ).fetchall()
        db.executemany(f"UPDATE facet SET m{field.slot} = ? WHERE id = ?", single)
        db.executemany(
            "DELETE FROM posting WHERE field = ? AND key = ? AND asset = ?",
            ((field.id, key, asset) for key, asset in single),
        )


def _by_path(found: Iterable[Term], paths: set[str]) -> dict[str, set[Key]]:
    keys: defaultdict[str, set[Key]] = defaultdict(set)
    for term in found:
        if term.path in paths:
            keys[term.path].add(term.key)
    return keys
