"""Expressions are read as what they say, or refused by what in them is not understood."""

from decimal import Decimal

import pytest

from evaluations.designing.xlsform.expressions import (
    Call,
    Comparison,
    Figure,
    Joined,
    NotUnderstood,
    Ref,
    Self,
    Text,
    parse,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "expression_ends_early"),
        ("${a} =", "expression_ends_early"),
        ("(${a} = 1", "expression_ends_early"),
        ("${a} = 1)", "expression_unreadable"),
        ("${a} = 1 ${b}", "expression_unreadable"),
        ("${a} + 1 > 2", "expression_unreadable"),
        ("../a = 1", "expression_unreadable"),
        ("/data/a = 1", "expression_unreadable"),
        ("'open", "expression_unreadable"),
        ("${a} and", "expression_ends_early"),
        ("pulldata('x', 'y')", "expression_unknown_function"),
        ("string-length(.) > 3", "expression_unknown_function"),
        (". <= today()", "expression_unknown_function"),
        ("not(" * 30 + "1" + ")" * 30, "expression_too_deep"),
        ("(" * 100_000, "expression_too_long"),
    ],
)
def test_what_is_no_expression_of_ours_is_refused(text: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(text)
    assert refused.value.code == code


def test_and_binds_tighter_than_or() -> None:
    one, two, three = (Comparison("=", Ref(name), Figure(Decimal(1))) for name in "abc")
    assert parse("${a} = 1 or ${b}=1 and ${c} = 1") == Joined("or", (one, Joined("and", (two, three))))
    assert parse("(${a} = 1 or ${b}=1) and ${c} = 1") == Joined("and", (Joined("or", (one, two)), three))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("${ a } != 'x'", Comparison("!=", Ref("a"), Text("x"))),
        ('"it\'s" = ${a}', Comparison("=", Text("it's"), Ref("a"))),
        ("‘x’ = ${a}", Comparison("=", Text("x"), Ref("a"))),
        (". >= -1.5", Comparison(">=", Self(), Figure(Decimal("-1.5")))),
        (".>.5", Comparison(">", Self(), Figure(Decimal("0.5")))),
        ("selected(${a},'b c')", Call("selected", (Ref("a"), Text("b c")))),
        ("not(selected(., 'b'))", Call("not", (Call("selected", (Self(), Text("b"))),))),
        ("count-selected(.)<=2", Comparison("<=", Call("count-selected", (Self(),)), Figure(Decimal(2)))),
    ],
)
def test_an_expression_is_a_tree(text: str, tree: object) -> None:
    assert parse(text) == tree
