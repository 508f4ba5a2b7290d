"""What a directory remembers of the sample in it: which one, and whether it is complete."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from peekui.library.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MANIFEST_NAME", "Manifest", "read_manifest", "write_manifest"]

MANIFEST_NAME = "peekui-sample.json"
"""Lies beside the roots, so that it is never taken for an asset."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of a sample on disk.

    Attributes:
        format: Version of the plan, `plan.FORMAT`.
        seed: Of the sample.
        scale: Of the sample.
        complete: False while it is being written, and after a write that was cut short.
        refused: Paths that this file system would not take, with undecodable bytes as surrogate escapes.
    """

    format: int
    seed: int
    scale: int
    complete: bool = False
    refused: tuple[str, ...] = ()


def read_manifest(directory: Path) -> Manifest | None:
    """What a directory says of its sample; None when it has no manifest.

    Raises:
        LibraryError: There is a manifest, but it cannot be understood.
        OSError: It cannot be read.
    """
    try:
        content = (directory / MANIFEST_NAME).read_bytes()
    except FileNotFoundError:
        return None
    try:
        values = json.loads(content)
        return Manifest(
            format=int(values["format"]),
            seed=int(values["seed"]),
            scale=int(values["scale"]),
            complete=values["complete"] is True,
            refused=tuple(map(str, values["refused"])),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise LibraryError(
            f"{directory / MANIFEST_NAME} is damaged; delete the folder or choose another one."
        ) from error


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Put a manifest in place, whole or not at all.

    Raises:
        OSError: It cannot be written.
    """
    # A name of its own for each process: two may be writing the same sample at the same time.
    beside = directory / f"{MANIFEST_NAME}.{os.getpid()}"
    beside.write_text(json.dumps(asdict(manifest), indent=1), encoding="ascii")
    beside.replace(directory / MANIFEST_NAME)
