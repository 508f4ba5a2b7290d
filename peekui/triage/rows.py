"""What triage keeps of an asset: a tenth of the model's memory, because there may be a hundred thousand of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING, Final, cast

from peekui.api.redaction import redact

if TYPE_CHECKING:
    from peekui.api.models import Asset
    from peekui.filters.nodes import JsonValue

__all__ = ["DONE", "FAILED", "LONGEST_TEXT", "BadRow", "Row"]

FAILED: Final = "failed"
DONE: Final = frozenset({"done", "completed"})
"""In both generations of the API (mixpeek-api.md, sections 4 and 10); statuses come in any case."""


LONGEST_TEXT: Final = 4000
"""Characters kept of a text in an error: some services put whole logs there."""


class BadRow(ValueError):
    """A text is no row that was kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """An asset as far as triage asks for it.

    Attributes:
        asset_id: Its id.
        title: What a person calls it.
        collection: Id of its collection, empty where it was not said.
        status: In lower case, empty where it was not said.
        modality: Such as `video`, empty where it was not said.
        media_type: Such as `video/mp4`, empty where it was not said.
        size: Bytes, None where it was not said.
        file_hash: Equal for byte-identical files, None where it was not said.
        duplicate_of: Id of the asset it is a copy of, None for none.
        created: When it was made.
        updated: When it last changed, as far as the service says.
        task_id: Id of the task that read it, None where it was not said.
        error: As the service told it, without keys and signed URLs, its texts cut off; None for none.
        metadata_json: Its metadata as JSON text, empty where it was not asked for.
        featured: Whether something was extracted from it, None where that was not asked for.
    """

    asset_id: str
    title: str = ""
    collection: str = ""
    status: str = ""
    modality: str = ""
    media_type: str = ""
    size: int | None = None
    file_hash: str | None = None
    duplicate_of: str | None = None
    created: datetime | None = None
    updated: datetime | None = None
    task_id: str | None = None
    error: JsonValue = None
    metadata_json: str = ""
    featured: bool | None = None

    @classmethod
    def of(cls, asset: Asset, *, with_metadata: bool = False) -> Row | None:
        """Take it from an asset; None for one that the service gave no id.

        Args:
            asset: As it was answered.
            with_metadata: Keep the metadata too.
        """
        if not asset.asset_id:
            return None
        return cls(
            asset_id=asset.asset_id,
            title=asset.title,
            collection=intern(asset.collection_id or ""),
            status=intern((asset.status or "").lower()),
            modality=intern((asset.modality or "").lower()),
            media_type=intern(asset.file_type or ""),
            size=asset.size_bytes,
            file_hash=asset.file_hash or None,
            duplicate_of=asset.duplicate_of or None,
            created=asset.created_at,
            updated=asset.updated_at,
            task_id=asset.task_id,
            error=_kept(asset.error) or None,
            metadata_json=json.dumps(asset.metadata or {}, separators=(",", ":")) if with_metadata else "",
        )

    @property
    def failed(self) -> bool:
        """Whether it could not be read or indexed."""
        return self.status == FAILED

    @property
    def done(self) -> bool:
        """Whether it was read and indexed."""
        return self.status in DONE

    def protected_by(self, collections: frozenset[str]) -> bool:
        """Say whether it is in one of some protected collections; so is one that may be, because it was not said."""
        return bool(collections) and (self.collection in collections or not self.collection)

    @property
    def seen(self) -> datetime | None:
        """When it came to be as it is: when it last changed, else when it was made."""
        return self.updated or self.created

    @property
    def metadata(self) -> dict[str, JsonValue]:
        """Its metadata, empty where it was not asked for."""
        return cast("dict[str, JsonValue]", json.loads(self.metadata_json)) if self.metadata_json else {}

    def to_json(self) -> str:
        """Give JSON text to keep; fields that say nothing are left out."""
        kept = {name: getattr(self, name) for name in self.__slots__}
        kept |= {name: kept[name] and kept[name].isoformat() for name in ("created", "updated")}
        return json.dumps({name: value for name, value in kept.items() if value not in (None, "")})

    @classmethod
    def from_json(cls, text: str) -> Row:
        """Read what `to_json` gave.

        Raises:
            BadRow: It is not that.
        """
        try:
            kept = json.loads(text)
            for name in ("created", "updated"):
                if name in kept:
                    kept[name] = datetime.fromisoformat(kept[name])
            for name in ("collection", "status", "modality", "media_type"):
                kept[name] = intern(kept.get(name, ""))
            return cls(**kept)
        except (AttributeError, TypeError, ValueError) as error:
            raise BadRow(f"this is no row: {text[:80]}") from error


def _kept(error: JsonValue) -> JsonValue:
    """Give an error without what must not be kept (it may quote the presigned URL that it could not fetch), cut off."""
    match error:
        case str():
            text = redact(error)
            return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
        case list():
            return [_kept(item) for item in error]
        case dict():
            return {name: _kept(item) for name, item in error.items()}
    return error
