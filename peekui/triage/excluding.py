"""Leaving a cause out of a filter, as far as the API can say it (mixpeek-api.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.triage.error_text import read_error
from peekui.triage.signature import signature_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.filters.nodes import Node
    from peekui.triage.rows import Row

__all__ = ["Exclusion", "exclude"]

_MOST_TEXTS: Final = 200
"""Texts named one by one; a filter with more is longer than anybody reads, and than some servers take."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A condition that leaves a signature out.

    The API compares whole values: it cannot mask. So the condition names the errors of the assets that were read; an
    asset that fails of the same cause later, with another number in its text, is not left out.

    Attributes:
        node: A NOR group, to be added to a filter's AND.
        left_out: Rows of the signature that it leaves out.
        of: Rows of the signature.
        also: Whether it leaves out other causes too: of errors with too many different texts, all of their type.
    """

    node: Group
    left_out: int
    of: int
    also: bool = False


def exclude(rows: Iterable[Row], cause: str) -> Exclusion | None:
    """Give the condition that leaves a signature out; None where its errors have nothing a filter can name.

    Args:
        rows: All that were read.
        cause: The signature.
    """
    read = (read_error(row.error) for row in rows if row.failed)
    errors = [error for error in read if signature_of(error) == cause]
    named = [error for error in errors if error.text_key and error.raw]
    texts: dict[tuple[str, str, str], list[str]] = {}
    for error in named:
        texts.setdefault((error.type_key, error.type, error.text_key), []).append(error.raw)
    if named and len({error.raw for error in named}) <= _MOST_TEXTS:
        nodes = tuple(
            _both(_type(type_key, kind), Condition(text_key, Operator.IN, list(dict.fromkeys(raw))))
            for (type_key, kind, text_key), raw in texts.items()
        )
        return Exclusion(Group(Kind.NOR, nodes), len(named), len(errors))
    types = {(error.type_key, error.type): None for error in errors if error.type_key}
    if not types:
        return None
    conditions = tuple(Condition(key, Operator.EQ, kind) for key, kind in types)
    left_out = sum(bool(error.type_key) for error in errors)
    return Exclusion(Group(Kind.NOR, conditions), left_out, len(errors), also=True)


def _type(key: str, kind: str) -> Condition | None:
    return Condition(key, Operator.EQ, kind) if key else None


def _both(kind: Condition | None, text: Condition) -> Node:
    return Group(Kind.AND, (kind, text)) if kind else text
