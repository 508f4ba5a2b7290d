"""A plan as a file: JSON lines, the first about the plan, then one for each act.

The file may be edited before it is run: lines may go. It is read strictly, because what it says is done.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from peekui.own_files import create_private
from peekui.triage.plans.acts import Act, ActKind, Before, Plan, PlanRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["plan_lines", "read_plan", "write_plan"]

_FORMAT: Final = 1


def write_plan(path: Path, plan: Plan) -> None:
    """Write a new file (0600).

    Raises:
        FileExistsError: There is one already; it is left alone.
        OSError: It cannot be written.
    """
    create_private(path, "".join(f"{line}\n" for line in plan_lines(plan)))


def plan_lines(plan: Plan) -> Iterator[str]:
    """Give the lines of the file."""
    yield json.dumps(
        {
            "peekui_plan": _FORMAT,
            "id": plan.id,
            "made": plan.made.isoformat(),
            "base_url": plan.base_url,
            "namespace": plan.namespace,
            "protected": sorted(plan.protected),
            "about": plan.about,
        }
    )
    for act in plan.acts:
        yield json.dumps(_to_json(act))


def read_plan(path: Path) -> Plan:
    """Read a file.

    Raises:
        PlanRefused: It is no plan, or a line of it makes no sense.
        OSError: It cannot be read.
    """
    try:
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        header = json.loads(first)
    except ValueError as error:
        raise PlanRefused(f"{path} is no plan of peekui's: its first line is not what a plan begins with.") from error
    if not isinstance(header, dict) or header.get("peekui_plan") != _FORMAT:
        raise PlanRefused(f"{path} is no plan of peekui's, or a newer peekui wrote it.")
    acts = tuple(_read_act(line, f"{path}:{number}") for number, line in enumerate(rest, 2) if line.strip())
    numbers = [act.number for act in acts]
    if len(set(numbers)) < len(numbers):
        raise PlanRefused(f"{path} has two acts with one number.")
    try:
        return Plan(
            id=str(header["id"]),
            made=datetime.fromisoformat(header["made"]),
            base_url=str(header["base_url"]),
            namespace=_text_or_none(header["namespace"]),
            acts=acts,
            protected=frozenset(map(str, header["protected"])),
            about=str(header.get("about", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PlanRefused(f"{path}:1: what a plan begins with is not whole ({error}).") from error


def _to_json(act: Act) -> dict[str, object]:
    before, request = act.before, {"method": act.kind.method}
    line: dict[str, object] = {
        "act": act.number,
        "do": act.kind,
        "asset_id": act.asset_id,
        "title": act.title,
        "before": {
            "collection_id": before.collection,
            "status": before.status,
            "file_hash": before.file_hash,
            "file_size_bytes": before.size,
            "updated_at": before.updated.isoformat() if before.updated else None,
        },
        "request": request if act.kind is ActKind.DELETE else {**request, "metadata": act.metadata},
        "why": act.why,
    }
    return line | {name: list(value) for name, value in (("stays", act.stays), ("needs", act.needs)) if value}


def _read_act(line: str, where: str) -> Act:
    try:
        data: Any = json.loads(line)
        match data:
            case {
                "act": int(number),
                "do": str(kind),
                "asset_id": str(asset_id),
                "before": dict(before),
                "request": {"method": str(method), **request},
            } if asset_id and ActKind(kind).method == method:
                return Act(
                    number=number,
                    kind=ActKind(kind),
                    asset_id=asset_id,
                    title=str(data.get("title", "")),
                    why=str(data.get("why", "")),
                    before=_read_before(before),
                    metadata=_read_metadata(request, ActKind(kind)),
                    stays=tuple(map(str, data.get("stays", ()))),
                    needs=tuple(map(int, data.get("needs", ()))),
                )
    except (AttributeError, TypeError, ValueError) as error:
        raise PlanRefused(f"{where}: this act cannot be read ({error}).") from error
    raise PlanRefused(f"{where}: this act has not what an act needs.")


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _read_before(before: Mapping[Any, Any]) -> Before:
    updated, size = before.get("updated_at"), before.get("file_size_bytes")
    return Before(
        collection=str(before.get("collection_id", "")),
        status=str(before.get("status", "")),
        file_hash=_text_or_none(before.get("file_hash")),
        size=size if isinstance(size, int) else None,
        updated=None if updated is None else datetime.fromisoformat(str(updated)),
    )


def _read_metadata(request: Mapping[Any, Any], kind: ActKind) -> dict[str, Any]:
    metadata = request.get("metadata", {})
    if not isinstance(metadata, dict) or bool(metadata) == (kind is ActKind.DELETE):
        raise ValueError("the request has not the metadata it needs")
    return metadata
