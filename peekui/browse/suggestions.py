"""What can be typed next in a filter's expression, as texts to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.completion import complete
from peekui.filters.expression.values import key_text, value_text
from peekui.filters.nodes import Operator
from peekui.filters.schema import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.filters.expression.completion import Completion
    from peekui.filters.schema import Field, Schema

__all__ = ["Suggestion", "Suggestions", "suggest"]

_MOST: Final = 50
_OPENS: Final = ("(", ":")
"""What a word ends with that goes on without a blank."""
_FIXED: Final = {
    FieldType.BOOL: ("true", "false"),
    FieldType.DATETIME: ("-1h", "-1d", "-7d", "-30d"),
}
"""Values that fit a field of a type, whatever was seen in it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to type.

    Attributes:
        text: What goes into the expression.
        detail: What is known of it, in a few words.
    """

    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What can stand in place of the word at the cursor.

    Attributes:
        start: Where that word begins in the text.
        end: Where it ends.
        choices: The most likely first.
    """

    start: int
    end: int
    choices: tuple[Suggestion, ...] = ()

    def taken(self, text: str, index: int) -> tuple[str, int]:
        """Give the text with a choice in it, and where the cursor belongs: where the next word begins."""
        chosen = self.choices[index].text
        after = text[self.end :]
        gap = "" if chosen.endswith(_OPENS) or after[:1].isspace() else " "
        skipped = not gap and not chosen.endswith(_OPENS)
        return f"{text[: self.start]}{chosen}{gap}{after}", self.start + len(chosen) + len(gap) + skipped


def suggest(text: str, cursor: int, schema: Schema) -> Suggestions:
    """Give what can be typed at a place: fields and values with the letters of the word there, then words and signs.

    Args:
        text: The expression so far; it may be wrong.
        cursor: Offset of the cursor in it.
        schema: The fields, and the values seen in them.
    """
    at = complete(text, cursor)
    here = text[at.start : at.end]
    found = (choice for choice in _choices(at, schema) if choice.text != here)
    return Suggestions(at.start, at.end, tuple(islice(dict.fromkeys(found), _MOST)))


def _choices(at: Completion, schema: Schema) -> Iterator[Suggestion]:
    if at.wants_key:
        names = (Suggestion(key_text(name), _described(field)) for name, field in sorted(schema.fields.items()))
        yield from _with_letters(names, at.stem)
    if at.wants_value and at.key is not None and (field := schema.find(at.key)):
        fixed = (Suggestion(word) for word in _FIXED.get(field.type, ())) if field.type else iter(())
        seen = (Suggestion(value_text(at.key, Operator.EQ, value), "in the rows") for value in field.seen)
        yield from _with_letters((*fixed, *seen), at.stem)
    yield from map(Suggestion, (*at.operators, *at.keywords))


def _with_letters(choices: Iterator[Suggestion] | tuple[Suggestion, ...], stem: str) -> list[Suggestion]:
    """Give those that hold the letters, those that begin with them first."""
    wanted = stem.casefold()
    found = [choice for choice in choices if wanted in choice.text.casefold()]
    return sorted(found, key=lambda choice: not choice.text.casefold().lstrip('"').startswith(wanted))


def _described(field: Field) -> str:
    kind = field.type.value if field.type else ""
    return kind if field.indexed else f"{kind} not indexed".strip()
