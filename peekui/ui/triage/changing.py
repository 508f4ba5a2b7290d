"""Whether anything may be changed at the service, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.triage.plans.acts import ActKind
    from peekui.ui.app import PeekApp

__all__ = ["why_unchangeable"]

_READ_ONLY = "read-only: nothing is changed (--read-only, PEEKUI_READ_ONLY, or read_only in the configuration file)"


def why_unchangeable(app: PeekApp, kind: ActKind) -> str:
    """Say why acts of a kind cannot be done: peekui was told to, or the service forbade one before; empty where not."""
    if app.read_only:
        return _READ_ONLY
    return app.session.forbidden.get(kind.method, "") if app.session else ""
