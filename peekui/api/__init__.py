"""Mixpeek over HTTP: client, models, errors. Never imports Textual."""

from __future__ import annotations

import sys

# httpx's own command line brings rich's tables and pygments, a third of its import. A module that is None cannot be
# imported, which httpx takes as its being left out.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
