"""The commands that open the browser: the hosted service, the demo, folders of the user's own."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Final

import click

from peekui.cli.common import PATH, Mistake, check_folders, load_settings, need_local_parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from peekui.browse.pictures.gallery import Gallery
    from peekui.cli.common import Flags
    from peekui.config import Settings
    from peekui.ui.session import Source
    from peekui.ui.sources import Sources

    Choose = Callable[[Sources], Source | None]
    """Gives what to browse; None where the user is to be asked."""

__all__ = ["OPENER", "browse_hosted", "demo", "hosted", "local", "open_browser"]

OPENER: Final = "peekui.opener"
"""Under this click's context has what opens the browser of assets elsewhere than on this terminal."""


def browse_hosted(flags: Flags) -> None:
    """Open the service that the settings name; where no key can be found, ask what to browse."""
    _browse(flags, hosted)


def hosted(sources: Sources) -> Source | None:
    """Choose the service that the settings name, if there may be a key for it."""
    from peekui.config.api_key import may_find_key

    return sources.hosted() if may_find_key(sources.settings) else None


@click.command()
@click.option("--data-dir", type=PATH, metavar="DIR", help="Where to keep files and index.")
@click.option("--seed", default=7, show_default=True, help="Another seed makes other files.")
@click.option("--scale", default=1, show_default=True, type=click.IntRange(1, 1000), help="So many times the files.")
@click.pass_obj
def demo(flags: Flags, data_dir: Path | None, seed: int, scale: int) -> None:
    """Browse a sample library of a few hundred real files, written once."""
    need_local_parts("demo")
    options = [*_where(data_dir), f"--seed={seed}", f"--scale={scale}"]
    _browse(flags, lambda sources: sources.demo(options))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=PATH)
@click.option("--data-dir", type=PATH, metavar="DIR", help="Where to keep the index.")
@click.pass_obj
def local(flags: Flags, paths: tuple[Path, ...], data_dir: Path | None) -> None:
    """Browse folders of your own; their files are read, never written."""
    check_folders(paths)
    need_local_parts("local")
    _browse(flags, lambda sources: sources.local(paths, _where(data_dir)))


def _browse(flags: Flags, choose: Choose) -> None:
    open_elsewhere = click.get_current_context().meta.get(OPENER)
    if open_elsewhere:
        open_elsewhere(flags, choose)
        return
    settings = load_settings(flags)
    _need_terminal()
    open_browser(settings, choose)


def open_browser(settings: Settings, choose: Choose) -> None:
    """Run the app until it is left.

    Args:
        settings: In force.
        choose: Gives what to browse.

    Raises:
        Mistake: A file cannot be used.
        SystemExit: With the app's status, where that is not 0.
    """
    _start_log(settings)

    # What is imported stays: looking for garbage in it takes a tenth of the time to the first frame.
    gc.disable()

    from peekui.browse.memory import Memory
    from peekui.own_files import state_folder
    from peekui.ui.sources import Sources

    sources = Sources(settings)
    try:
        source = choose(sources)
        # Textual is imported while a library starts.
        from peekui.ui.app import PeekApp
        from peekui.ui.commands import read_keymap

        memory = Memory.load(state_folder() / "memory.json", source.account if source else settings.account)
        keymap = read_keymap(settings.keys)
        app = PeekApp(
            source,
            sources=sources,
            memory=memory,
            theme=settings.theme,
            keymap=keymap,
            routes=settings.clipboard,
            download_dir=settings.download_dir,
            gallery=_gallery(settings),
            read_only=settings.read_only,
        )
        app.run()
    except OSError as error:
        raise Mistake(f"what is remembered cannot be read: {error.filename}: {error.strerror}.") from error
    finally:
        sources.close()
    if app.return_code:
        raise SystemExit(app.return_code)


def _gallery(settings: Settings) -> Gallery | None:
    from peekui.browse.pictures.forms import choose_form, read_cell_size
    from peekui.browse.pictures.gallery import Gallery
    from peekui.config.options import Pictures
    from peekui.own_files import cache_folder

    if settings.pictures is Pictures.OFF:
        return None
    choice = choose_form(settings.pictures, os.environ, read_cell_size())
    return Gallery(cache_folder() / "pictures", always=settings.pictures is not Pictures.AUTO, form=choice.form)


def _where(data_dir: Path | None) -> list[str]:
    return [] if data_dir is None else ["--data-dir", str(data_dir)]


def _start_log(settings: Settings) -> None:
    if settings.log_file is None:
        return

    from peekui.diagnostics.log import start_log

    try:
        start_log(settings.log_file)
    except OSError as error:
        raise Mistake(f"{str(settings.log_file)!r} cannot be logged to: {error.strerror}.") from error


def _need_terminal() -> None:
    # Textual reads keys from standard input and paints on standard error.
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        raise Mistake("this needs a terminal to draw on: run it without redirecting its input or its errors.")
    if os.environ.get("TERM") == "dumb":
        raise Mistake("this terminal cannot draw (TERM is dumb): run peekui in another one.")
