"""Presigned URLs: who has one reads a file until it expires. When that is, stands in the URL itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlsplit

__all__ = ["MARGIN_SECONDS", "SignedUrl", "expiry_of"]

MARGIN_SECONDS: Final = 60.0
"""With less than this left, a URL is as good as expired: whoever gets it still has to begin."""
_UNSAID_SECONDS: Final = 300.0
"""How long a URL that does not say its end is used."""
_USABLE = re.compile(r"""https?://[^\s\x00-\x20\x7f-\x9f<>"\\/][^\s\x00-\x20\x7f-\x9f<>"\\]*""", re.IGNORECASE)
"""A URL a server may hand to a shell, a browser or a Markdown text: no blank, no control character, no quote."""


def _now() -> datetime:
    return datetime.now(UTC)


class SignedUrl:
    """A URL that is not shown by its repr, in a log line or in a crash report.

    Attributes:
        expires_at: When it ends; None where it does not say.
    """

    __slots__ = ("_received", "_url", "expires_at")

    def __init__(self, url: str) -> None:
        """Take a URL as it came.

        Raises:
            ValueError: It is not one that can be fetched over HTTP and passed on safely.
        """
        if not _USABLE.fullmatch(url):
            raise ValueError("not a usable HTTP address")
        self._url = url
        self._received = _now()
        self.expires_at = expiry_of(url)

    @classmethod
    def read(cls, url: str | None) -> SignedUrl | None:
        """Take a URL from an answer; None where there is none, or none that can be used."""
        try:
            return cls(url) if url else None
        except ValueError:
            return None

    def reveal(self) -> str:
        """Give the URL itself, to fetch or to hand to the user."""
        return self._url

    def seconds_left(self) -> float | None:
        """Say how long it lives, 0 when it has expired, None where it does not say."""
        if self.expires_at is None:
            return None
        return max(0.0, (self.expires_at - _now()).total_seconds())

    @property
    def is_fresh(self) -> bool:
        """Whether it can be handed out: more than a minute is left, or, where it says no end, it came just now."""
        left = self.seconds_left()
        if left is None:
            return (_now() - self._received).total_seconds() < _UNSAID_SECONDS
        return left > MARGIN_SECONDS

    def __repr__(self) -> str:
        return f"SignedUrl('****', expires {self.expires_at or 'unknown'})"

    __str__ = __repr__


def expiry_of(url: str) -> datetime | None:
    """Read from a presigned URL when it expires.

    Understands S3 and Google (`X-Amz-Date` or `X-Goog-Date` with `…-Expires` seconds), the second version of both and
    CloudFront (`Expires`, seconds since 1970, with a `Signature`), and Azure (`se`, a moment, with a `sig`).

    Args:
        url: Any text.

    Returns:
        The moment, None where the URL says none or says it in no way known.
    """
    try:
        match {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}:
            case {"x-amz-date": signed, "x-amz-expires": seconds} | {"x-goog-date": signed, "x-goog-expires": seconds}:
                moment = datetime.strptime(signed, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                return moment + timedelta(seconds=int(seconds))
            case {"signature": _, "expires": seconds}:
                return datetime.fromtimestamp(int(seconds), UTC)
            case {"sig": _, "se": end}:
                moment = datetime.fromisoformat(end)
                return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    except (ValueError, OverflowError, OSError):
        pass  # it does not say a moment that there is
    return None
