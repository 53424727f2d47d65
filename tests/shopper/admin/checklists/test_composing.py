"""Whatever can be composed is shown as it was composed; what is nested more deeply is left alone."""

from hypothesis import given
from hypothesis import strategies as st

from evaluations.document.tree import All, AnyOf, Is, Not, WasAnswered
from evaluations.document.tree.condition import leaves_of
from shopper.admin.forms.checklists.composing import JOINS, Composition, Group, composed, condition_of
from tests.evaluations.designing.xlsform.worded import conditions

A, B, C = (Is(question=key, answer="yes") for key in "abc")
TESTS = conditions(["a", "b", "c"]).filter(lambda one: not isinstance(one, All | AnyOf | Not))
SOME = st.lists(TESTS, min_size=1, max_size=3).map(tuple)
GROUPS = st.builds(Group, join=st.sampled_from(JOINS), tests=SOME)
COMPOSITIONS = st.builds(
    Composition,
    join=st.sampled_from(JOINS),
    parts=st.lists(TESTS | GROUPS, min_size=1, max_size=3).map(tuple),
)


@given(COMPOSITIONS)
def test_what_was_composed_is_shown_again_and_means_the_same(composition):
    condition = condition_of(composition)
    again = composed(condition)
    assert again is not None
    assert condition_of(again) == condition


@given(conditions(["a", "b", "c"]))
def test_any_condition_is_shown_with_all_of_its_tests_or_not_at_all(condition):
    found = composed(condition)
    if found is not None:
        tests = [
            each for part in found.parts for each in (part.tests if isinstance(part, Group) else (part,))
        ]
        assert tests == list(leaves_of(condition))
        assert condition_of(composed(condition_of(found))) == condition_of(found)


def test_each_join_is_what_it_says():
    assert composed(A) == Composition("all", (A,))
    assert composed(AnyOf(of=(A, B))) == Composition("any", (A, B))
    assert composed(Not(of=AnyOf(of=(A, B)))) == Composition("none", (A, B))
    assert composed(Not(of=A)) == Composition("none", (A,))
    assert composed(All(of=(A, Not(of=B)))) == Composition("all", (A, Group("none", (B,))))
    assert composed(Not(of=All(of=(A, B)))) == Composition("none", (Group("all", (A, B)),))


def test_two_levels_of_groups_are_not_composed():
    assert composed(All(of=(A, AnyOf(of=(B, Not(of=C)))))) is None
    assert composed(All(of=(A, Not(of=All(of=(B, WasAnswered(question="c"))))))) is None


def test_nothing_makes_no_condition():
    assert condition_of(Composition("none", ())) is None
    assert condition_of(Composition("all", (Group("any", ()),))) is None
