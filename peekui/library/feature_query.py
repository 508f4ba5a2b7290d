"""Which features, in which order. Their documents are small and many: they are read as they are, not from an index."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import msgspec

from peekui.library.asset_query import Order, ResultList
from peekui.library.filter_sql import Place, compile_filter
from peekui.library.sql import ALL, Sql, ids_of, snapshot
from peekui.library.terms import term_path

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from peekui.filters.nodes import Group

__all__ = ["FeatureQuery"]

_FIELDS: Final = {
    "asset_id": "asset.asset_key",
    "collection_id": "(SELECT 's' || c.collection_id || char(1) FROM collection c WHERE c.id = asset.collection)",
    "created_at": "asset.created_key",
    "duplicate_of": "asset.duplicate_key",
    "end_time": "feature.end_time",
    "feature_id": "('sfeat_' || substr(asset.asset_id, 5) || '_' || feature.ordinal || char(1))",
    "file_data.file_size_bytes": "asset.size_bytes",
    "file_data.file_type": "asset.media_type_key",
    "modality": "('s' || feature.modality || char(1))",
    "start_time": "feature.start_time",
    "text": "text_key(feature.text)",
    "type": "('s' || feature.type || char(1))",
    "updated_at": "asset.updated_key",
}
_FROM: Final = "feature JOIN asset ON asset.id = feature.asset"


class FeatureQuery(msgspec.Struct, frozen=True):
    """Everything that decides which features are in a list and in which order.

    Attributes:
        collections: Rows of collections, sorted; None for all there are.
        filter: Condition tree, on fields of features.
        order: None is the order of the assets, and within one that of its features.
    """

    collections: tuple[int, ...] | None
    filter: Group | None = None
    order: Order | None = None

    def find(self, db: sqlite3.Connection) -> ResultList:
        """Compute the list; its ids are rows of `feature`.

        Raises:
            BadFilter: An operator cannot be used with its value.
        """
        where = ALL if self.filter is None else compile_filter(self.filter, _place)
        params: tuple[str | int | float, ...] = where.params
        condition = where.text
        if self.collections is not None:
            condition += f" AND asset.collection IN ({', '.join('?' * len(self.collections)) or 'NULL'})"
            params += self.collections
        order, order_params = _order(self.order)
        select = f"SELECT feature.id AS id FROM {_FROM} WHERE {condition} ORDER BY {order}"
        with snapshot(db):
            return ResultList(array("q", ids_of(db, select, params + order_params)))


class _MetadataPlace(Place):
    """A path in a feature's metadata: its keys are made while the query runs."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def any(self, ask: Callable[[str], Sql]) -> Sql:
        asked = ask("found.value")
        return Sql(f"EXISTS (SELECT 1 FROM {_FOUND} WHERE {asked.text})", (self._path, *asked.params))

    def present(self) -> Sql:
        return Sql(f"EXISTS (SELECT 1 FROM {_FOUND})", (self._path,))


_FOUND: Final = "json_each(feature_keys(feature.metadata, ?)) AS found"


def _place(path: str) -> Place:
    if path in _FIELDS:
        return Place(_FIELDS[path])
    if path in {"metadata", "file_data"}:
        return Place(always=True)
    return _MetadataPlace(path) if path.startswith("metadata.") else Place()


def _order(order: Order | None) -> tuple[str, tuple[str, ...]]:
    if order is None:
        return "feature.asset, feature.ordinal", ()
    way = "DESC" if order.descending else "ASC"
    path = term_path(order.field)
    if path in _FIELDS:
        return f"{_FIELDS[path]} IS NULL, {_FIELDS[path]} {way}, feature.id {way}", ()
    key = f"(SELECT {'max' if order.descending else 'min'}(value) FROM {_FOUND} WHERE value NOT IN ('n', 'o'))"
    return f"{key} IS NULL, {key} {way}, feature.id {way}", (path, path)
