"""A value that must not be shown: the API key."""

from __future__ import annotations

__all__ = ["Secret", "secrets_seen"]

_seen: set[str] = set()


def secrets_seen() -> frozenset[str]:
    """Give every value a secret of this process has had: what logs and reports must not hold."""
    return frozenset(_seen)


class Secret:
    """A string that shows itself as `****`, in a repr, a log line or a crash report's locals.

    pydantic has such a type; this one can be held before pydantic is imported, which first frames need.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        if value:
            _seen.add(value)

    def reveal(self) -> str:
        """Give the string itself, for the one header it belongs in."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret('****')"

    __str__ = __repr__
