"""What reading one file gives the database: made in a worker process, written by the indexer."""

from __future__ import annotations

import msgspec

__all__ = ["FeatureRecord", "Job", "Record"]


class Job(msgspec.Struct, frozen=True):
    """One file to read.

    Attributes:
        asset: Row of the asset.
        root: Path of the library's root, as bytes of the file system.
        path: Relative to the root.
        sidecars: Names in the same folder, of files whose object becomes metadata, the nearest last.
    """

    asset: int
    root: bytes
    path: bytes
    sidecars: tuple[bytes, ...] = ()


class FeatureRecord(msgspec.Struct, frozen=True):
    """One thing found in a file (media/facts.py, Extract); metadata is an encoded JSON object."""

    modality: str
    type: str
    start_time: float | None
    end_time: float | None
    text: str | None
    metadata: bytes
    has_preview: bool


class Record(msgspec.Struct, frozen=True):
    """One file, read.

    Attributes:
        size_bytes: Of what was hashed.
        mtime_ns: Of what was hashed.
        file_hash: SHA-256 as hex, None when the file could not be read.
        media_type: Sniffed from the content.
        modality: Video, image, text, audio or None.
        metadata: JSON object.
        error: JSON object with type and message, None when nothing is wrong.
        has_preview: Whether a picture of the file can be drawn.
        features: In their order.
    """

    size_bytes: int
    mtime_ns: int
    file_hash: str | None
    media_type: str
    modality: str | None
    metadata: bytes
    error: bytes | None
    has_preview: bool
    features: tuple[FeatureRecord, ...]
