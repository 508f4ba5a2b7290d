"""A condition while it is being filled in, and what is offered meanwhile."""

from __future__ import annotations

import pytest
from hypothesis import given

from peekui.api.models import Asset, Namespace, PayloadIndex
from peekui.browse.condition_form import (
    ConditionForm,
    operators_for,
    read_key,
    read_operand,
    shown_key,
    shown_operand,
)
from peekui.browse.condition_offers import field_offers, operator_offers, value_offers
from peekui.browse.seen_fields import SeenFields
from peekui.filters.expression.values import BadWord
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import BadCondition, Condition, Operator, Value
from peekui.filters.paths import walk
from peekui.filters.schema import FieldType
from tests.filters.trees import any_trees

FIELDS = SeenFields.of(
    Namespace(payload_indexes=[PayloadIndex(field_name="metadata.iso", type="integer")]),
    [
        Asset.model_validate({"status": status, "metadata": {"iso": iso, "a b": "x"}, "created_at": "2026-01-01"})
        for status, iso in (("DONE", 100), ("DONE", 200), ("FAILED", 100))
    ],
)


@pytest.mark.parametrize(
    ("text", "operator", "value"),
    [
        ("30", Operator.EQ, 30),
        ('"30"', Operator.EQ, "30"),
        ("'it\\'s'", Operator.EQ, "it's"),
        (" 10MB ", Operator.GT, 10_000_000),
        ("-7d", Operator.GT, RelativeTime(-7, "d")),
        ("2026-01-31", Operator.GT, "2026-01-31"),
        ("true", Operator.EQ, True),
        ("null", Operator.EQ, None),
        ("Canon EOS (R5)", Operator.EQ, "Canon EOS (R5)"),
        ("a[/]b", Operator.EQ, "a[/]b"),
        ("30", Operator.TEXT, "30"),
        ('"two words"', Operator.TEXT, "two words"),
        ('""', Operator.EQ, ""),
    ],
)
def test_values_are_read_as_in_the_expression_language(text: str, operator: Operator, value: Value) -> None:
    read = read_operand(text, operator)
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize("text", ["", "  ", '"', '"open', "'open\"", '"a" or "b"', "2024-13-01", '"\\x"'])
def test_what_is_no_value_says_so(text: str) -> None:
    with pytest.raises((BadCondition, BadWord)):
        read_operand(text, Operator.EQ)


@given(any_trees)
def test_what_is_shown_of_a_condition_reads_as_it(tree: object) -> None:
    for _, node in walk(tree):  # type: ignore[arg-type]
        if not isinstance(node, Condition):
            continue
        assert read_key(shown_key(node.key)) == node.key
        for value in node.operands:
            if isinstance(value, list | dict):
                continue  # these are shown, and typed in the texts below the tree
            assert repr(read_operand(shown_operand(node.key, node.operator, value), node.operator)) == repr(value)


@given(any_trees)
def test_a_form_gives_its_condition_back(tree: object) -> None:
    for _, node in walk(tree):  # type: ignore[arg-type]
        if isinstance(node, Condition):
            assert ConditionForm.of(node).condition() == node


def test_a_part_that_is_missing_is_waited_for() -> None:
    form = ConditionForm()
    assert form.condition() is None
    form = form.with_key("status", FieldType.KEYWORD)
    assert form.condition() is None
    assert form.with_operand("DONE").condition() == Condition("status", Operator.EQ, "DONE")


def test_the_first_field_brings_its_usual_operator() -> None:
    assert ConditionForm().with_key("created_at", FieldType.DATETIME).operator is Operator.GT
    assert ConditionForm().with_key("metadata.title", FieldType.TEXT).operator is Operator.TEXT


def test_another_field_changes_an_operator_that_does_not_fit() -> None:
    form = ConditionForm("status", Operator.TEXT, ("a",))
    assert form.with_key("other", FieldType.TEXT).operator is Operator.TEXT
    assert form.with_key("flag", FieldType.BOOL).operator is operators_for(FieldType.BOOL)[0]
    with pytest.raises(BadCondition):
        form.with_key("", None)


