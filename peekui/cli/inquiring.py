"""What the commands that look things up have in common: their options, and how they ask, wait, tell and refuse."""

from __future__ import annotations

import gc
import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from peekui.cli import asking
from peekui.cli.asking import TooManyCalls
from peekui.cli.completing import complete_namespace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from peekui.api.client import MixpeekClient
    from peekui.cli.common import Flags
    from peekui.cli.printing import Printed
    from peekui.config import Settings

__all__ = ["Inquiry", "InquiryCommand"]

Answer = TypeVar("Answer")

_JSON_ERRORS: Final = "--json-errors"
_WAIT: Final = 120.0
"""Seconds; two minutes of a plan that allows ten calls in each."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One command that looks something up.

    Attributes:
        flags: Of the command line.
        wait: Seconds to wait for a turn at most.
        quiet: Say nothing but the data and what went wrong.
    """

    flags: Flags
    wait: float = _WAIT
    quiet: bool = False

    def ask(self, work: Callable[[MixpeekClient, Settings], Awaitable[Answer]]) -> Answer:
        """Do something with the service that the settings name.

        Raises:
            ServiceProblem: The service did not do it, there is no key for it, or it wants a longer rest than `wait`.
            Mistake: A setting is wrong.
        """

        async def patiently(client: MixpeekClient, settings: Settings) -> Answer:
            gc.freeze()
            gc.enable()
            stop = client.budget.on_change(lambda: _give_up(client, self.wait))
            try:
                return await work(client, settings)
            finally:
                stop()

        from peekui.api.errors import CallCancelled

        try:
            return asking.ask(self.flags, patiently)
        except asking.ServiceProblem as problem:
            if isinstance(problem.__cause__, CallCancelled):
                raise TooManyCalls(f"The service wants a longer rest than --wait {self.wait:g} allows.") from problem
            raise

    def say(self, sentence: object) -> None:
        """Tell the user something that is no part of the data."""
        if not self.quiet:
            asking.say(sentence)

    def tell_progress(self, printed: Printed) -> None:
        """Say how far it is, where that is seen and does not come between the data."""
        if not self.quiet and sys.stderr.isatty() and not sys.stdout.isatty():
            of = "" if printed.total is None else f" of {printed.total:,}"
            click.echo(f"\r{printed.rows:,}{of}\r", nl=False, err=True)

    def keep(self, write: Callable[[], None]) -> None:
        """Write something down for the next time; where that cannot be, say so and go on."""
        try:
            write()
        except OSError as error:
            self.say(f"peekui: {error.filename} cannot be written: {error.strerror}.")


class InquiryCommand(click.Command):
    """A command that looks something up: its callback gets an `Inquiry` as the context's object."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.params += [
            click.Option(
                ["-n", "--namespace"],
                metavar="NAMESPACE",
                help="By id or name [the profile's].",
                shell_complete=complete_namespace,
            ),
            click.Option(
                ["--wait"],
                type=click.FloatRange(0),
                default=_WAIT,
                show_default=True,
                metavar="SECONDS",
                help="How long to wait for a turn where calls are rationed.",
            ),
            click.Option(["-q", "--quiet"], is_flag=True, help="Say nothing but the data and what went wrong."),
            click.Option([_JSON_ERRORS], is_flag=True, help="Tell what went wrong as JSON."),
        ]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; what is wrong with it is told as it wants."""
        with _refusing(as_json=_JSON_ERRORS in args):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own
        """Run the command."""
        options = {name: ctx.params.pop(name) for name in ("namespace", "wait", "quiet", "json_errors")}
        flags: Flags = {**ctx.obj, "namespace": options["namespace"] or ctx.obj["namespace"]}
        ctx.obj = Inquiry(flags, options["wait"], options["quiet"])
        with _refusing(as_json=options["json_errors"]), _importing():
            return super().invoke(ctx)


@contextmanager
def _importing() -> Iterator[None]:
    """Look for no garbage until the service is asked, and then not in what was imported: that stays.

    It takes a tenth of the time to the first byte, and a fifth of what rows take.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


@contextmanager
def _refusing(*, as_json: bool) -> Iterator[None]:
    try:
        yield
    except click.ClickException as error:
        if not as_json:
            raise
        cause = error.__cause__ or error
        told = {
            "error": type(cause).__name__,
            "message": error.format_message(),
            "advice": getattr(cause, "advice", None),
            "exit_status": error.exit_code,
        }
        click.echo(json.dumps(told), err=True)
        raise SystemExit(error.exit_code) from error


def _give_up(client: MixpeekClient, wait: float) -> None:
    """Cancel calls whose turn is too far away."""
    for call in client.budget.state.waiting:
        if call.seconds > wait:
            client.budget.cancel(call.place.number)
