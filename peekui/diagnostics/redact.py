"""Takes out of a text what must not be written down: API keys, and what signs a URL.

Rather too much than too little: of a URL in a log or a report, the query is never needed.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from peekui.api.secret import secrets_seen

__all__ = ["redact"]

_HIDDEN = "****"

_EQUALS = r"""(?:=|%3D|["']\s*[:,]\s*b?["'])"""
_SIGNING = (
    r"X-Amz-[\w-]+|X-Goog-[\w-]+|Signature|Credential|Expires|Policy|Key-Pair-Id"
    r"|AWSAccessKeyId|GoogleAccessId|sig|api_?key|token"
)
"""Parameters of S3, CloudFront, Google and Azure that make a URL a key to its file, and names of keys themselves."""

_RULES = (
    # A URL's user and password, then its query.
    (re.compile(r"""(\bhttps?://)[^\s/?#@"'<>]+@""", re.IGNORECASE), rf"\1{_HIDDEN}@"),
    (re.compile(r"""(\bhttps?://[^\s?#"'<>]*)[?#][^\s"'<>]*""", re.IGNORECASE), rf"\1?{_HIDDEN}"),
    # The query without its URL, escaped or as a Python or JSON mapping.
    (
        re.compile(rf"""((?:(?<![A-Za-z])|(?<=%26)|(?<=%3F))(?:{_SIGNING}){_EQUALS})[^\s&"'<>]+""", re.IGNORECASE),
        rf"\1{_HIDDEN}",
    ),
    # The header, in whatever notation.
    (re.compile(r"""(authorization\W{1,8})(?:(?:Bearer|Basic)\s+)?[^\s"',)}\]]+""", re.IGNORECASE), rf"\1{_HIDDEN}"),
    (re.compile(r"""(\bBearer\s+)[^\s"',)}\]]+""", re.IGNORECASE), rf"\1{_HIDDEN}"),
    # Mixpeek's keys look like this (mixpeek-api.md, section 1).
    (re.compile(r"\bsk_[\w-]+"), _HIDDEN),
)


def redact(text: str) -> str:
    """Give a text without keys and signatures.

    Every `Secret` this process has held is taken out by its value, as it is and as URLs, JSON and Python write it; keys
    it never held are known by their look or by the header they stand in.
    """
    for form in sorted(_forms(), key=len, reverse=True):
        text = text.replace(form, _HIDDEN)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _forms() -> set[str]:
    return {
        form
        for secret in secrets_seen()
        for form in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1])
    }
