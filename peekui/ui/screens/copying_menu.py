"""A menu of what can be copied: of the current asset, and of those that are marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from peekui.api.cost import Cost
from peekui.browse.copy_forms import COPY_FORMS
from peekui.browse.gathering import calls_for
from peekui.ui.screens.choosing import ChoosingScreen
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.browse.copy_forms import CopyForm, CopyItem

__all__ = ["CopyingMenu"]


class CopyingMenu(ChoosingScreen):
    """Offers the forms, with what each costs."""

    title_shown = "Copy"
    hint = "part of a name; Enter copies, Esc leaves"

    def __init__(
        self,
        current: CopyItem | None,
        marked: Sequence[CopyItem],
        copy: Callable[[CopyForm, Sequence[CopyItem]], object],
        *,
        client: MixpeekClient | None,
        hosted: bool,
        about: str = "",
    ) -> None:
        """Take what can be copied.

        Args:
            current: The asset under the cursor or on show.
            marked: Those that are marked.
            copy: Does it.
            client: Knows what has to be asked for.
            hosted: The service can be reached from elsewhere.
            about: What those that are marked are, where they are not just that.
        """
        super().__init__()
        self._parts: list[tuple[str, Sequence[CopyItem]]] = []
        if marked:
            several = f"{len(marked):,} marked assets" if len(marked) > 1 else "the marked asset"
            self._parts.append((about or several, marked))
        if current:
            self._parts.append((current.title, [current]))
        self._copy = copy
        self._client = client
        self._hosted = hosted

    def choices(self, wanted: str) -> Iterator[Choice]:
        """Give the forms whose names have these letters, by what they are copied of."""
        forms = [form for form in COPY_FORMS if wanted.casefold() in form.title.casefold()]
        for heading, items in self._parts:
            if forms:
                yield Choice(heading)
            for form in forms:
                reason = "this library has no address of its own" if form.hosted and not self._hosted else ""
                text = f"{form.help} {self._cost(form, items)}"
                yield Choice(form.title, text=text, reason=reason, run=partial(self._copy, form, items))

    def _cost(self, form: CopyForm, items: Sequence[CopyItem]) -> str:
        calls = len(items) if self._client is None else calls_for(items, form.needs, self._client)
        if not calls:
            return "No call."
        return f"{self._client.budget.cost(calls) if self._client else Cost(calls)}."
