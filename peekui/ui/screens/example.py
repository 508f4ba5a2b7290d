"""A dialog to choose the asset that is asked about: one of the rows, or any by its id."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from peekui.browse.why import Example
from peekui.ui.screens.choosing import ChoosingScreen
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from peekui.api.models import Asset
    from peekui.ui.widgets.filter_why import WhyPanel

__all__ = ["ExampleScreen"]

_MOST = 200


class ExampleScreen(ChoosingScreen):
    """Gives what takes the asset, None when the user left."""

    title_shown = "Why is this asset here, or not?"
    hint = "letters of a title, or the id of any asset"

    def __init__(self, why: WhyPanel, rows: Sequence[Asset], fetched: tuple[str, ...] | None) -> None:
        """Take who asks.

        Args:
            why: Takes the asset.
            rows: Assets that were loaded.
            fetched: Fields that were asked for in them; None for all.
        """
        super().__init__()
        self._why = why
        self._rows = rows
        self._fetched = fetched

    def choices(self, wanted: str) -> Iterator[Choice]:
        """Give the rows with these letters, then what was typed as an id."""
        letters = wanted.casefold()
        found = (
            row for row in self._rows if letters in row.title.casefold() or letters in (row.asset_id or "").casefold()
        )
        yield from map(self._choice, islice(found, _MOST))
        if wanted and not any(row.asset_id == wanted for row in self._rows):
            yield Choice(wanted, "id", "Get the asset with this id: 1 call.", run=partial(self._why.get, wanted))

    def _choice(self, asset: Asset) -> Choice:
        example = Example(asset, self._fetched)
        return Choice(
            asset.title,
            asset.status or "",
            one_line(asset.asset_id or ""),
            run=partial(self._why.hold_against, example),
        )
