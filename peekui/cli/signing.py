"""`peekui url`: fresh presigned URLs on standard output, or on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from peekui.cli.asking import NOTHING_FOUND, ServiceProblem
from peekui.cli.common import Mistake
from peekui.cli.inquiring import InquiryCommand
from peekui.cli.looking_up import id_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.cli.inquiring import Inquiry
    from peekui.clipboard.routes import Route
    from peekui.config import Settings

__all__ = ["url"]

_WHAT: Final = {False: "URL", True: "Preview URL"}


class NotAllSigned(Mistake):
    """Some of the assets have no URL: a sentence for each, exit status 1."""

    exit_code = NOTHING_FOUND


@click.command(cls=InquiryCommand)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--preview", is_flag=True, help="Of the small picture in place of the file.")
@click.option("--copy", "copied", is_flag=True, help="Onto the clipboard; printed only where that cannot be relied on.")
@click.pass_obj
def url(inquiry: Inquiry, ids: tuple[str, ...], *, preview: bool, copied: bool) -> None:
    """Print fresh presigned URLs of assets, one a line: whoever has one reads that file until it expires.

    Assets are named by their ids, or by presigned URLs of them, which may have expired. Each takes a call. Where some
    fail, the others are there all the same, in their order.

    Exit status: 0 fine, 1 an asset has none, 2 wrong usage, 3 the service failed, 4 not authorised, 5 rate-limited.
    """
    wanted = [id_of(text) for text in ids]

    async def work(client: MixpeekClient, settings: Settings) -> None:
        signed: list[str] = []
        try:
            async for found in _sign(client, settings.namespace, wanted, preview=preview):
                signed.append(found)
                if not copied:
                    click.echo(found)
        finally:
            if copied and signed:
                what = _WHAT[preview] if len(signed) == 1 else f"{_WHAT[preview]} of {len(signed):,} assets"
                await _copy(inquiry, what, "\n".join(signed), settings.clipboard)

    inquiry.ask(work)


async def _sign(
    client: MixpeekClient, namespace: str | None, wanted: Iterable[str], *, preview: bool
) -> AsyncGenerator[str]:
    """Give the URLs that can be had, in order.

    Raises:
        NotAllSigned: Some have none; the others were given.
        ServiceProblem: Of some it could not be found out; the others were given.
        MixpeekError: The service is not to be asked for more.
    """
    from peekui.api.errors import BadRequest, NotFound, ServerFailed, UnreadableAnswer

    failures: list[str] = []
    failed = False
    for asset_id in wanted:
        try:
            file = await client.urls.get(asset_id, namespace)
        except (NotFound, BadRequest, ServerFailed, UnreadableAnswer) as error:  # the next one may fare better
            failures.append(f"{asset_id}: {error.what}")
            failed = failed or not isinstance(error, NotFound)
            continue
        if found := file.preview_url if preview else file.url:
            yield found.reveal()
        else:
            failures.append(f"{asset_id}: The service gave no {_WHAT[preview]} for this asset.")
    if failures:
        raise (ServiceProblem if failed else NotAllSigned)("\n".join(failures))


async def _copy(inquiry: Inquiry, what: str, text: str, routes: Sequence[Route] | None) -> None:
    """Put a text on the clipboard and say what is known of that; print it where it may be on none."""
    from peekui.clipboard.copying import copy
    from peekui.clipboard.osc_52 import send_to_terminal
    from peekui.clipboard.routes import routes_from
    from peekui.surroundings import Surroundings
    from peekui.ui.clipboard import needs_showing, what_is_known

    outcome = await copy(text, routes_from(Surroundings.read(), routes), send_to_terminal)
    inquiry.say(what_is_known(what, outcome))
    if needs_showing(outcome):
        click.echo(text)
