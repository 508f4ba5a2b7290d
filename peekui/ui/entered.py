"""What stands in the search line, told from its look: a line, or something pasted in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from peekui.filters.expression.parse import ParseError
from peekui.search.lines import reference
from peekui.search.pasted import AssetId, BadPaste, FileHash, PastedFilter, PastedRequest, SignedLink, recognise
from peekui.ui.lines import UnknownCollection, read_line, searched

if TYPE_CHECKING:
    from peekui.api.models import Namespace
    from peekui.browse.place import Place
    from peekui.search.pasted import Pasted
    from peekui.search.saved import SavedSearch

__all__ = ["AskedPlace", "Entered", "NamedAsset", "NamedSearch", "Refused", "place_of_saved", "read_entered"]


class Refused(ValueError):
    """What stands in the line cannot be carried out; the text says why, without a full stop.

    Attributes:
        position: Offset of the character it is wrong at; None where no character is.
    """

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason)
        self.position = position


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """A place to go to.

    Attributes:
        place: The place.
        said: What was recognised, and what is done with it; empty for a line.
    """

    place: Place
    said: str = ""


@dataclass(frozen=True, slots=True)
class NamedAsset:
    """An asset to open."""

    asset_id: str
    said: str


@dataclass(frozen=True, slots=True)
class NamedSearch:
    """A saved search to run."""

    name: str
    said: str = "A saved search: Enter runs it."


Entered: TypeAlias = AskedPlace | NamedAsset | NamedSearch


def read_entered(place: Place, text: str, origin: str | None) -> Entered:
    """Say what stands in the line.

    Args:
        place: Where it is entered.
        text: All that stands there.
        origin: Of the service that is asked; None where that is not known yet.

    Raises:
        Refused: It cannot be read, or names what is not there.
    """
    if name := reference(text):
        return NamedSearch(name)
    try:
        pasted = recognise(text)
        return AskedPlace(read_line(place, text)) if pasted is None else _meant_by(pasted, place, origin)
    except ParseError as error:
        raise Refused(f"column {error.position + 1}: {error.reason}", error.position) from error
    except (BadPaste, UnknownCollection) as error:
        raise Refused(str(error)) from error


def _meant_by(pasted: Pasted, place: Place, origin: str | None) -> Entered:
    entered: Entered
    match pasted:
        case AssetId(asset_id):
            entered = NamedAsset(asset_id, "An asset’s id: Enter opens the asset.")
        case SignedLink(asset_id=str(asset_id)):
            entered = NamedAsset(asset_id, "A presigned URL: Enter opens its asset.")
        case SignedLink(file_name=name):
            said = f"A presigned URL that names no asset: Enter searches for its file, “{name}”."
            entered = AskedPlace(searched(place, pasted.search), said)
        case FileHash():
            said = "A file’s hash: Enter shows all files that have it, in all collections."
            entered = AskedPlace(searched(place, pasted.search), said)
        case PastedFilter(group, notes):
            said = "A filter as JSON: Enter puts it in place of the filter."
            entered = AskedPlace(place.with_filter(group), _with_notes(said, notes))
        case PastedRequest():
            entered = _asked_by(pasted, place, origin)
    return entered


def _asked_by(request: PastedRequest, place: Place, origin: str | None) -> AskedPlace:
    """Go to what a request asks for: in its namespace where that is here, and here whatever service it is for."""
    elsewhere = request.origin and origin and request.origin != origin.lower()
    where = f"here, not at {request.origin}, and with the key in use" if elsewhere else "here"
    said = f"A request: Enter asks it {where}."
    there = _namespace(place, request.namespace)
    if request.namespace and there is None:
        said += f" There is no namespace “{request.namespace}”: it is asked in this one."
    elif there is not None and there != place.namespace:
        place = place.with_namespace(there.key)
        said += f" That is in the namespace “{there.title}”."
    return AskedPlace(searched(place, request.search), _with_notes(said, request.notes))


def place_of_saved(place: Place, saved: SavedSearch) -> Place:
    """Give the place of a saved search, in its own namespace where it belongs to one.

    Raises:
        Refused: That namespace, or a collection it names, is not there.
    """
    there = _namespace(place, saved.namespace)
    if saved.namespace and there is None:
        raise Refused(f"it belongs to the namespace “{saved.namespace}”, which is not there")
    if there is not None and there != place.namespace:
        place = place.with_namespace(there.key)
    try:
        return searched(place, saved.search)
    except UnknownCollection as error:
        raise Refused(str(error)) from error


def _namespace(place: Place, wanted: str | None) -> Namespace | None:
    """Give the namespace with an id or a name; None for none."""
    names = (item for item in place.namespaces if wanted and wanted in {item.namespace_id, item.namespace_name})
    return next(names, None)


def _with_notes(said: str, notes: tuple[str, ...]) -> str:
    return f"{said} To read it: {'; '.join(dict.fromkeys(notes))}." if notes else said
