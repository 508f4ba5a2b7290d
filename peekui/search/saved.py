"""Searches by name: a TOML file each, to be shared and kept under version control.

line = "sunset beach status = DONE in:photos sort:-created_at"
namespace = "films"               # where it belongs; without, wherever it is run
columns = ["title", "created_at"] # to show, in their order
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.parse import ParseError
from peekui.own_files import config_path, create_private, replace_private
from peekui.search.lines import parse_line, reference
from peekui.search.writing import to_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from peekui.search.searches import Search

__all__ = [
    "BadSaved",
    "SavedSearch",
    "delete_saved",
    "load_saved",
    "rename_saved",
    "save_search",
    "saved_folder",
    "saved_names",
    "saved_path",
]

_SUFFIX: Final = ".toml"


class BadSaved(ValueError):
    """A saved search that is not there or cannot be used; the text is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """What a file holds.

    Attributes:
        search: What is asked for.
        namespace: Id or name of the namespace it belongs to; None for none.
        columns: Dotted fields to show; empty leaves it to whoever shows them.
    """

    search: Search
    namespace: str | None = None
    columns: tuple[str, ...] = ()


def saved_folder() -> Path:
    """Give the folder of saved searches, beside the configuration; it need not be there."""
    return config_path().parent / "searches"


def saved_names(folder: Path) -> list[str]:
    """Name the searches in a folder."""
    return sorted(path.stem for path in folder.glob(f"*{_SUFFIX}") if reference(f"@{path.stem}"))


def saved_path(folder: Path, name: str) -> Path:
    """Give the file of a search; it need not be there.

    Raises:
        BadSaved: The name is none: letters, digits, `.`, `-` and `_` make one, 64 at most.
    """
    if reference(f"@{name}") != name:
        raise BadSaved(f"{name!r} cannot name a search: letters, digits, “.”, “-” and “_” can.")
    return folder / f"{name}{_SUFFIX}"


def load_saved(folder: Path, name: str) -> SavedSearch:
    """Read a saved search.

    Raises:
        BadSaved: There is none of this name, or its file cannot be used.
    """
    path = saved_path(folder, name)
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise BadSaved(f"There is no saved search {name!r} in {folder}.") from error
    except OSError as error:
        raise BadSaved(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSaved(f"{path} is not TOML: {error}.") from error
    if unknown := sorted(table.keys() - {"line", "namespace", "columns"}):
        raise BadSaved(f"{path}: {unknown[0]!r} is nothing a search has: it has line, namespace and columns.")
    match table:
        case {"line": str(line), **rest}:
            namespace, columns = rest.get("namespace"), rest.get("columns", [])
            if isinstance(namespace, str | None) and _are_texts(columns):
                return SavedSearch(_parse(path, line), namespace or None, tuple(columns))
    raise BadSaved(f"{path}: line and namespace are texts, columns is a list of them, and line must be there.")


def save_search(folder: Path, name: str, saved: SavedSearch, *, over: bool = False) -> Path:
    """Write a search (0600).

    Args:
        folder: Where to.
        name: As `saved_path` takes it.
        saved: What to write.
        over: Write over one of the same name.

    Returns:
        The file.

    Raises:
        BadSaved: The name is none.
        FileExistsError: There is one of this name.
        OSError: It cannot be written.
    """
    path = saved_path(folder, name)
    lines = [f"line = {_toml(to_line(saved.search))}"]
    if saved.namespace:
        lines.append(f"namespace = {_toml(saved.namespace)}")
    if saved.columns:
        lines.append(f"columns = {_toml(saved.columns)}")
    write = replace_private if over else create_private
    write(path, "".join(f"{line}\n" for line in lines))
    return path


def rename_saved(folder: Path, name: str, new_name: str) -> Path:
    """Give a search another name; its file stays as it was written, comments and all.

    Returns:
        The file.

    Raises:
        BadSaved: The new name is none.
        FileExistsError: There is one of the new name.
        OSError: The old file cannot be read or taken away, or the new one not written.
    """
    old, new = saved_path(folder, name), saved_path(folder, new_name)
    create_private(new, old.read_text("utf-8"))
    old.unlink()
    return new


def delete_saved(folder: Path, name: str) -> None:
    """Delete a search.

    Raises:
        OSError: It is not there, or cannot be deleted.
    """
    saved_path(folder, name).unlink()


def _parse(path: Path, line: str) -> Search:
    try:
        return parse_line(line)
    except ParseError as error:
        raise BadSaved(f"{path}: its line cannot be read: {error}.") from error


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _toml(value: str | Sequence[str]) -> str:
    # A text and a list of them are written the same in JSON and in TOML, but that TOML wants DEL escaped too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
