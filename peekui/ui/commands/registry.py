"""Every command there is, in the order of the help screen; each part of the program lists its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.ui.commands.browsing import BROWSING
from peekui.ui.commands.command import Where
from peekui.ui.commands.everywhere import EVERYWHERE
from peekui.ui.commands.filtering import FILTERING
from peekui.ui.commands.inspecting import INSPECTING
from peekui.ui.commands.triaging import TRIAGING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.ui.commands.command import Command

__all__ = ["COMMANDS", "by_id", "commands_for", "commands_run_in"]

COMMANDS: tuple[Command, ...] = (*BROWSING, *FILTERING, *EVERYWHERE, *INSPECTING, *TRIAGING)
"""Everything a user can do, in the order of the help screen."""

_BY_ID = {command.id: command for command in COMMANDS}


def by_id(command_id: str) -> Command:
    """Give the command of an id; KeyError when there is none."""
    return _BY_ID[command_id]


def commands_for(*places: Where) -> Iterable[Command]:
    """Give the commands of some parts of the program, in the registry's order."""
    return (command for command in COMMANDS if command.where in places)


def commands_run_in(*places: Where) -> Iterable[Command]:
    """Give the commands whose keys run them in some parts of the program: theirs, and those run elsewhere as well."""
    anywhere = Where.ANYWHERE in places
    return (command for command in COMMANDS if command.where in places or (anywhere and command.elsewhere))
