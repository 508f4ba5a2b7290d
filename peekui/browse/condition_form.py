"""A condition while it is being filled in: its parts may still be missing, and texts are read as they are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.values import key_text, read_quoted, read_word, value_text
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import LIST_VALUED, ORDERING, VALUELESS, BadCondition, Condition, Operator
from peekui.filters.schema import FieldType

if TYPE_CHECKING:
    from peekui.filters.nodes import Value

__all__ = ["ConditionForm", "operator_words", "operators_for", "read_key", "read_operand", "shown_key", "shown_operand"]

_EQUALITY: Final = (Operator.EQ, Operator.NE)
_LISTS: Final = (Operator.IN, Operator.NIN)
_ORDERS: Final = (Operator.GT, Operator.GTE, Operator.LT, Operator.LTE)
_PRESENCE: Final = (Operator.EXISTS, Operator.IS_NULL)
_NUMBERS: Final = (*_EQUALITY, *_ORDERS, *_LISTS, *_PRESENCE)
_TEXTS: Final = (*_EQUALITY, *_LISTS, Operator.TEXT, *_ORDERS, *_PRESENCE)
_FITTING: Final[dict[FieldType | None, tuple[Operator, ...]]] = {
    None: _TEXTS,
    FieldType.KEYWORD: _TEXTS,
    FieldType.TEXT: (Operator.TEXT, *(operator for operator in _TEXTS if operator is not Operator.TEXT)),
    FieldType.UUID: (*_EQUALITY, *_LISTS, Operator.TEXT, *_PRESENCE),
    FieldType.INTEGER: _NUMBERS,
    FieldType.FLOAT: _NUMBERS,
    FieldType.DATETIME: (*_ORDERS, *_EQUALITY, *_LISTS, *_PRESENCE),
    FieldType.BOOL: (*_EQUALITY, *_PRESENCE),
    FieldType.GEO: _PRESENCE,
}
_WORDS: Final = {
    Operator.EQ: "is",
    Operator.NE: "is not",
    Operator.IN: "is one of",
    Operator.NIN: "is none of",
    Operator.TEXT: "has the words",
    Operator.GT: "is over",
    Operator.GTE: "is at least",
    Operator.LT: "is under",
    Operator.LTE: "is at most",
    Operator.EXISTS: "exists",
    Operator.IS_NULL: "is null",
}
_WHEN: Final = {
    Operator.GT: "is after",
    Operator.GTE: "is at or after",
    Operator.LT: "is before",
    Operator.LTE: "is at or before",
}
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', re.DOTALL)


def operators_for(type_: FieldType | None) -> tuple[Operator, ...]:
    """Give the operators that make sense for a type, the most usual first; all where the type is not known."""
    return _FITTING[type_]


def operator_words(operator: Operator, type_: FieldType | None) -> str:
    """Say an operator between a field and a value: `is one of`."""
    return (_WHEN.get(operator) if type_ is FieldType.DATETIME else None) or _WORDS[operator]


@dataclass(frozen=True, slots=True)
class ConditionForm:
    """What is filled in so far.

    Attributes:
        key: The field; empty while there is none.
        operator: How to compare.
        operands: The values of a list, else the one value, or none while it is missing.
        muted: See `Condition`.
    """

    key: str = ""
    operator: Operator = Operator.EQ
    operands: tuple[Value, ...] = ()
    muted: bool = False

    @classmethod
    def of(cls, condition: Condition) -> ConditionForm:
        """Begin with a condition."""
        return cls(condition.key, condition.operator, tuple(condition.operands), condition.muted)

    @property
    def takes_several(self) -> bool:
        """Whether the operator compares with a list."""
        return self.operator in LIST_VALUED

    def condition(self) -> Condition | None:
        """Give the condition; None while a part of it is missing.

        Raises:
            BadCondition: The operator cannot have this value.
        """
        if not self.key or not (self.operands or self.takes_several):
            return None
        if not self.takes_several:
            return Condition(self.key, self.operator, self.operands[0], self.muted)
        several = [operand for operand in self.operands if not isinstance(operand, RelativeTime)]
        if len(several) < len(self.operands):
            raise BadCondition("value", "a relative time is compared by > >= < or <=")
        return Condition(self.key, self.operator, several, self.muted)

    def with_key(self, key: str, type_: FieldType | None) -> ConditionForm:
        """Take another field; the first one, and one that the operator does not fit, brings its usual operator.

        Raises:
            BadCondition: The key is empty.
        """
        if not key:
            raise BadCondition("key", "expected the name of a field")
        fitting = operators_for(type_)
        form = replace(self, key=key)
        return form if self.key and self.operator in fitting else form.with_operator(fitting[0])

    def with_operator(self, operator: Operator) -> ConditionForm:
        """Compare in another way, with the same value where that makes sense."""
        return replace(self, operator=operator, operands=self._operands_for(operator))

    def with_operand(self, value: Value) -> ConditionForm:
        """Take a value: in place of the one there is, or, of a list, as its last; one that is in it goes out again."""
        if not self.takes_several:
            return replace(self, operands=(value,))
        others = tuple(other for other in self.operands if not _same(other, value))
        return replace(self, operands=others if len(others) < len(self.operands) else (*others, value))

    def without(self, index: int) -> ConditionForm:
        """Take a value out of a list."""
        return replace(self, operands=(*self.operands[:index], *self.operands[index + 1 :]))

    def has(self, value: Value) -> bool:
        """Tell whether a value is among those filled in."""
        return any(_same(other, value) for other in self.operands)

    def _operands_for(self, operator: Operator) -> tuple[Value, ...]:
        if operator in VALUELESS:
            return self.operands if self.operator in VALUELESS else (True,)
        if self.operator in VALUELESS:
            return ()
        kept = self.operands if operator in LIST_VALUED else self.operands[:1]
        if operator not in ORDERING:
            kept = tuple(value for value in kept if not isinstance(value, RelativeTime))
        if operator is Operator.TEXT:
            kept = tuple(value for value in kept if isinstance(value, str))
        return kept


def read_operand(text: str, operator: Operator) -> Value:
    """Read a value as the expression language does: `30` is a number, `"30"` a text, `10MB` a size, `-7d` a time.

    Other than there, a text may hold blanks and signs without being quoted, and words to search for are always text.

    Raises:
        BadCondition: It stands for nothing.
        BadWord: It has the form of something, but is not a possible one.
    """
    word = text.strip()
    if not word:
        raise BadCondition("value", 'expected a value; "" is an empty text')
    if word[0] in "\"'":
        return _unquoted(word, "value")
    return word if operator is Operator.TEXT else read_word(word)


def shown_operand(key: str, operator: Operator, value: Value) -> str:
    """Write a value so that `read_operand` gives it back, if it is a single one."""
    if operator is Operator.TEXT and isinstance(value, str) and _is_plain(value):
        return value
    if isinstance(value, str) and _is_plain(value) and _reads_as_itself(value):
        return value
    return value_text(key, operator, value)


def read_key(text: str) -> str:
    """Read the name of a field: as it stands, or between quotes.

    Raises:
        BadCondition: There is none, or a quote is not closed.
        BadWord: See `read_quoted`.
    """
    key = text.strip()
    if not key:
        raise BadCondition("key", "expected the name of a field")
    return _unquoted(key, "key") if key[0] in "\"'" else key


def shown_key(key: str) -> str:
    """Write a field so that `read_key` gives it back."""
    return key if _is_plain(key) else key_text(key)


def _unquoted(text: str, part: str) -> str:
    if not _QUOTED.fullmatch(text):
        raise BadCondition(part, "the quote is not closed")
    return read_quoted(text)


def _is_plain(text: str) -> bool:
    return bool(text) and text.isprintable() and text == text.strip() and text[0] not in "\"'"


def _reads_as_itself(text: str) -> bool:
    try:
        return _same(read_word(text), text)
    except ValueError:
        return False


def _same(one: Value, other: Value) -> bool:
    """Whether two values are the same in JSON: `1`, `1.0` and `true` differ."""
    return repr(one) == repr(other)
