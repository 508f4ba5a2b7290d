"""What the palette finds in the browser beside commands, and how it goes there."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from peekui.browse.json_text import json_text
from peekui.ui import formats
from peekui.ui.screens.keeping import KeepsSearches
from peekui.ui.screens.value import ValueScreen
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peekui.filters.nodes import JsonValue
    from peekui.ui.session import Session

__all__ = ["FindsThings", "Kind"]


class Kind(StrEnum):
    """What can be found; resources of other types have the service's own name for them."""

    COMMAND = "command"
    ROW = "row"
    SAVED = "saved"
    SEARCH = "search"
    PLACE = "place"
    NAMESPACE = "namespace"
    COLLECTION = "collection"


class FindsThings(KeepsSearches):
    """Base of the browser's screen: all that can be gone to by a part of its name. Nothing is asked for it."""

    @property
    def session(self) -> Session:
        """To ask for more with."""
        return self._session

    def findable(self) -> Iterator[Choice]:
        """Give what is at hand: saved searches, those of before, places, namespaces, collections."""
        yield from self._saved()
        yield from self._searches()
        yield from self._places()
        for namespace in self.place.namespaces:
            run = partial(self.visit, self.place.with_namespace(namespace.key))
            yield Choice(namespace.title, text=f"Open it. {namespace.key}", run=run, kind=Kind.NAMESPACE)
        for collection in self.place.collections:
            run = partial(self.visit, self.place.with_only(collection.key))
            count = "" if collection.count is None else f" {collection.count:,} assets."
            text = f"Look at it alone.{count} {collection.key}"
            yield Choice(collection.title, text=text, run=run, kind=Kind.COLLECTION)

    def resource(self, record: Mapping[str, JsonValue]) -> Choice | None:
        """Give what was found at the service; None for what is at hand anyway."""
        kind, key = (str(record.get(name) or "") for name in ("resource_type", "resource_id"))
        at_hand = {
            *((Kind.NAMESPACE.value, item.key) for item in self.place.namespaces),
            *((Kind.COLLECTION.value, item.key) for item in self.place.collections),
        }
        if (kind, key) in at_hand:
            return None
        name = str(record.get("resource_name") or key)
        said = record.get("description")
        text = f"Show its record. {f'{said} ' if said else ''}{key}"
        show = partial(self._show_record, f"{kind} {name}", record)
        return Choice(name, text=text, run=show, kind=kind.replace("_", " ") or "resource")

    def _saved(self) -> Iterator[Choice]:
        from peekui.search.saved import saved_folder, saved_names, saved_path  # noqa: PLC0415  (when it is needed)

        folder = saved_folder()
        for name in saved_names(folder):
            text = f"Show what it finds. {saved_path(folder, name)}"
            yield Choice(f"@{name}", text=text, run=partial(self.open_saved, name), kind=Kind.SAVED)

    def _searches(self) -> Iterator[Choice]:
        for one in self.searches_of_before():
            found = "" if one.found is None else f"{one.found:,} found, "
            where = f", in {one.namespace}" if one.namespace else ""
            text = f"Search so again: {found}{formats.age(one.at)} ago{where}."
            run = partial(self.open_line, one.line, one.namespace)
            yield Choice(one.line or "everything", text=text, run=run, kind=Kind.SEARCH)

    def _places(self) -> Iterator[Choice]:
        trail = self._trail
        for spot in dict.fromkeys((*reversed(trail.behind), *trail.ahead)):
            place = self.place.at(spot)
            if place is not None:
                title = " ▸ ".join((*place.crumbs(), *filter(None, [place.narrowing()])))
                yield Choice(title, text="Go back there.", run=partial(self.visit, place), kind=Kind.PLACE)

    def _show_record(self, title: str, record: Mapping[str, JsonValue]) -> None:
        self.app.push_screen(ValueScreen(title, json_text(dict(record))))
