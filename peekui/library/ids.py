"""Deterministic ids: the same folder gives the same ids, on every run.

Everything hangs on the *identity* of a root. For a user's folder that is its resolved path: two folders of one name
stay apart, and moving a folder makes it another library. For the demo it is a fixed name, so that its ids are the
same wherever its data directory lies, in documentation, screenshots and tests.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["asset_id", "collection_id", "feature_id", "namespace_id", "root_identity", "task_id", "taxonomy_id"]

_DIGITS = 24
"""Hex digits of an id: 96 bits; two of ten million assets share one with a chance of 10^-15."""


def root_identity(root: Path, *, demo: bool) -> bytes:
    """Give what the ids of everything under a root are made of.

    Args:
        root: Resolved path of the folder.
        demo: Whether it belongs to the demo's sample library.
    """
    return b"demo:" + os.fsencode(root.name) if demo else b"path:" + os.fsencode(root)


def namespace_id(identity: bytes) -> str:
    """Give the id of the namespace that a root is."""
    return _make("ns", identity)


def collection_id(identity: bytes, folder: bytes) -> str:
    """Give the id of a collection: a top-level folder, or `b""` for the files directly in the root."""
    return _make("col", identity, folder)


def asset_id(identity: bytes, path: bytes) -> str:
    """Give the id of the asset at a path relative to its root."""
    return _make("ast", identity, path)


def task_id(asset: str) -> str:
    """Give the id of the task that indexes an asset."""
    return f"task_{asset.removeprefix('ast_')}"


def feature_id(asset: str, ordinal: int) -> str:
    """Give the id of the feature of an asset that comes at a place among its features, from 0."""
    return f"feat_{asset.removeprefix('ast_')}_{ordinal}"


def taxonomy_id(identity: bytes, name: str) -> str:
    """Give the id of a taxonomy of a library."""
    return _make("tax", identity, name.encode())


def _make(prefix: str, *parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in (prefix.encode(), *parts):
        digest.update(len(part).to_bytes(4, "big") + part)
    return f"{prefix}_{digest.hexdigest()[:_DIGITS]}"
