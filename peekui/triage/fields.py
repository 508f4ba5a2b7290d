"""What a row says, field by field: for comparing copies, and the failed with the done."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, cast

from peekui.browse.paths import MOST_LEAVES, leaves
from peekui.filters.facts import elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peekui.filters.nodes import JsonScalar
    from peekui.triage.rows import Row

__all__ = ["fields_of"]


def fields_of(row: Row) -> Mapping[str, tuple[JsonScalar, ...]]:
    """Give the values of each field that says something, by dotted path; those of a list stand side by side.

    What names one asset only (id, hash, error, the asset it is a copy of) is left out.
    """
    fields: dict[str, tuple[JsonScalar, ...]] = {
        "collection_id": (row.collection,),
        "status": (row.status,),
        "modality": (row.modality,),
        "file_data.file_type": (row.media_type,),
        "file_data.file_size_bytes": (row.size,),
        "created_at": (row.created.isoformat() if row.created else None,),
    }
    for path, value in islice(leaves("metadata", row.metadata), MOST_LEAVES):
        fields[path] = (*fields.get(path, ()), *cast("Iterator[JsonScalar]", elements([value])))
    return {path: values for path, values in fields.items() if values not in {(None,), ("",)}}
