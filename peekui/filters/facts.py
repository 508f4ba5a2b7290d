"""What is known of one asset: the values that a field name leads to in it (mixpeek-api.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from peekui.filters.nodes import JsonValue

__all__ = ["Facts", "elements"]


@dataclass(frozen=True, slots=True)
class Facts:
    """An asset as far as it was fetched.

    Attributes:
        asset: The asset as the API answers it, without the fields that are unset.
        fetched: Dotted fields that were asked for; None means all, so that what is absent is missing.
    """

    asset: Mapping[str, JsonValue]
    fetched: tuple[str, ...] | None = None

    def find(self, key: str) -> tuple[JsonValue, ...] | None:
        """Give the values at a field; none for a missing one; None where it was not fetched.

        A name leads into the elements of a list, with `[]` behind it or without. A list at the end is one value.
        """
        path = key.replace("[]", "")
        if not self._covers(path):
            return None
        values: list[JsonValue] = [dict(self.asset)]
        for name in path.split("."):
            values = [item[name] for item in elements(values) if isinstance(item, dict) and name in item]
        return tuple(values)

    def _covers(self, path: str) -> bool:
        return self.fetched is None or any(path == name or path.startswith(f"{name}.") for name in self.fetched)


def elements(values: Iterable[JsonValue]) -> Iterator[JsonValue]:
    """Give values with every list, however deep, replaced by its elements."""
    waiting = list(values)[::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        else:
            yield value
