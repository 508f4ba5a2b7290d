"""`peekui serve`: the embedded library for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from peekui.cli.common import PATH, Mistake, check_folders, need_local_parts

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["serve"]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=PATH)
@click.option("--demo", is_flag=True, help="Serve the sample library.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=0, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--api-key", metavar="KEY", help="Key that callers must send; made up where none is given.")
@click.option("--data-dir", type=PATH, metavar="DIR", help="Where to keep the index.")
@click.option("--watch", is_flag=True, help="Index changes in the folders as they happen.")
@click.option("--allow-delete", is_flag=True, help="Let callers delete: files go to the system's trash.")
@click.option("--seed", default=7, show_default=True, help="Of the sample library.")
@click.option("--scale", default=1, show_default=True, type=click.IntRange(1, 1000), help="Of the sample library.")
@click.option("--exit-with-parent", is_flag=True, hidden=True, help="End when standard input closes.")
def serve(paths: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401  (named as the fields of ServeOptions)
    """Index folders and serve them like Mixpeek's Assets API, for peekui or any other client."""
    if options["demo"] == bool(paths):
        raise Mistake("give the folders to serve, or --demo for the sample library.")
    check_folders(paths)
    need_local_parts("serve")

    from peekui.library.errors import LibraryError
    from peekui.library.serve import ServeOptions
    from peekui.library.serve import serve as run

    try:
        run(ServeOptions(roots=paths, **options))
    except LibraryError as error:
        raise Mistake(str(error)) from error
