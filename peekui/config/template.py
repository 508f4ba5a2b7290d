"""The configuration file that `peekui config init` writes: every option, explained and switched off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["starter_file"]

_OPTIONS = """\
# peekui's configuration. Every line here is switched off by its "#"; what is shown is an example.
# A flag wins over the environment, the environment over this file. `peekui config check` finds mistakes in it,
# `peekui config show` prints what is in force and where it comes from.

# Profile to use where neither --profile nor PEEKUI_PROFILE names one.
#profile = "work"

# Theme to start with.
#theme = "peekui-light"

# Log calls and errors to this file, without keys and signed URLs. Also --log-file.
#log_file = "~/peekui.log"

# Ways to the clipboard, in the order they are tried: the desktop's own, tmux, the terminal. Over ssh the usual order
# begins with tmux.
#clipboard = ["native", "tmux", "terminal"]

# Folder that downloads go to, in place of the system's own.
#download_dir = "~/Downloads"

# Pictures: "auto" draws them the finest way the terminal is known to take: Kitty's, Sixel, else coloured half blocks
# where it has enough colours. "kitty", "sixel" and "blocks" leave no choice, "off" neither fetches nor draws them.
# `peekui doctor` says which way is used, and why.
#pictures = "off"

# One table for each service or key you use. The one named "default" is used where none is chosen.
#[profiles.work]
#base_url = "https://api.mixpeek.com"
#namespace = "netflix_prod"
# Calls a minute your plan allows: a number, or "unlimited".
#calls_per_minute = 60
# Change nothing at this service: plans can be made and tried out, not run. Also --read-only.
#read_only = true
# A command whose first line of output is the API key; run without a shell, for at most 10 seconds. The key itself
# never belongs in this file: it comes from MIXPEEK_API_KEY, this command, the system keyring, or is typed in.
#api_key_command = "op read op://work/mixpeek/key"

# Keys of your own for commands, in place of these.
#[keys]
"""


def starter_file(commands: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Give the text of the file.

    Args:
        commands: Id and default keys of every command that can be given others.
    """
    # A list of texts is written the same in JSON and in TOML.
    keys = (f'#"{command}" = {json.dumps(list(keys))}\n' for command, keys in commands)
    return _OPTIONS + "".join(keys)
