"""Taking secrets out of text that is kept or shown: the key, and what signs a presigned URL."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.api.secret import Secret

__all__ = ["Redactor"]

_SIGNED_URL = re.compile(r"""(https?://[^\s"'<>?]+\?)[^\s"'<>]*signature=[^\s"'<>]*""", re.IGNORECASE)
"""X-Amz-Signature, X-Goog-Signature, Signature: all stand in the query string (mixpeek-api.md, section 7)."""


class Redactor:
    """Takes one key, and every presigned query, out of text."""

    def __init__(self, key: Secret) -> None:
        """Take the key to look for."""
        # As it is, and as JSON writes it.
        self._forms = {key.reveal(), json.dumps(key.reveal())[1:-1]} if key else set()

    def __call__(self, text: str) -> str:
        """Give the text with `****` for the key, and presigned URLs cut at their query."""
        for form in self._forms:
            text = text.replace(form, "****")
        return _SIGNED_URL.sub(r"\1****", text)