@pytest.mark.parametrize(
    ("before", "operator", "operands"),
    [
        (ConditionForm("a", Operator.EQ, ("x",)), Operator.IN, ("x",)),
        (ConditionForm("a", Operator.IN, ("x", "y")), Operator.EQ, ("x",)),
        (ConditionForm("a", Operator.EQ, ("x",)), Operator.EXISTS, (True,)),
        (ConditionForm("a", Operator.EXISTS, (False,)), Operator.IS_NULL, (False,)),
        (ConditionForm("a", Operator.EXISTS, (True,)), Operator.EQ, ()),
        (ConditionForm("a", Operator.GT, (RelativeTime(-7, "d"),)), Operator.LT, (RelativeTime(-7, "d"),)),
        (ConditionForm("a", Operator.GT, (RelativeTime(-7, "d"),)), Operator.EQ, ()),
        (ConditionForm("a", Operator.EQ, (7,)), Operator.TEXT, ()),
    ],
)
def test_another_operator_keeps_the_value_where_it_can(
    before: ConditionForm, operator: Operator, operands: tuple[Value, ...]
) -> None:
    assert before.with_operator(operator).operands == operands


def test_a_list_takes_values_and_gives_them_back() -> None:
    form = ConditionForm("a", Operator.IN, (1,)).with_operand(True).with_operand("x")
    assert form.condition() == Condition("a", Operator.IN, [1, True, "x"])
    assert form.with_operand(1).operands == (True, "x")
    assert form.without(1).operands == (1, "x")
    assert form.has(1)
    assert not form.has(1.0)
    with pytest.raises(BadCondition):
        form.with_operand(RelativeTime(-7, "d")).condition()


@pytest.mark.parametrize(
    ("type_", "fits", "does_not"),
    [
        (FieldType.KEYWORD, Operator.IN, None),
        (FieldType.INTEGER, Operator.GT, Operator.TEXT),
        (FieldType.DATETIME, Operator.GT, Operator.TEXT),
        (FieldType.BOOL, Operator.EQ, Operator.GT),
        (FieldType.GEO, Operator.EXISTS, Operator.EQ),
        (None, Operator.TEXT, None),
    ],
)
def test_operators_fit_the_type(type_: FieldType | None, fits: Operator, does_not: Operator | None) -> None:
    assert fits in operators_for(type_)
    assert does_not not in operators_for(type_)


def test_where_the_type_is_unknown_all_operators_are_there() -> None:
    assert {*operators_for(None)} == {*Operator}


def test_fields_are_offered_with_what_is_known_of_them() -> None:
    offers = field_offers(ConditionForm("status"), FIELDS, "")
    assert [offer.text for offer in offers if offer.taken] == ["status"]
    notes = {offer.text: offer.note for offer in offers}
    assert notes["metadata.iso"] == "integer 100 %"
    assert notes["metadata.a b"] == "keyword no index 100 %"
    assert notes["task_id"] == "keyword"
    assert [offer.text for offer in field_offers(ConditionForm(), FIELDS, "ST")][:1] == ["status"]
    assert [offer.text for offer in field_offers(ConditionForm(), FIELDS, "is")][:1] == ["metadata.iso"]


@pytest.mark.parametrize(
    ("key", "wanted", "first"),
    [
        ("status", "", "is"),
        ("status", "one", "is one of"),
        ("status", "in", "is one of"),
        ("status", "not", "is not"),
        ("status", "~", "has the words"),
        ("metadata.iso", ">", "is over"),
        ("created_at", "", "is after"),
        ("created_at", "at most", None),
        ("metadata.iso", "words", None),
    ],
)
def test_operators_are_found_by_words_sign_or_name(key: str, wanted: str, first: str | None) -> None:
    found = operator_offers(ConditionForm(key, operators_for(FIELDS.looks(key))[0]), FIELDS, wanted)
    assert next((offer.text for _, offer in found), None) == first


def test_values_are_offered_with_their_counts() -> None:
    assert [(offer.text, offer.note, offer.taken) for offer in value_offers(ConditionForm("status"), FIELDS, "")] == [
        ("DONE", "2", False),
        ("FAILED", "1", False),
    ]
    several = ConditionForm("metadata.iso", Operator.IN, (200,))
    assert [(offer.text, offer.taken) for offer in value_offers(several, FIELDS, "")] == [("100", False), ("200", True)]
    assert [offer.text for offer in value_offers(ConditionForm("status"), FIELDS, "fail")] == ["FAILED"]


def test_times_and_sizes_that_are_often_meant_are_offered_first() -> None:
    times = value_offers(ConditionForm("created_at", Operator.GT), FIELDS, "")
    assert (times[0].text, times[0].note) == ("-1h", "1 hour ago")
    sizes = value_offers(ConditionForm("file_data.file_size_bytes", Operator.GT), FIELDS, "")
    assert sizes[0].text == "1MB"
    assert value_offers(ConditionForm("created_at", Operator.TEXT), FIELDS, "") == []
