"""Editing a text in the user's own editor, with the terminal handed over meanwhile."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

__all__ = ["EditorFailed", "edit_text"]


class EditorFailed(Exception):
    """No text came back from an editor; the message is one sentence that says why."""


def edit_text(app: App[Any], text: str, *, suffix: str, environment: Mapping[str, str] = os.environ) -> str:
    """Let the user change a text in `$VISUAL`, else `$EDITOR`; peekui stands still until the editor ends.

    The text lies in a file that only its owner can read, and which is gone afterwards.

    Args:
        app: Whose terminal the editor gets.
        text: What to begin with.
        suffix: Of the file's name, by which editors know what is in it.
        environment: Where the editor is looked up.

    Returns:
        What the editor left, without the newline at the end that editors add.

    Raises:
        EditorFailed: There is no editor, it cannot have the terminal, or it did not end well.
    """
    command = _command(environment)
    with tempfile.TemporaryDirectory(prefix="peekui-") as folder:  # mode 0700
        path = Path(folder, f"filter{suffix}")
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                ended = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603  (the user's own)
        except SuspendNotSupported as error:
            raise EditorFailed("This terminal cannot be handed over to an editor.") from error
        except OSError as error:
            raise EditorFailed(f"Cannot start {command[0]}: {error.strerror}.") from error
        if ended:
            raise EditorFailed(f"{command[0]} ended with {ended}: the text stays as it was.")
        return _read(path).removesuffix("\n")


def _command(environment: Mapping[str, str]) -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        written = environment.get(name, "").strip()
        if not written:
            continue
        try:
            return shlex.split(written)
        except ValueError as error:
            raise EditorFailed(f"Cannot read ${name}: {str(error).lower()}.") from error
    raise EditorFailed("Set $VISUAL or $EDITOR to the editor to use.")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise EditorFailed("The editor left a file that is not UTF-8: the text stays as it was.") from error
    except OSError as error:
        raise EditorFailed(f"Cannot read what the editor left: {error.strerror}.") from error
