"""Presigned URLs: who has one can read one variant of one asset until it expires, and nothing else.

The parameters carry S3's names (mixpeek-api.md, section 5), so that clients can tell when a URL goes stale; the
signature is our own.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["LIFETIME_SECONDS", "ORIGINAL", "PREVIEW", "Presigner", "SignatureRefused"]

LIFETIME_SECONDS: Final = 3600
ORIGINAL: Final = "original"
PREVIEW: Final = "preview"
"""A picture of the asset; `preview-3` is one of its fourth feature."""
_LONGEST_SECONDS: Final = 7 * 24 * 3600
_ALGORITHM: Final = "PEEKUI-HMAC-SHA256"
_DATE_FORMAT: Final = "%Y%m%dT%H%M%SZ"


class SignatureRefused(Exception):
    """A URL is stale or was altered; the text says which."""


def _now() -> datetime:
    return datetime.now(UTC)


class Presigner(msgspec.Struct, frozen=True):
    """Makes and checks presigned URLs.

    Attributes:
        secret: Of the data directory.
        now: The clock.
    """

    secret: str
    now: Callable[[], datetime] = _now

    def path(self, asset_id: str, variant: str, *, seconds: int = LIFETIME_SECONDS) -> str:
        """Give path and query string of a URL.

        Args:
            asset_id: Which asset.
            variant: `original`, `preview` or `preview-N`.
            seconds: How long it lives.
        """
        date = self.now().strftime(_DATE_FORMAT)
        parameters = {
            "X-Amz-Algorithm": _ALGORITHM,
            "X-Amz-Date": date,
            "X-Amz-Expires": str(seconds),
            "X-Amz-Signature": self._signature(asset_id, variant, date, str(seconds)),
        }
        return f"/files/{quote(asset_id, safe='')}/{quote(variant, safe='')}?{urlencode(parameters)}"

    def check(self, asset_id: str, variant: str, parameters: Mapping[str, str]) -> None:
        """Check a URL that came in.

        Raises:
            SignatureRefused: It is not ours, not for this, or no longer valid.
        """
        date, seconds = parameters.get("X-Amz-Date", ""), parameters.get("X-Amz-Expires", "")
        given = parameters.get("X-Amz-Signature", "")
        wanted = self._signature(asset_id, variant, date, seconds)
        if not hmac.compare_digest(given.encode(), wanted.encode()):
            raise SignatureRefused("The signature does not match: the URL was altered, or made by another library.")
        # Only what was signed gets here, so both parse.
        signed = datetime.strptime(date, _DATE_FORMAT).replace(tzinfo=UTC)
        lifetime = timedelta(seconds=min(int(seconds), _LONGEST_SECONDS))
        if self.now() >= signed + lifetime:
            raise SignatureRefused("The URL has expired: ask for a new one with return_url.")

    def _signature(self, *parts: str) -> str:
        # Lengths keep the parts apart: no part can spill into the next.
        message = "".join(f"{len(part.encode())}:{part}" for part in parts)
        return hmac.new(bytes.fromhex(self.secret), message.encode(), hashlib.sha256).hexdigest()
