"""How commands of the registry become Textual bindings, and how one is run."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

from textual.actions import SkipAction
from textual.binding import Binding

from peekui.ui.commands import COMMANDS, Situation, by_id, commands_run_in, key_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from textual.dom import DOMNode

    from peekui.ui.app import PeekApp
    from peekui.ui.commands import Command, Keymap, Where

__all__ = ["RunsCommands", "bindings_for", "find_runner", "is_typed_in", "key_for", "keymap_of", "runners_from"]


def bindings_for(*places: Where) -> list[Any]:
    """Give the bindings of the commands of some parts of the program; each has its command's id.

    An ordinary binding runs after its key has been to the focused widget and back; keys typed quickly after it have
    gone to that widget meanwhile. One that opens a line therefore has priority: it runs before the next key is read.
    """
    return [
        Binding(
            ",".join(command.keys), f"run('{command.id}')", command.title, id=command.id, priority=command.opens_line
        )
        for command in commands_run_in(*places)
    ]


class RunsCommands:
    """Mixin for a widget, screen or app that carries out commands with its methods `command_<id>`."""

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the key of a command that opens a line to what is typed in, where that has the focus.

        Such a command has priority over what is nearer to the focus: what takes over its key there is looked for.
        """
        if action != "run" or not (command := by_id(str(parameters[0]))).opens_line:
            return True
        focused = cast("DOMNode", self).screen.focused
        return focused is None or not (is_typed_in(focused) or _taken_over(command, focused))

    async def action_run(self, command_id: str) -> None:
        """Run a command of the registry, or say why it cannot be run.

        Raises:
            SkipAction: It cannot be run, and the key is to run the command it would have stood in for.
        """
        command = by_id(command_id)
        reason = command.why_not(self.situation())
        if reason and command.instead_of:
            raise SkipAction
        if reason:
            node = cast("DOMNode", self)
            node.app.notify(f"Cannot {command.title}: {reason}.", severity="warning", markup=False)
            return
        method: Callable[[], Awaitable[None] | None] = getattr(self, command.method)
        outcome = method()
        if isawaitable(outcome):
            await outcome


def is_typed_in(node: DOMNode) -> bool:
    """Whether letters go into a text when this has the focus."""
    return node.check_consume_key("a", "a")


def _taken_over(command: Command, focused: DOMNode) -> bool:
    """Whether another command runs with its key from where the focus is."""
    others = (other for other in COMMANDS if other.instead_of == command.id)
    runners = runners_from(focused)
    return any(
        (runner := find_runner(other, runners)) is not None and other.why_not(runner.situation()) is None
        for other in others
    )


def runners_from(start: DOMNode) -> list[RunsCommands]:
    """Give the nodes that carry commands out, from where the focus is up to the app."""
    return [node for node in start.ancestors_with_self if isinstance(node, RunsCommands)]


def find_runner(command: Command, runners: Iterable[RunsCommands]) -> RunsCommands | None:
    """Find who would carry a command out now.

    Args:
        command: Any of the registry.
        runners: Who may, the nearest first.

    Returns:
        The first that has its method, or None.
    """
    return next((runner for runner in runners if hasattr(runner, command.method)), None)


def keymap_of(node: DOMNode) -> Keymap:
    """Give the keys that are in force in the app a widget or screen is part of."""
    return cast("PeekApp", node.app).keymap


def key_for(command_id: str, node: DOMNode) -> str:
    """Give the name of the key that runs a command in the app a widget or screen is part of."""
    return key_name(keymap_of(node).keys(by_id(command_id))[0])
