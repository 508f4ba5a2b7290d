"""Tasks: the indexing of each asset is one (mixpeek-api.md, section 4)."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from peekui.library import ids
from peekui.library.service.answers import Page, Task, page_of
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.requests import PageQuery

if TYPE_CHECKING:
    import sqlite3

    from peekui.library.libraries import Library
    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_ACTIVE = "status_key = 'sprocessing' || char(1) || 'PROCESSING'"


async def list_tasks(call: Call[PageQuery, Any]) -> Page[Task]:
    """List what is still to be done: libraries to be scanned, then files to be read; the total tells how much."""
    namespaces = [library.row for library in call.libraries()]
    page, size = call.query.page, call.query.page_size
    scans = [_scan_task(library) for library in call.libraries() if _is_unscanned(call, library)]
    first = (page - 1) * size
    shown = scans[first : first + size]
    scope = f"{_ACTIVE} AND +namespace IN ({', '.join('?' * len(namespaces))})"

    def read(db: sqlite3.Connection) -> tuple[int, list[Task]]:
        [total] = db.execute(f"SELECT count(*) FROM asset WHERE {scope}", namespaces).fetchone()
        rows = db.execute(
            f"SELECT asset_id, status, duplicate_of FROM asset WHERE {scope} ORDER BY id LIMIT ? OFFSET ?",
            (*namespaces, size - len(shown), max(0, first - len(scans))),
        )
        return total + len(scans), shown + [_task(row) for row in rows]

    total, rows = await call.parts.readers.run(read)
    return page_of(rows, total=total, page=page, page_size=size, path=call.url_path)


async def get_task(call: Call[Any, Any]) -> Task:
    """Give one task, active or not."""
    task_id = call.path["task_id"]
    for library in call.libraries():
        if task_id == _scan_id(library):
            return _scan_task(library, done=not _is_unscanned(call, library))
    namespaces = [library.row for library in call.libraries()]
    row = await call.parts.readers.run(
        lambda db: db.execute(
            "SELECT asset_id, status, duplicate_of FROM asset WHERE asset_key = 'sast_' || ? || char(1)"
            f" AND namespace IN ({', '.join('?' * len(namespaces))})",
            (task_id.removeprefix("task_"), *namespaces),
        ).fetchone()
    )
    if row is None or ids.task_id(row[0]) != task_id:
        raise not_found("Task", task_id)
    return _task(row)


def _is_unscanned(call: Call[Any, Any], library: Library) -> bool:
    # Without this a caller that asks early would read "nothing left" from a service that has not looked yet.
    indexer = call.parts.indexer
    return indexer is None or not indexer.has_scanned(library)


def _scan_id(library: Library) -> str:
    return f"task_{library.namespace_id}"


def _scan_task(library: Library, *, done: bool = False) -> Task:
    namespace = [{"namespace_id": library.namespace_id}]
    return Task(
        _scan_id(library), "DONE" if done else "INITIALIZING", inputs=namespace, outputs=namespace if done else []
    )


def _task(row: tuple[Any, ...]) -> Task:
    asset_id, status, duplicate_of = row
    if duplicate_of is not None and status == "DONE":
        status = "SKIPPED"  # what a duplicate gets (section 4)
    asset = [{"asset_id": asset_id}]
    return Task(ids.task_id(asset_id), status, inputs=asset, outputs=[] if status == "PROCESSING" else asset)


OPERATIONS = (
    Operation(
        "GET",
        "/v1/tasks",
        list_tasks,
        Page[Task],
        "List active tasks",
        query=PageQuery,
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
    Operation("GET", "/v1/tasks/{task_id}", get_task, Task, "Get a task", statuses=(HTTPStatus.NOT_FOUND,)),
)
