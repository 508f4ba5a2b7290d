"""Finds out what a copy form needs to know of assets, with as few calls as that takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from peekui.browse.copy_forms import Needs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.api.client import MixpeekClient
    from peekui.browse.copy_forms import CopyItem

__all__ = ["calls_for", "find_out"]


def calls_for(items: Iterable[CopyItem], needs: Needs, client: MixpeekClient) -> int:
    """Say how many calls it takes to know so much of some assets."""
    return sum(_known(item, needs, client) is None for item in items)


async def find_out(item: CopyItem, needs: Needs, client: MixpeekClient) -> CopyItem:
    """Give an asset with what is needed; makes a call where that is not known yet.

    Raises:
        MixpeekError: The service gave no answer, or said no.
    """
    known = _known(item, needs, client)
    if known is not None:
        return known
    if needs is Needs.URL:
        return replace(item, file=await client.urls.get(item.asset_id, item.namespace))
    return replace(item, asset=await client.asset(item.asset_id, namespace=item.namespace))


def _known(item: CopyItem, needs: Needs, client: MixpeekClient) -> CopyItem | None:
    """Give the asset with what is needed; None where that takes a call."""
    if needs is Needs.URL:
        file = client.urls.known(item.asset_id, item.namespace)
        return replace(item, file=file) if file else None
    return item if needs is Needs.ID or item.asset else None
