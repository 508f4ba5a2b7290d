"""The one registry of what a user can do.

Bindings, footer, palette, help screen and the README's key table are all made from `COMMANDS`. A command names no
code: the part of the screen it applies to has a method `command_<id>` with the dots as underscores. This package
imports no Textual, so that `peekui keys` is quick.
"""

from __future__ import annotations

from peekui.ui.commands.command import TOGETHER, Command, Situation, Where
from peekui.ui.commands.keymap import Keymap, find_key_problems, read_keymap
from peekui.ui.commands.keys import key_name, key_table
from peekui.ui.commands.registry import COMMANDS, by_id, commands_for, commands_run_in

__all__ = [
    "COMMANDS",
    "TOGETHER",
    "Command",
    "Keymap",
    "Situation",
    "Where",
    "by_id",
    "commands_for",
    "commands_run_in",
    "find_key_problems",
    "key_name",
    "key_table",
    "read_keymap",
]
