"""Reading what triage is about, from the command line."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from peekui.cli.asking import say
from peekui.cli.common import Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.config import Settings
    from peekui.triage.notebook import Notebook
    from peekui.triage.progress import Progress
    from peekui.triage.rows import Row
    from peekui.triage.scope import Scope

__all__ = ["AFRESH", "COLLECTIONS", "Gathered", "collection_ids", "gather"]

COLLECTIONS = click.option(
    "-c", "--collection", "names", multiple=True, metavar="NAME", help="By id or name; may be repeated. All by default."
)
AFRESH = click.option("--afresh", is_flag=True, help="Read everything, not only what changed since the last time.")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read.

    Attributes:
        scope: What was to be read.
        rows: What came.
        progress: How far it came.
        titles: What collections are called, by id.
        notebook: What is kept.
    """

    scope: Scope
    rows: Sequence[Row]
    progress: Progress
    titles: Mapping[str, str]
    notebook: Notebook

    def title(self, collection: str) -> str:
        """Give what a collection is called."""
        return self.titles.get(collection, collection)


def collection_ids(titles: Mapping[str, str], names: Sequence[str]) -> tuple[str, ...]:
    """Give the ids of all collections that are named by id or name.

    Args:
        titles: What the collections there are are called, by id.
        names: Which of them.

    Raises:
        Mistake: There is no such collection.
    """
    found: list[str] = []
    for name in names:
        keys = [key for key, title in titles.items() if name in {key, title}]
        if not keys:
            raise Mistake(f"there is no collection {name!r}.")
        found += keys
    return tuple(dict.fromkeys(found))


async def gather(
    client: MixpeekClient,
    settings: Settings,
    subject: str,
    names: Sequence[str],
    *,
    scan: bool = False,
    afresh: bool = False,
) -> Gathered:
    """Read the rows, telling the progress.

    Args:
        client: To read with.
        settings: Which namespace.
        subject: A `Subject`.
        names: Of collections; none for all.
        scan: Read all assets to find the failed ones.
        afresh: Read everything.

    Raises:
        Mistake: There is no such collection.
        FilterRefused: The service does not filter by status.
        NotebookFailed: What is kept cannot be read or written.
        MixpeekError: It could not be read.
    """
    from peekui.own_files import state_folder
    from peekui.triage.gathering import Gathering
    from peekui.triage.notebook import Notebook
    from peekui.triage.scope import Scope, Subject

    there = (await client.collections(namespace=settings.namespace)).results
    titles = {item.key: item.title for item in there if item.key}
    chosen = collection_ids(titles, names or list(titles))
    notebook = Notebook.open(state_folder() / "triage.db", settings.account)
    if notebook.notice:
        say(notebook.notice)
    scope = Scope(Subject(subject), settings.namespace, chosen, scan=scan)
    gathering = Gathering(client, scope, notebook)
    if scope.collections:
        async for progress in gathering.run(afresh=afresh):
            if progress.ended or sys.stderr.isatty():
                say(progress)
    return Gathered(scope, tuple(gathering.rows.values()), gathering.progress, titles, notebook)
