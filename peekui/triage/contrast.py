"""Which field values the failed have more often than the done: where to look for the cause."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.triage.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peekui.filters.nodes import JsonValue
    from peekui.triage.rows import Row

__all__ = ["Contrast", "contrast"]

_FEWEST: Final = 3
"""Failed assets that must have a value: of two, anything can be true by chance."""
_CHANCE: Final = 10.83
"""G² above which a difference is chance once in a thousand times (chi-square, one degree of freedom)."""
_LONGEST_VALUE: Final = 200
_SET_APART_BY: Final = "status"


@dataclass(frozen=True, slots=True)
class Contrast:
    """A value that failed assets have more often than done ones.

    Attributes:
        field: Dotted path.
        value: The value.
        failed: Failed assets that have it.
        failed_of: Failed assets that were looked at.
        done: Done assets that have it.
        done_of: Done assets that were looked at; the sample.
        lift: How many times as often the failed have it. A half is added to every count, so that what no done asset
            has is much, not infinitely much.
    """

    field: str
    value: JsonValue
    failed: int
    failed_of: int
    done: int
    done_of: int
    lift: float


def contrast(failed: Sequence[Row], done: Sequence[Row], *, most: int = 20) -> list[Contrast]:
    """Compare the values of all fields that say the same of several assets.

    Args:
        failed: Failed assets, such as those of one signature, read with their metadata.
        done: A sample of those that are done, read with the same fields.
        most: How many to give.

    Returns:
        What is over-represented, the least likely to be chance first. Nothing where either side is empty.
    """
    if not failed or not done:
        return []
    ours, theirs = _count(failed), _count(done)
    ranked = sorted(
        (
            (_surprise(count, len(failed), theirs[key], len(done)), key, count)
            for key, count in ours.items()
            if count >= _FEWEST and count * len(done) > theirs[key] * len(failed)
        ),
        key=lambda item: (-item[0], item[1]),
    )
    return [
        Contrast(
            field=path,
            value=json.loads(value),
            failed=count,
            failed_of=len(failed),
            done=theirs[path, value],
            done_of=len(done),
            lift=_rate(count, len(failed)) / _rate(theirs[path, value], len(done)),
        )
        for surprise, (path, value), count in ranked[:most]
        if surprise > _CHANCE
    ]


def _count(rows: Iterable[Row]) -> Counter[tuple[str, str]]:
    """Count the assets that have each value of each field; a value in a list counts once an asset."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        said = ((path, value) for path, values in fields_of(row).items() for value in values)
        pairs = {(path, json.dumps(value)) for path, value in said if path != _SET_APART_BY}
        counts.update(pair for pair in pairs if len(pair[1]) <= _LONGEST_VALUE)
    return counts


def _rate(count: int, of: int) -> float:
    return (count + 0.5) / (of + 1)


def _surprise(count: int, of: int, other: int, other_of: int) -> float:
    """Give G², the log-likelihood ratio that two shares differ."""
    both = (count + other) / (of + other_of)
    cells = (
        (count, of * both),
        (other, other_of * both),
        (of - count, of * (1 - both)),
        (other_of - other, other_of * (1 - both)),
    )
    return 2 * sum(seen * math.log(seen / expected) for seen, expected in cells if seen)
