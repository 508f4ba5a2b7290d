"""Keys as people write them, and the table of all commands for the README."""

from __future__ import annotations

from peekui.ui.commands.command import Where
from peekui.ui.commands.keymap import Keymap
from peekui.ui.commands.registry import commands_for

__all__ = ["key_name", "key_table"]

_KEY_NAMES = {
    "slash": "/", "question_mark": "?", "colon": ":", "escape": "Esc", "enter": "⏎", "space": "Space", "down": "↓",
    "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "tab": "Tab", "shift+tab": "Shift+Tab", "backspace": "Backspace",
    "shift+left": "Shift+←", "shift+right": "Shift+→", "alt+left": "Alt+←", "alt+right": "Alt+→",
}  # fmt: skip


def key_name(key: str) -> str:
    """Give a key's name as people write it: `Ctrl+p` for `ctrl+p`, `F1` for `f1`, `⏎` for `enter`."""
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return _KEY_NAMES.get(key, key.replace("ctrl+", "Ctrl+"))


def key_table(keymap: Keymap = Keymap()) -> str:  # noqa: B008  (immutable)
    """Give all commands as a Markdown table, for the README and `peekui keys`."""
    rows = ["| Where | Key | What it does |", "| --- | --- | --- |"]
    for where in Where:
        for command in commands_for(where):
            keys = " ".join(f"`{key_name(key)}`" for key in keymap.keys(command))
            rows.append(f"| {where.value} | {keys} | {command.help} |")
    return "\n".join(rows)
