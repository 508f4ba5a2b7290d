"""The command line. Imports neither Textual nor httpx before a command needs them."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peekui import __version__
from peekui.config import ConfigError, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.ui.session import Source

__all__ = ["main"]

_LOCAL_PARTS = ("av", "msgspec", "mutagen", "PIL", "puremagic", "pypdf", "starlette", "uvicorn")


FOLDER = click.Path(path_type=Path, readable=False)
"""Read as it was typed: `_check_folders` says in one sentence what click would say in three lines."""


class Mistake(click.ClickException):
    """Something the user can mend: one sentence, exit status 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002  (click's signature)
        """Print the sentence, with nothing around it but the program's name."""
        click.echo(f"peekui: {self.format_message()}", err=True)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="peekui", message="peekui %(version)s")
@click.option("--base-url", metavar="URL", help="Address of the API [MIXPEEK_BASE_URL; https://api.mixpeek.com].")
@click.option("-n", "--namespace", metavar="NAME", help="Namespace to open first, by id or name [MIXPEEK_NAMESPACE].")
@click.pass_context
def cli(context: click.Context, base_url: str | None, namespace: str | None) -> None:
    """Browse, triage and search a Mixpeek media library in the terminal.

    Without a command: opens the hosted service with the key in MIXPEEK_API_KEY.
    """
    if context.invoked_subcommand is not None:
        return
    try:
        settings = read_settings(base_url=base_url, namespace=namespace)
    except ConfigError as error:
        raise Mistake(str(error)) from error
    _need_terminal()

    from peekui.ui.session import HostedSource

    _browse(HostedSource(settings))


@cli.command()
@click.option("--data-dir", type=FOLDER, metavar="DIR", help="Where to keep files and index.")
@click.option("--seed", default=7, show_default=True, help="Another seed makes other files.")
@click.option("--scale", default=1, show_default=True, type=click.IntRange(1, 1000), help="So many times the files.")
def demo(data_dir: Path | None, seed: int, scale: int) -> None:
    """Browse a sample library of a few hundred real files, written once."""
    _need_terminal()
    starting = "Starting the demo library; the first time, its files are written, which takes a few seconds…"
    _browse_embedded(["--demo", f"--seed={seed}", f"--scale={scale}"], data_dir, "demo", starting)


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=FOLDER)
@click.option("--data-dir", type=FOLDER, metavar="DIR", help="Where to keep the index.")
def local(paths: tuple[Path, ...], data_dir: Path | None) -> None:
    """Browse folders of your own; their files are read, never written."""
    _check_folders(paths)
    _need_terminal()
    _browse_embedded(["--", *map(str, paths)], data_dir, "local", "Starting the library…")


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=FOLDER)
@click.option("--demo", is_flag=True, help="Serve the sample library.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=0, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--api-key", metavar="KEY", help="Key that callers must send; made up where none is given.")
@click.option("--data-dir", type=FOLDER, metavar="DIR", help="Where to keep the index.")
@click.option("--watch", is_flag=True, help="Index changes in the folders as they happen.")
@click.option("--allow-delete", is_flag=True, help="Let callers delete: files go to the system's trash.")
@click.option("--seed", default=7, show_default=True, help="Of the sample library.")
@click.option("--scale", default=1, show_default=True, type=click.IntRange(1, 1000), help="Of the sample library.")
@click.option("--exit-with-parent", is_flag=True, hidden=True, help="End when standard input closes.")
def serve(paths: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401  (named as the fields of ServeOptions)
    """Index folders and serve them like Mixpeek's Assets API, for peekui or any other client."""
    if options["demo"] == bool(paths):
        raise Mistake("give the folders to serve, or --demo for the sample library.")
    _check_folders(paths)
    _need_local_parts("serve")

    from peekui.library.errors import LibraryError
    from peekui.library.serve import ServeOptions
    from peekui.library.serve import serve as run

    try:
        run(ServeOptions(roots=paths, **options))
    except LibraryError as error:
        raise Mistake(str(error)) from error


@cli.command()
def keys() -> None:
    """Print every command of the browser with its keys, as a Markdown table."""
    from peekui.ui.commands import key_table

    click.echo(key_table())


def _browse_embedded(arguments: Sequence[str], data_dir: Path | None, name: str, starting: str) -> None:
    _need_local_parts(name)

    from peekui.browse.embedded import EmbeddedLibrary

    where = [] if data_dir is None else ["--data-dir", str(data_dir)]
    library = EmbeddedLibrary([*where, *arguments])
    try:
        # Textual is imported while the library starts.
        from peekui.ui.session import EmbeddedSource

        _browse(EmbeddedSource(library, name, starting))
    finally:
        library.stop()


def _browse(source: Source) -> None:
    from peekui.ui.app import PeekApp

    app = PeekApp(source)
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)


def _need_terminal() -> None:
    # Textual reads keys from standard input and paints on standard error.
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        raise Mistake("this needs a terminal to draw on: run it without redirecting its input or its errors.")
    if os.environ.get("TERM") == "dumb":
        raise Mistake("this terminal cannot draw (TERM is dumb): run peekui in another one.")


def _need_local_parts(command: str) -> None:
    missing = [part for part in _LOCAL_PARTS if find_spec(part) is None]
    if missing:
        raise Mistake(f"`peekui {command}` needs the embedded library: install it with pip install 'peekui[local]'.")


def _check_folders(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise Mistake(f"there is no {str(path)!r}: give the path of a folder.")
        if not path.is_dir():
            raise Mistake(f"{str(path)!r} is not a folder: give the folder it is in.")
        if not os.access(path, os.R_OK | os.X_OK):
            raise Mistake(f"{str(path)!r} cannot be read: ask for permission, or give another folder.")


def main() -> None:
    """Run the command line; the console script's entry."""
    cli(prog_name="peekui")
