"""Which picture is wanted: of an asset, or of one of its segments; and the address it is at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.api.presigned import SignedUrl
from peekui.browse.pictures.decoder import NoPicture
from peekui.browse.pictures.limits import MOST_BYTES

if TYPE_CHECKING:
    from peekui.api.client import MixpeekClient
    from peekui.api.models import Asset, Feature

__all__ = ["WantedPicture"]


@dataclass(frozen=True, slots=True)
class WantedPicture:
    """A picture that is to be shown.

    Attributes:
        asset: It is of, or of a part of.
        namespace: The asset is in.
        feature: The part it is of; None for the asset itself.
        may_call: A call may be made for its address where none is known.
    """

    asset: Asset
    namespace: str | None
    feature: Feature | None = None
    may_call: bool = True

    @property
    def key(self) -> str:
        """What names the picture, as long as the file is the same."""
        feature = self.feature.feature_id if self.feature else None
        return f"{self.namespace}\n{self.asset.asset_id}\n{feature}\n{self.version}"

    @property
    def version(self) -> str:
        """What changes with the file; empty where the service says nothing of that."""
        updated = self.asset.updated_at.isoformat() if self.asset.updated_at else ""
        return self.asset.file_hash or updated

    @property
    def reason(self) -> str:
        """Why there can be no picture, as far as that is known without asking; empty where there may be one."""
        if not self.asset.asset_id:
            return "The service gave no id to ask for a picture by."
        if self.feature:
            return "" if self.feature.feature_id else "The service gave no id to ask for a picture by."
        if (self.asset.status or "").casefold() == "failed":
            return "No picture: the file could not be read."
        if self.asset.modality == "text":
            return "There is no picture of text."
        return ""

    async def address(self, client: MixpeekClient, refused: SignedUrl | None = None) -> SignedUrl:
        """Give an address to fetch it from.

        Args:
            client: To have one signed with.
            refused: One that does not work any more.

        Raises:
            NoPicture: The service has none, or a call is needed that may not be made.
            MixpeekError: It gave no answer.
        """
        if self.feature:
            url, of = await self._of_feature(client, self.feature, refused), "segment"
        else:
            url, of = await self._of_asset(client, refused), "asset"
        if url is None:
            raise NoPicture(f"The service has no picture of this {of}.")
        return url

    async def _of_asset(self, client: MixpeekClient, refused: SignedUrl | None) -> SignedUrl | None:
        asset_id = self.asset.asset_id or ""
        known = client.urls.known(asset_id, self.namespace)
        if not self.may_call and (known is None or refused):
            raise NoPicture("A picture takes a call: open the asset to see it.")
        file = await client.urls.get(asset_id, self.namespace, refused=refused)
        if file.preview_url:
            return file.preview_url
        if not (file.file_type or "").startswith("image/") and self.asset.modality != "image":
            return None
        if (file.size_bytes or 0) > MOST_BYTES:
            raise NoPicture(f"The picture is larger than the {MOST_BYTES // 1_000_000} MB that are fetched.")
        return file.url

    async def _of_feature(self, client: MixpeekClient, feature: Feature, refused: SignedUrl | None) -> SignedUrl | None:
        url = SignedUrl.read(feature.preview_url)
        if url is None and refused is None:
            return None
        left = url.seconds_left() if url else None
        if refused is None and (left is None or left > 0):
            return url
        anew = await client.feature(feature.feature_id or "", namespace=self.namespace, return_url=True)
        return SignedUrl.read(anew.preview_url)
