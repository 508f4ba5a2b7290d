"""`peekui url`: a fresh presigned URL on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from peekui.cli.asking import NOTHING_FOUND, ask, say

if TYPE_CHECKING:
    from peekui.api.client import MixpeekClient
    from peekui.api.signing import SignedFile
    from peekui.cli.common import Flags
    from peekui.config import Settings

__all__ = ["url"]


@click.command()
@click.argument("asset_id", metavar="ID")
@click.option("--preview", is_flag=True, help="Of the small picture in place of the file.")
@click.pass_obj
def url(flags: Flags, asset_id: str, *, preview: bool) -> None:
    """Print a fresh presigned URL of an asset: whoever has it reads the file until it expires.

    Exit status: 0 fine, 1 the asset has none, 2 wrong usage, 3 the service failed, 4 not authorised, 5 rate-limited.
    """

    async def sign(client: MixpeekClient, settings: Settings) -> SignedFile:
        return await client.urls.get(asset_id, settings.namespace)

    file = ask(flags, sign)
    found = file.preview_url if preview else file.url
    if found is None:
        say("peekui: the service gave no URL for this asset.")
        raise SystemExit(NOTHING_FOUND)
    click.echo(found.reveal())
