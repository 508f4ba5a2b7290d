"""Rows of the database as the assets and features of the API."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library import ids
from peekui.library.presign import ORIGINAL, PREVIEW
from peekui.library.service.answers import Asset, Feature, FileData

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from peekui.library.presign import Presigner

__all__ = ["Signer", "asset_row", "assets_by_row", "feature_answers"]

_ASSETS = (
    "SELECT asset.id, asset_id, collection.collection_id, status, asset.size_bytes, media_type, document.metadata,"
    " document.error, modality, file_hash, updated_at, asset.created_at, duplicate_of, has_preview"
    " FROM asset JOIN document ON document.asset = asset.id JOIN collection ON collection.id = asset.collection"
)


class Signer(msgspec.Struct, frozen=True):
    """Makes whole URLs for answers.

    Attributes:
        origin: Scheme and host the caller reached the service by.
        presigner: Signs.
    """

    origin: str
    presigner: Presigner

    def url(self, asset_id: str, variant: str) -> str:
        """Give a URL that lives for an hour."""
        return self.origin + self.presigner.path(asset_id, variant)


def assets_by_row(
    db: sqlite3.Connection, rows: Sequence[int], signer: Signer | None, scores: Sequence[float] | None = None
) -> list[Asset]:
    """Give assets in the order of their rows; one that was removed meanwhile is left out.

    Args:
        db: For reading.
        rows: Rows of `asset`.
        signer: Makes URLs, where they are wanted.
        scores: One for each row, for a search.
    """
    by_row = {} if scores is None else dict(zip(rows, scores, strict=True))
    wanted = msgspec.json.encode(list(rows)).decode()
    found = db.execute(f"{_ASSETS} WHERE asset.id IN (SELECT value FROM json_each(?))", (wanted,))
    answers = {row[0]: _asset(row, signer, by_row.get(row[0])) for row in found}
    return [answers[row] for row in rows if row in answers]


def asset_row(db: sqlite3.Connection, asset_id: str, namespaces: Sequence[int]) -> int | None:
    """Give the row of an asset of some namespaces, None when it is not there."""
    marks = ", ".join("?" * len(namespaces))
    row = db.execute(
        f"SELECT id FROM asset WHERE asset_key = 's' || ? || char(1) AND namespace IN ({marks})",
        (asset_id, *namespaces),
    ).fetchone()
    return None if row is None else int(row[0])


def _asset(row: tuple[Any, ...], signer: Signer | None, score: float | None) -> Asset:
    asset_id, has_preview = row[1], row[13]
    return Asset(
        asset_id=asset_id,
        collection_id=row[2],
        status=row[3],
        file_data=FileData(row[4], row[5]),
        metadata=_raw(row[6]),
        error=_raw(row[7]),
        modality=row[8],
        task_id=ids.task_id(asset_id),
        file_hash=row[9],
        updated_at=row[10],
        created_at=row[11],
        duplicate_of=row[12],
        score=score,
        url=signer.url(asset_id, ORIGINAL) if signer else None,
        preview_url=signer.url(asset_id, PREVIEW) if signer and has_preview else None,
    )


def feature_answers(
    db: sqlite3.Connection, condition: str, params: Iterable[str | int], signer: Signer | None
) -> list[Feature]:
    """Give features.

    Args:
        db: For reading.
        condition: SQL on `feature` and `asset`, with order and limit.
        params: Bound in it.
        signer: Makes URLs, where they are wanted.
    """
    rows = db.execute(
        "SELECT asset.asset_id, feature.ordinal, collection.collection_id, feature.modality, feature.type,"
        " feature.start_time, feature.end_time, feature.text, feature.metadata, feature.has_preview,"
        " asset.size_bytes, asset.media_type, asset.created_at, asset.updated_at, asset.duplicate_of"
        " FROM feature JOIN asset ON asset.id = feature.asset JOIN collection ON collection.id = asset.collection"
        f" WHERE {condition}",
        tuple(params),
    )
    return [_feature(row, signer) for row in rows]


def _feature(row: tuple[Any, ...], signer: Signer | None) -> Feature:
    asset_id, ordinal, has_preview = row[0], row[1], row[9]
    return Feature(
        feature_id=ids.feature_id(asset_id, ordinal),
        asset_id=asset_id,
        collection_id=row[2],
        modality=row[3],
        type=row[4],
        start_time=row[5],
        end_time=row[6],
        text=row[7],
        metadata=_raw(row[8]),
        file_data=FileData(row[10], row[11]),
        created_at=row[12],
        updated_at=row[13],
        duplicate_of=row[14],
        url=signer.url(asset_id, ORIGINAL) if signer else None,
        preview_url=signer.url(asset_id, f"{PREVIEW}-{ordinal}") if signer and has_preview else None,
    )


def _raw(text: str | None) -> msgspec.Raw | None:
    # Encoded when it was written: it goes out as it is.
    return None if text is None else msgspec.Raw(text.encode())
