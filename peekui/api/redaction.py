"""Takes out of a text what makes it a key: API keys, and what signs a URL.

Two strengths of one mechanism. What is shown or copied must still say everything else, and a copied command must run:
`hide_secrets`. What is written down need not: `redact`, rather too much than too little.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from peekui.api.secret import secrets_seen

__all__ = ["hide_secrets", "redact"]

_HIDDEN = "****"

_URL = re.compile(r"""\bhttps?://[^\s"'<>]*""", re.IGNORECASE)
"""Taken whole and then looked into: a pattern that finds the query would look at long text again from every URL on."""

_SIGNATURE = r"X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)|Signature|sig"
"""Parameters that sign: of S3 and Google in both their versions, CloudFront, Azure."""
_SIGNING = (
    r"X-Amz-[\w-]{1,40}|X-Goog-[\w-]{1,40}|Signature|Credential|Expires|Policy|Key-Pair-Id"
    r"|AWSAccessKeyId|GoogleAccessId|sig|api_?key|token"
)
"""Those, what goes with them, and names of keys themselves."""

_NAME = r"(?:(?<![A-Za-z])|(?<=%26)|(?<=%3F))"
"""Where a parameter's name begins, also when a whole URL stands escaped in another."""

_SIGNED = re.compile(rf"""({_NAME}(?:{_SIGNATURE})(?:=|%3D))[^\s&"'<>]+""", re.IGNORECASE)
_TELLING = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # A URL's user and password.
        (r"""(\bhttps?://)[^\s/?#@"'<>]+@""", rf"\1{_HIDDEN}@"),
        # The query without its URL, escaped or as a Python or JSON mapping.
        (rf"""({_NAME}(?:{_SIGNING})(?:=|%3D|["']\s*[:,]\s*b?["']))[^\s&"'<>]+""", rf"\1{_HIDDEN}"),
        # The header, in whatever notation.
        (r"""(authorization\W{1,8})(?:(?:Bearer|Basic)\s+)?[^\s"',)}\]]+""", rf"\1{_HIDDEN}"),
        (r"""(\bBearer\s+)[^\s"',)}\]]+""", rf"\1{_HIDDEN}"),
        # Mixpeek's keys look like this (mixpeek-api.md, section 1).
        (r"\bsk_[\w-]+", _HIDDEN),
    )
)


def hide_secrets(text: str) -> str:
    """Give a text to show, without the keys this process has held and without what signs a URL.

    Every `Secret` is taken out by its value, as it is and as URLs, JSON and Python write it. The rest stays to the
    letter: a condition on a field named `token` is no secret.
    """
    text = _URL.sub(lambda url: _without_query(url[0]) if _SIGNED.search(url[0]) else url[0], _without_keys(text))
    return _SIGNED.sub(rf"\1{_HIDDEN}", text)


def redact(text: str) -> str:
    """Give a text to write down, without keys and signatures.

    Besides what `hide_secrets` takes out, that is keys this process never held, known by their look or by where they
    stand, and the query of every URL.
    """
    text = _URL.sub(lambda url: _without_query(url[0]), _without_keys(text))
    for pattern, replacement in _TELLING:
        text = pattern.sub(replacement, text)
    return text


def _without_query(url: str) -> str:
    address = re.split(r"[?#]", url, maxsplit=1)[0]
    return url if address == url else f"{address}?{_HIDDEN}"


def _without_keys(text: str) -> str:
    for form in sorted(_forms(), key=len, reverse=True):
        text = text.replace(form, _HIDDEN)
    return text


def _forms() -> set[str]:
    return {
        form
        for secret in secrets_seen()
        for form in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1])
    }
