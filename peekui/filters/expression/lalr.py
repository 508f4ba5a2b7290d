"""The parser: lark's LALR(1) with its contextual lexer, making nodes as it goes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from peekui.filters.expression.parse import ParseError
from peekui.filters.expression.values import BadWord, read_quoted, read_word
from peekui.filters.expression.words import Stand, expected, found_at, in_prose
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import BadCondition, Condition, Group, JsonValue, Kind, Operator, TooDeep

if TYPE_CHECKING:
    from peekui.filters.nodes import Node, Value

__all__ = ["read", "stand_after"]

_SIGNS: Final = {
    "=": Operator.EQ,
    "==": Operator.EQ,
    "!=": Operator.NE,
    "<>": Operator.NE,
    ">": Operator.GT,
    ">=": Operator.GTE,
    "<": Operator.LT,
    "<=": Operator.LTE,
}
_QUOTES: Final = ('"', "'")
_KINDS: Final = {"all": Kind.AND, "any": Kind.OR, "none": Kind.NOR}


_Part: TypeAlias = "Token | JsonValue"
"""A value as the parser hands it over: a word not yet read, or what is made of several."""


class _Refused(Exception):
    """Words in an order that the grammar allows, and which still say nothing."""

    def __init__(self, token: Token, reason: object) -> None:
        super().__init__(str(reason))
        self.position = token.start_pos or 0


def read(text: str) -> Group:
    """Do what `parse` does."""
    try:
        return cast("Group", _parser().parse(text))  # lark does not know what its transformer makes
    except _Refused as error:
        raise ParseError(text, error.position, str(error)) from error
    except TooDeep as error:
        raise ParseError(text, _where_too_deep(text), str(error)) from error
    except UnexpectedInput as error:
        raise _unexpected(text, error) from error


def stand_after(text: str) -> Stand:
    """Give what the parser knows after the beginning of a filter, as far as that can be read."""
    state = _parser().parse_interactive(text)
    key: Token | None = None
    try:
        for token in state.iter_parse():
            key = token if token.type == "KEY" else key
    except UnexpectedInput as error:
        # A parser that met something wrong has forgotten some of what it expected before.
        position = _position(error, text)
        return replace(stand_after(text[:position]), position=position)
    except (_Refused, TooDeep):
        return Stand(0, frozenset(), None)
    return Stand(len(text), frozenset(state.accepts()), _name(key))  # type: ignore[no-untyped-call]


def _name(key: Token | None) -> str | None:
    try:
        return None if key is None else _text(key)
    except _Refused:
        return None


@cache
def _parser() -> Lark:
    grammar = resources.files(__package__).joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", transformer=_Builder(), maybe_placeholders=False)


def _position(error: UnexpectedInput, text: str) -> int:
    match error:
        case UnexpectedToken(token=Token(type="$END")):
            return len(text)
        case UnexpectedToken(token=token):
            return token.start_pos or 0
        case UnexpectedCharacters():
            return cast("int", error.pos_in_stream)
    return 0


def _unexpected(text: str, error: UnexpectedInput) -> ParseError:
    position = _position(error, text)
    wanted = expected(stand_after(text[:position]).terminals)
    if isinstance(error, UnexpectedCharacters) and text[position] in _QUOTES:
        return ParseError(text, position, "this quote is never closed", wanted)
    *others, last = map(in_prose, wanted)
    choice = f"{', '.join(others)} or {last}" if others else last
    return ParseError(text, position, f"expected {choice}; found {in_prose(found_at(text, position))}", wanted)


def _where_too_deep(text: str) -> int:
    state = _parser().parse_interactive(text)
    position = 0
    try:
        for token in state.iter_parse():
            position = token.start_pos or 0
        state.feed_eof()  # type: ignore[no-untyped-call]
    except TooDeep:
        return position
    raise AssertionError("the same text was too deep before")


def _as_group(node: Node) -> Group:
    return node if isinstance(node, Group) else Group(Kind.AND, (node,))


def _condition(key: Token, operator: Operator, value: Value) -> Condition:
    try:
        return Condition(_text(key), operator, value)
    except BadCondition as error:
        raise _Refused(key, error) from error


def _text(token: Token) -> str:
    """Give what a token says, out of its quotes."""
    if token[0] not in _QUOTES:
        return str(token)
    try:
        return read_quoted(str(token))
    except BadWord as error:
        raise _Refused(token, error) from error


def _value(part: _Part) -> Value:
    if not isinstance(part, Token):
        return part
    if part[0] in _QUOTES:
        return _text(part)
    try:
        return read_word(str(part))
    except BadWord as error:
        raise _Refused(part, error) from error


def _lasting(part: _Part) -> JsonValue:
    value = _value(part)
    if isinstance(value, RelativeTime):
        raise _Refused(cast("Token", part), "a relative time is compared by > >= < or <=; in quotes it is text")
    return value


@v_args(inline=True)
class _Builder(Transformer[Token, Group]):
    """What each alternative of the grammar makes; the methods are named as there."""

    def start(self, *nodes: Node) -> Group:
        return _as_group(nodes[0]) if nodes else Group(Kind.AND)

    def any_of(self, *nodes: Node) -> Group:
        return Group(Kind.OR, nodes)

    def all_of(self, *nodes: Node) -> Group:
        return Group(Kind.AND, nodes)

    def negation(self, node: Node) -> Group:
        return Group(Kind.NOR, (node,))

    def group(self, name: Token, *nodes: Node) -> Group:
        return Group(_KINDS[name.lower()], nodes)

    def marked(self, mark: Token, node: Node) -> Node:
        name = mark.lower()
        if name == "muted":
            return replace(node, muted=True)
        group = _as_group(node)
        if group.case_sensitive is not None:
            group = Group(Kind.AND, (group,))
        return replace(group, case_sensitive=name == "case")

    def equality(self, key: Token, sign: Token, value: _Part) -> Condition:
        return _condition(key, _SIGNS[sign], _lasting(value))

    def order(self, key: Token, sign: Token, value: _Part) -> Condition:
        return _condition(key, _SIGNS[sign], _value(value))

    def search(self, key: Token, text: Token) -> Condition:
        return _condition(key, Operator.TEXT, _text(text))

    def among(self, key: Token, values: list[JsonValue]) -> Condition:
        return _condition(key, Operator.IN, values)

    def not_among(self, key: Token, values: list[JsonValue]) -> Condition:
        return _condition(key, Operator.NIN, values)

    def exists(self, key: Token) -> Condition:
        return _condition(key, Operator.EXISTS, value=True)

    def missing(self, key: Token) -> Condition:
        return _condition(key, Operator.EXISTS, value=False)

    def is_null(self, key: Token) -> Condition:
        return _condition(key, Operator.IS_NULL, value=True)

    def is_not_null(self, key: Token) -> Condition:
        return _condition(key, Operator.IS_NULL, value=False)

    def values(self, *parts: _Part) -> list[JsonValue]:
        return [_lasting(part) for part in parts]

    def object(self, *pairs: tuple[str, JsonValue]) -> dict[str, JsonValue]:
        return dict(pairs)

    def pair(self, name: Token, value: _Part) -> tuple[str, JsonValue]:
        return _text(name), _lasting(value)
