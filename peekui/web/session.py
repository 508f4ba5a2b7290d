"""What the program behind a page has to know: in a variable of its environment, which no other user can read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from peekui.api.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LentLibrary", "WebSession"]


@dataclass(frozen=True, slots=True)
class LentLibrary:
    """An embedded library that somebody else started and will stop, as a source for the app.

    Attributes:
        name: What the breadcrumb calls it.
        account: Whose places and columns are remembered.
        base_url: Where it answers.
        api_key: What it demands.
    """

    name: str
    account: str
    base_url: str
    api_key: Secret

    starting: ClassVar[str] = "Loading…"
    namespace: ClassVar[str | None] = None
    indexes: ClassVar[bool] = True
    calls_per_minute: ClassVar[int | None] = None

    async def address(self) -> tuple[str, Secret]:
        """Give base URL and key."""
        return self.base_url, self.api_key


@dataclass(frozen=True, slots=True)
class WebSession:
    """What a page shows.

    Attributes:
        flags: Those of the command line, by their names in the configuration file.
        library: To browse; None for the hosted service.
    """

    flags: Mapping[str, str | None]
    library: LentLibrary | None = None

    def written(self) -> str:
        """Give the value of the variable."""
        library = self.library and {
            "name": self.library.name,
            "account": self.library.account,
            "base_url": self.library.base_url,
            "api_key": self.library.api_key.reveal(),
        }
        return json.dumps({"flags": dict(self.flags), "library": library})

    @classmethod
    def read(cls, value: str) -> WebSession:
        """Read the value of the variable."""
        told = json.loads(value)
        library = told["library"]
        lent = LentLibrary(**{**library, "api_key": Secret(library["api_key"])}) if library else None
        return cls(told["flags"], lent)
