"""What to offer while a condition is filled in: fields, operators, values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from peekui.browse.condition_form import operator_words, operators_for, shown_key, shown_operand
from peekui.browse.seen_fields import percent
from peekui.filters.expression.printing import SIGNS
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import ORDERING, VALUELESS, Operator
from peekui.filters.schema import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.browse.condition_form import ConditionForm
    from peekui.browse.seen_fields import SeenFields
    from peekui.filters.nodes import Value

__all__ = ["Offer", "field_offers", "operator_offers", "value_offers"]

_AGO: Final = tuple(map(RelativeTime, (-1, -24, -7, -30, -52), "hhddw"))
_SIZES: Final = (1_000_000, 10_000_000, 100_000_000, 1_000_000_000)


class Offer(NamedTuple):
    """One of several things to take.

    Attributes:
        text: What is taken, as it would be typed.
        note: What is known of it.
        taken: It is filled in already.
    """

    text: str
    note: str = ""
    taken: bool = False


def field_offers(form: ConditionForm, fields: SeenFields, wanted: str) -> list[Offer]:
    """Give the fields with these letters: those that begin with them first, then those that most rows have."""
    wanted = wanted.strip().casefold()
    found = [name for name in fields.names() if wanted in name.casefold()]
    found.sort(key=lambda name: not _begins(name.casefold(), wanted))
    return [Offer(shown_key(name), _field_note(fields, name), name == form.key) for name in found]


def operator_offers(form: ConditionForm, fields: SeenFields, wanted: str) -> list[tuple[Operator, Offer]]:
    """Give the operators that fit the field, and the one there is, by words, sign or name."""
    known = fields.schema.find(form.key)
    fitting = operators_for(known.type if known else None)
    offered = fitting if form.operator in fitting else (form.operator, *fitting)
    wanted = wanted.strip().casefold()
    found = []
    for operator in offered:
        words, sign = operator_words(operator, fields.looks(form.key)), SIGNS.get(operator, "")
        if wanted in {sign, operator.value} or words.startswith(wanted) or f" {wanted}" in words:
            found.append((operator, Offer(words, sign, operator is form.operator)))
    # `is` begins "is not" as well: what was meant to the letter comes first.
    return sorted(found, key=lambda pair: bool(wanted) and wanted not in {*pair[1][:2], pair[0].value})


def value_offers(form: ConditionForm, fields: SeenFields, wanted: str) -> list[Offer]:
    """Give the values to compare with: times and sizes that are often meant, then values seen with their counts."""
    if form.operator is Operator.TEXT or form.operator in VALUELESS:
        return []
    wanted = wanted.strip().casefold()
    offered = ((shown_operand(form.key, form.operator, value), value, note) for value, note in _values(form, fields))
    return [Offer(text, note, form.has(value)) for text, value, note in offered if wanted in text.casefold()]


def _values(form: ConditionForm, fields: SeenFields) -> Iterator[tuple[Value, str]]:
    if form.operator in ORDERING and fields.looks(form.key) is FieldType.DATETIME:
        yield from ((time, f"{time.distance} ago") for time in _AGO)
    if form.operator in ORDERING and form.key.endswith("bytes"):
        yield from ((size, "bytes") for size in _SIZES)
    seen = fields.find(form.key)
    if seen:
        yield from ((value, f"{count:,}") for value, count in seen.values)


def _field_note(fields: SeenFields, name: str) -> str:
    known = fields.schema.find(name)
    indexed = "" if known and known.indexed else "no index"
    share = fields.share(name)
    return " ".join(filter(None, (fields.looks(name), indexed, f"{percent(share):>5}" if share else "")))


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or f".{wanted}" in name
