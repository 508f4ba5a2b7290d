"""What a shell can complete: names that were listed before, and saved searches. Nothing is asked of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.cli.common import Mistake, load_settings

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from peekui.config import Settings

__all__ = ["complete_collection", "complete_line", "complete_namespace", "names_file"]


def names_file(settings: Settings) -> Path:
    """Give the file in which names are kept for an account."""
    from peekui.own_files import state_folder
    from peekui.search.names import names_path

    return names_path(state_folder(), settings.account)


def complete_namespace(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Name namespaces that begin with some letters."""
    from peekui.search.names import known_namespaces

    settings = _settings(context)
    return _beginning(known_namespaces(names_file(settings)), incomplete) if settings else []


def complete_collection(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Name collections that begin with some letters, of the namespace that the command line names."""
    from peekui.search.names import known_collections

    settings = _settings(context)
    if settings is None:
        return []
    namespace = context.params.get("namespace") or settings.namespace
    return _beginning(known_collections(names_file(settings), namespace), incomplete)


def complete_line(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Name saved searches, as a line does."""
    from peekui.search.saved import saved_folder, saved_names

    return _beginning([f"@{name}" for name in saved_names(saved_folder())], incomplete)


def _settings(context: click.Context) -> Settings | None:
    """Give the settings that the command line leads to; None where they are wrong: completing is no place to say so."""
    given = context.find_root().params
    try:
        return load_settings({name: given.get(name) for name in ("profile", "base_url", "namespace")})
    except Mistake:
        return None


def _beginning(names: list[str], letters: str) -> list[str]:
    return [name for name in names if name.startswith(letters)]
