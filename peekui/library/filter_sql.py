"""Filters (mixpeek-api.md, section 6) compiled to SQL over the table `facet`.

NULL never decides: negation is pushed down to the conditions, and a negated condition is `(…) IS NOT TRUE`.
"""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.library.matching import full_text_term
from peekui.library.predicates import BadValue, is_null, predicate
from peekui.library.sql import ALL, NOTHING, Sql, all_of, any_of
from peekui.library.terms import term_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.filters.nodes import Node

__all__ = ["BadFilter", "Place", "Places", "compile_filter"]

_OPPOSITES = {Operator.NE: Operator.EQ, Operator.NIN: Operator.IN}


class BadFilter(ValueError):
    """A filter that has a shape but no meaning.

    Attributes:
        key: Field of the condition that is wrong.
        reason: One sentence without a full stop.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


class Place:
    """Where the keys of one field are: in a column, in postings, in both, in neither.

    Args:
        column: Column of `facet`, if there is one.
        aside: Column of `asset`, for a field that few filters name.
        postings: Row of `field` whose postings hold keys, if some may.
        always: Whether every asset has an object there, without keys: `metadata` itself.
        in_words: Whether the full-text index holds the words of its texts.
    """

    def __init__(
        self,
        column: str | None = None,
        *,
        aside: str | None = None,
        postings: int | None = None,
        always: bool = False,
        in_words: bool = False,
    ) -> None:
        self.column = column
        self.aside = aside
        self.postings = postings
        self.always = always
        self.in_words = in_words

    def any(self, ask: Callable[[str], Sql]) -> Sql:
        """Give the condition that some key fulfils a predicate; it may be NULL in place of 0."""
        return any_of(self._parts(ask))

    def present(self) -> Sql:
        """Give the condition that there is a key at all."""
        return ALL if self.always else any_of(self._parts(lambda column: Sql(f"{column} IS NOT NULL")))

    def _parts(self, ask: Callable[[str], Sql]) -> list[Sql]:
        parts = []
        if self.column is not None:
            parts.append(ask(self.column))
        if self.aside is not None:
            asked = ask(self.aside)
            parts.append(Sql(f"facet.id IN (SELECT asset.id FROM asset WHERE {asked.text})", asked.params))
        if self.postings is not None:
            asked = ask("key")
            posted = f"facet.id IN (SELECT posting.asset FROM posting WHERE field = ? AND {asked.text})"
            parts.append(NOTHING if asked == NOTHING else Sql(posted, (self.postings, *asked.params)))
        return parts


class Places(Protocol):
    """Finds the place of a field."""

    def __call__(self, path: str) -> Place:
        """Give the place of a dotted path without list brackets; one with nothing in it for an unknown path."""
        ...


def compile_filter(group: Group, places: Places) -> Sql:
    """Compile a filter.

    Args:
        group: Root of the tree; case-insensitive unless it says otherwise.
        places: Where fields are.

    Returns:
        A condition on `facet` that is 1 for the assets that match, 0 or NULL for the others.

    Raises:
        BadFilter: An operator cannot be used with its value.
    """
    return _node(group, places, case_sensitive=False, negated=False)


def _node(node: Node, places: Places, *, case_sensitive: bool, negated: bool) -> Sql:
    if isinstance(node, Group):
        return _group(node, places, case_sensitive=case_sensitive, negated=negated)
    try:
        return _condition(node, places(term_path(node.key)), case_sensitive=case_sensitive, negated=negated)
    except BadValue as error:
        raise BadFilter(node.key, str(error)) from error


def _group(group: Group, places: Places, *, case_sensitive: bool, negated: bool) -> Sql:
    if not group.children:
        return NOTHING if negated else ALL
    case_sensitive = case_sensitive if group.case_sensitive is None else group.case_sensitive
    inverted = negated != (group.kind is Kind.NOR)
    parts = [_node(child, places, case_sensitive=case_sensitive, negated=inverted) for child in group.children]
    # De Morgan: "none of" is "all not", "not all of" is "some not".
    together = negated if group.kind is Kind.OR else not negated
    return all_of(parts) if together else any_of(parts)


def _condition(condition: Condition, place: Place, *, case_sensitive: bool, negated: bool) -> Sql:
    operator, value = condition.operator, condition.value
    if operator is Operator.EXISTS:
        return _present(place, wanted=(value is not False) != negated)
    if operator is Operator.IS_NULL:
        return _null(place, wanted=(value is not False) != negated)
    if isinstance(value, RelativeTime):
        raise BadValue("a time relative to now is made an instant before it is sent")
    if operator in _OPPOSITES:
        operator, negated = _OPPOSITES[operator], not negated
    match = place.any(predicate(operator, value, case_sensitive=case_sensitive))
    if operator is Operator.TEXT:
        match = _narrowed(place, str(value), match)
    return _not(match) if negated else match


def _present(place: Place, *, wanted: bool) -> Sql:
    return place.present() if wanted else _not(place.present())


def _null(place: Place, *, wanted: bool) -> Sql:
    explicit = place.any(is_null)
    if wanted:
        return any_of((_not(place.present()), explicit))
    return all_of((place.present(), _not(explicit)))


def _narrowed(place: Place, term: str, match: Sql) -> Sql:
    """Have the full-text index find the few assets that can match, where it holds the field."""
    found = full_text_term(term)
    if found is None or match == NOTHING:
        return NOTHING
    if not place.in_words:
        return match
    return all_of((Sql("facet.id IN (SELECT rowid FROM words WHERE words MATCH ?)", (found,)), match))


def _not(condition: Sql) -> Sql:
    if condition == ALL:
        return NOTHING
    if condition == NOTHING:
        return ALL
    return Sql(f"({condition.text}) IS NOT TRUE", condition.params)
