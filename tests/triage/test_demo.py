"""The demo library: every kind of damage has its own signature, and the duplicates are those of an independent look."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from peekui.api.client import MixpeekClient
from peekui.library.media.inspect import inspect_file
from peekui.library.sample.damage import DAMAGES
from peekui.triage.duplicates import group_duplicates
from peekui.triage.failures import Axis, group_failures
from peekui.triage.gathering import Gathering
from peekui.triage.scope import Scope, Subject
from peekui.triage.signature import signature

if TYPE_CHECKING:
    from peekui.triage.rows import Row
    from tests.service import Service


async def rows(service: Service, subject: Subject) -> list[list[Row]]:
    """Give the rows of each namespace."""
    found = []
    async with MixpeekClient(service.base_url, service.api_key) as client:
        for namespace in await client.namespaces():
            collections = (await client.collections(namespace=namespace.key)).results
            gathering = Gathering(client, Scope(subject, namespace.key, tuple(item.key for item in collections)))
            async for _ in gathering.run():
                pass
            assert gathering.progress.complete
            found.append(list(gathering.rows.values()))
    return found


def test_every_kind_of_damage_has_its_own_signature_and_none_is_split(tmp_path: Path) -> None:
    signatures: defaultdict[str, set[str]] = defaultdict(set)
    for seed in range(3):
        for number, broken in enumerate(DAMAGES):
            path = tmp_path / f"{seed}-{number}-{broken.name}"
            path.write_bytes(broken.make(random.Random(seed)))  # noqa: S311
            damage = inspect_file(path).damage
            assert damage is not None, broken
            # The kind "empty" is a damage of any file; what it is told as does not depend on the file.
            signatures[broken.kind].add(signature({"type": damage.type, "message": damage.message}))
    assert {kind: found for kind, found in signatures.items() if len(found) > 1} == {}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for kind, [only] in signatures.items():
        kinds[only].add(kind)
    assert [shared for shared in kinds.values() if len(shared) > 1] == []


async def test_the_demo_has_those_signatures(demo: Service) -> None:
    failures = [row for namespace in await rows(demo, Subject.FAILURES) for row in namespace]
    groups = group_failures(failures)
    assert len(groups) == len({broken.kind for broken in DAMAGES})
    types: dict[str, set[str]] = {group.key: set() for group in groups}
    for group in group_failures(failures, Axis.TYPE):
        for cause in group.signatures:
            types[cause].add(group.key)
    assert all(len(found) == 1 for found in types.values())


async def test_duplicates_equal_an_independent_look_at_the_bytes(demo: Service) -> None:
    expected = _same_bytes(demo)
    found = [
        {str(row.metadata["path"]) for row in group.members}
        for namespace in await rows(demo, Subject.DUPLICATES)
        for group in group_duplicates(namespace)
    ]
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))
    assert len(found) > 10


def _same_bytes(demo: Service) -> list[set[str]]:
    """Give the paths of equal files, root by root."""
    command = psutil.Process(demo.library.pid).cmdline()
    data = Path(command[command.index("--data-dir") + 1])
    groups: defaultdict[tuple[Path, str], set[str]] = defaultdict(set)
    for sample in data.glob("sample-*"):
        for path in sample.rglob("*"):
            root = sample / path.relative_to(sample).parts[0]
            if path.is_file() and root.is_dir():
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                groups[root, digest].add(path.relative_to(root).as_posix())
    return [paths for paths in groups.values() if len(paths) > 1]
