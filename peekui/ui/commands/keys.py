"""Keys as people write them, and the table of all commands for the README."""

from __future__ import annotations

from peekui.ui.commands.command import Where
from peekui.ui.commands.registry import commands_for

__all__ = ["key_name", "key_table"]

_KEY_NAMES = {
    "slash": "/", "question_mark": "?", "colon": ":", "escape": "Esc", "enter": "⏎", "space": "Space", "down": "↓",
    "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "tab": "Tab", "shift+tab": "Shift+Tab", "backspace": "Backspace", "f1": "F1",
}  # fmt: skip


def key_name(key: str) -> str:
    """Give a key's name as people write it: `Ctrl+p` for `ctrl+p`, `⏎` for `enter`."""
    return _KEY_NAMES.get(key, key.replace("ctrl+", "Ctrl+"))


def key_table() -> str:
    """Give all commands as a Markdown table, for the README and `peekui keys`."""
    rows = ["| Where | Key | What it does |", "| --- | --- | --- |"]
    for where in Where:
        for command in commands_for(where):
            keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
            rows.append(f"| {where.value} | {keys} | {command.help} |")
    return "\n".join(rows)
