"""Going through groups of duplicates by hand: position, choices and undo, as one immutable value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from peekui.triage.keep_rules import KeepRule, decide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from peekui.triage.duplicates import DuplicateGroup

__all__ = ["Choice", "KeepRefused", "Review"]

_UNDO: Final = 200


class KeepRefused(Exception):
    """A copy that must stay was to be dropped; the text says why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a group.

    Attributes:
        keep: Ids of the members that stay.
        accepted: Whether it is settled; else it is only being looked at.
        different: Whether the members are no duplicates; then all stay.
    """

    keep: frozenset[str]
    accepted: bool = False
    different: bool = False


@dataclass(frozen=True, slots=True)
class _Before:
    """What a step changed: the position, and the choice for one group."""

    position: int
    key: str
    choice: Choice | None


@dataclass(frozen=True, slots=True)
class Review:
    """A walk through groups.

    Attributes:
        groups: What there is to look at, at least one.
        rule: What is proposed for a group that nothing was chosen for.
        position: Index of the group in hand.
        choices: What was chosen, by the key of the group.
    """

    groups: tuple[DuplicateGroup, ...]
    rule: KeepRule = field(default_factory=KeepRule)
    position: int = 0
    choices: Mapping[str, Choice] = field(default_factory=dict)
    _done: tuple[_Before, ...] = ()

    @property
    def group(self) -> DuplicateGroup:
        """The group in hand."""
        return self.groups[self.position]

    @property
    def choice(self) -> Choice:
        """What is chosen for the group in hand, else what the rule says."""
        return self.choice_for(self.group)

    @property
    def reviewed(self) -> int:
        """How many groups are settled."""
        return sum(choice.accepted for choice in self.choices.values())

    def is_settled(self, group: DuplicateGroup) -> bool:
        """Say whether a group is settled; unlike its choice, that takes no rule to know."""
        choice = self.choices.get(group.key)
        return choice is not None and choice.accepted

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._done)

    def choice_for(self, group: DuplicateGroup) -> Choice:
        """Give what is chosen for a group, else what the rule says."""
        return self.choices.get(group.key) or _by_rule(group, self.rule)

    def with_rule(self, rule: KeepRule) -> Review:
        """Propose by another rule; choices that it protects from are taken back."""
        held = {group.key: group for group in self.groups}
        kept = {key: choice for key, choice in self.choices.items() if not _why_not(held[key], choice.keep, rule)}
        return replace(self, rule=rule, choices=kept, _done=())

    @property
    def featured(self) -> dict[str, bool]:
        """What is known of the members' features, by id."""
        rows = (row for group in self.groups for row in group.members)
        return {row.asset_id: row.featured for row in rows if row.featured is not None}

    def telling(self, featured: Mapping[str, bool]) -> Review:
        """Take in what is known of features, by id of the asset."""
        return replace(self, groups=tuple(group.telling(featured) for group in self.groups))

    def moved(self, step: int) -> Review:
        """Go to another group, as far as there are any."""
        return replace(self, position=max(0, min(self.position + step, len(self.groups) - 1)))

    def at(self, key: str) -> Review:
        """Go to the group with a key; stay where it is not there."""
        found = (index for index, group in enumerate(self.groups) if group.key == key)
        return replace(self, position=next(found, self.position))

    def keeping_only(self, asset_id: str) -> Review:
        """Keep one member of its content, and drop the other copies of it.

        Raises:
            KeepRefused: Nothing proves that it has copies: it has no hash.
        """
        copies = next((rows for rows in self.group.contents.values() if asset_id in {row.asset_id for row in rows}), ())
        if not copies:
            raise KeepRefused("It has no hash: nothing proves that others are copies of it.")
        others = {row.asset_id for row in copies if not row.protected_by(self.rule.protected)}
        return self._choose(self.choice.keep - others | {asset_id})

    def toggled(self, asset_id: str) -> Review:
        """Drop a member that is kept, or keep one that is dropped.

        Raises:
            KeepRefused: It must stay.
        """
        return self._choose(self.choice.keep ^ {asset_id})

    def keeping_all(self) -> Review:
        """Keep every member."""
        return self._choose(_ids(self.group))

    def not_duplicates(self) -> Review:
        """Settle that the members are no duplicates, and go on."""
        return self._settled(Choice(_ids(self.group), accepted=True, different=True))

    def accepted(self) -> Review:
        """Settle what is chosen for the group in hand, and go on."""
        return self._settled(replace(self.choice, accepted=True))

    def accepted_by_rule(self) -> Review:
        """Settle every group that is not settled and in which the rule wins without a tie. Not taken back by undo."""
        judged = ((group, decide(group, self.rule)) for group in self.groups if not self.is_settled(group))
        won = {
            group.key: Choice(_ids(group) - set(verdict.drop), accepted=True)
            for group, verdict in judged
            if not verdict.tied
        }
        return replace(self, choices={**self.choices, **won}, _done=())

    def undone(self) -> Review:
        """Take the last choice back, and go to its group."""
        if not self._done:
            return self
        *earlier, last = self._done
        choices = {key: choice for key, choice in self.choices.items() if key != last.key}
        if last.choice:
            choices[last.key] = last.choice
        return replace(self, position=last.position, choices=choices, _done=tuple(earlier))

    def settled(self) -> Iterator[tuple[DuplicateGroup, Choice]]:
        """Give the groups that are settled, with what was chosen, in the order they were settled."""
        held = {group.key: group for group in self.groups}
        return ((held[key], choice) for key, choice in self.choices.items() if choice.accepted)

    def to_json(self) -> dict[str, object]:
        """Give plain JSON to keep; what can be undone is not kept."""
        choices = {
            key: {"keep": sorted(choice.keep), "accepted": choice.accepted, "different": choice.different}
            for key, choice in self.choices.items()
        }
        return {"group": self.group.key, "choices": choices}

    def resumed(self, kept: object) -> Review:
        """Take up what was kept, leniently: what no longer fits the groups or the rule is passed over."""
        match kept:
            case {"group": str(key), "choices": dict(choices)}:
                held = {group.key: group for group in self.groups}
                read = {name: _read_choice(value) for name, value in choices.items() if name in held}
                fitting = {
                    name: choice
                    for name, choice in read.items()
                    if choice and not _why_not(held[name], choice.keep, self.rule)
                }
                return replace(self, choices=fitting).at(key)
        return self

    def _choose(self, keep: frozenset[str]) -> Review:
        if problem := _why_not(self.group, keep, self.rule):
            raise KeepRefused(problem)
        return self._changed(Choice(keep))

    def _settled(self, choice: Choice) -> Review:
        return self._changed(choice).moved(1)

    def _changed(self, choice: Choice) -> Review:
        key = self.group.key
        before = _Before(self.position, key, self.choices.get(key))
        others = {name: other for name, other in self.choices.items() if name != key}
        return replace(self, choices={**others, key: choice}, _done=(*self._done, before)[-_UNDO:])


def _ids(group: DuplicateGroup) -> frozenset[str]:
    return frozenset(row.asset_id for row in group.members)


def _by_rule(group: DuplicateGroup, rule: KeepRule) -> Choice:
    return Choice(_ids(group) - set(decide(group, rule).drop))


def _why_not(group: DuplicateGroup, keep: frozenset[str], rule: KeepRule) -> str:
    """Say why just these members cannot be kept; nothing where they can."""
    if not keep <= _ids(group):
        return "This group has no such asset."
    dropped = [row for row in group.members if row.asset_id not in keep]
    if any(row.protected_by(rule.protected) for row in dropped):
        return "It is in a protected collection."
    if any(not row.file_hash for row in dropped):
        return "It has no hash: nothing proves that there is another copy."
    if any(not any(row.asset_id in keep for row in rows) for rows in group.contents.values()):
        return "It is the last copy: keep another one first."
    return ""


def _read_choice(kept: object) -> Choice | None:
    match kept:
        case {"keep": [*keep], "accepted": bool(accepted), "different": bool(different)}:
            return Choice(frozenset(str(asset_id) for asset_id in keep), accepted, different)
    return None
