"""Reading one file: hash, facts and sidecars become a record. No database here: it runs in a worker process."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from peekui.library.media.facts import Facts
from peekui.library.record import FeatureRecord, Job, Record
from peekui.library.text import visible

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue
    from peekui.library.media.facts import Damage, Extract
    from peekui.library.media.limits import Limits

__all__ = ["SEARCHED_CHARACTERS", "base_metadata", "failed", "read_file"]

SEARCHED_CHARACTERS = 200_000
"""Of a file's text that can be searched; more would make one log file outweigh a thousand pictures. The metadata of a
file with more text says `search_truncated`."""
_TRIES = 3


def read_file(job: Job, *, limits: Limits) -> Record:
    """Hash a file, extract its facts and join its sidecars' metadata to them.

    Args:
        job: Which file.
        limits: Bounds on what is read and decoded.

    Returns:
        Its record; a file that cannot be read or decoded has an error in it. Of a file that is written to all the
        time, the record says which size and time it was read at: the next walk sees that it is out of date.

    Raises:
        FileNotFoundError: The file is gone.
    """
    path = _path(job)
    for _ in range(_TRIES):
        before = path.lstat()
        record = _read(job, path, before, limits)
        after = path.lstat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            break
    return record


def failed(job: Job, damage: Damage) -> Record:
    """Give the record of a file whose reading did not end: its decoder crashed, or took too long.

    Raises:
        FileNotFoundError: The file is gone.
    """
    from peekui.library.media.damage import DamageError  # noqa: PLC0415
    from peekui.library.media.kinds import BINARY, modality_of  # noqa: PLC0415
    from peekui.library.media.limits import Limits  # noqa: PLC0415
    from peekui.library.media.opening import open_file  # noqa: PLC0415
    from peekui.library.media.sniff import HEAD_BYTES, sniff  # noqa: PLC0415

    path = _path(job)
    status = path.lstat()
    media_type = BINARY
    with suppress(DamageError), open_file(path, Limits()) as source:
        media_type = sniff(source.read(HEAD_BYTES))
    facts = Facts(media_type, modality_of(media_type), damage=damage)
    return _record(job, facts, _hash(path), status.st_size, status.st_mtime_ns)


def base_metadata(path: bytes) -> dict[str, JsonValue]:
    """Give the metadata every asset has, whatever is in it: `title`, `file_name` and `path`."""
    text = visible(os.fsdecode(path))
    name = text.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    return {"title": stem or name, "file_name": name, "path": text}


def _read(job: Job, path: Path, status: os.stat_result, limits: Limits) -> Record:
    # Imported where it is needed: only worker processes pay for the decoders.
    from peekui.library.media.inspect import inspect_file  # noqa: PLC0415

    if not stat.S_ISREG(status.st_mode):
        raise FileNotFoundError(path)
    return _record(job, inspect_file(path, limits=limits), _hash(path), status.st_size, status.st_mtime_ns)


def _path(job: Job) -> Path:
    return Path(os.fsdecode(os.path.join(job.root, job.path)))  # noqa: PTH118 - bytes


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise
    except OSError:
        return None  # inspect_file says why


def _record(job: Job, facts: Facts, file_hash: str | None, size: int, mtime_ns: int) -> Record:
    metadata = {**base_metadata(job.path), **facts.metadata, **_search_limit(facts), **_from_sidecars(job)}
    return Record(
        size_bytes=size,
        mtime_ns=mtime_ns,
        file_hash=file_hash,
        media_type=facts.media_type.lower(),
        modality=facts.modality,
        metadata=msgspec.json.encode(metadata),
        error=None if facts.damage is None else msgspec.json.encode(facts.damage),
        has_preview=facts.has_preview,
        features=tuple(_feature(extract) for extract in facts.extracts),
    )


def _search_limit(facts: Facts) -> dict[str, JsonValue]:
    characters = len("\n".join(extract.text for extract in facts.extracts if extract.text is not None))
    return {"search_truncated": True} if characters > SEARCHED_CHARACTERS else {}


def _from_sidecars(job: Job) -> dict[str, JsonValue]:
    from peekui.library.media.sidecar import read_sidecar  # noqa: PLC0415

    metadata: dict[str, JsonValue] = {}
    for name in job.sidecars:
        try:
            sidecar = read_sidecar(_path(job).with_name(os.fsdecode(name)))
        except FileNotFoundError:
            continue
        metadata |= sidecar.metadata
        if sidecar.problem:
            metadata["sidecar_error"] = visible(sidecar.problem)
    return metadata


def _feature(extract: Extract) -> FeatureRecord:
    return FeatureRecord(
        extract.modality,
        extract.type,
        extract.start_time,
        extract.end_time,
        extract.text,
        msgspec.json.encode(extract.metadata),
        extract.has_preview,
    )
