"""Merging: the same set of changes gives the same register, whatever the order, batching or repetition."""

import hashlib
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from evaluations.fieldwork.registers import Register, Written, fold

NAME = "answer:greeted"


def written(id_: str, *base: str, leaves: str | None = '"yes"') -> Written:
    return Written(id_, base, leaves)


@st.composite
def logs(draw: st.DrawFn) -> list[Written]:
    """Changes with any base at all: on top of earlier ones, side by side, unknown, in rings."""
    ids = [f"change-{number}" for number in range(draw(st.integers(1, 8)))]
    base = st.lists(st.sampled_from([*ids, "never-arrives"]), max_size=3, unique=True)
    leaves = st.sampled_from(['"yes"', '"no"', None])
    return [Written(one, tuple(draw(base)), draw(leaves)) for one in ids]


def test_a_register_that_nobody_wrote_holds_nothing():
    assert fold(NAME, []) == Register((), None, False, {})


def test_a_change_supersedes_what_its_writer_saw():
    register = fold(NAME, [written("a"), written("b", "a", leaves='"no"')])
    assert (register.heads, register.value, register.in_conflict) == (("b",), '"no"', False)
    assert register.depths == {"a": 1, "b": 2}


def test_two_that_saw_neither_are_in_conflict_and_both_stay():
    register = fold(NAME, [written("a"), written("b", leaves='"no"')])
    assert register.heads == ("a", "b")
    assert register.in_conflict


def test_two_that_say_the_same_are_no_conflict():
    register = fold(NAME, [written("a"), written("b")])
    assert (register.heads, register.value, register.in_conflict) == (("a", "b"), '"yes"', False)


def test_of_heads_that_differ_the_deepest_is_provisional():
    log = [
        written("a"),
        written("b", "a"),
        written("c", "b", leaves='"deep"'),
        written("z", "a", leaves='"flat"'),
    ]
    register = fold(NAME, log)
    assert (register.value, register.in_conflict) == ('"deep"', True)


def test_of_heads_equally_deep_the_greater_hash_is_provisional():
    log = [written(name, leaves=f'"{name}"') for name in "abcdef"]
    greatest = max("abcdef", key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    assert fold(NAME, log).value == f'"{greatest}"'


def test_a_change_that_lists_all_heads_settles_the_conflict():
    register = fold(NAME, [written("a"), written("b", leaves='"no"'), written("c", "a", "b")])
    assert (register.heads, register.in_conflict) == (("c",), False)


def test_what_arrives_before_its_base_is_superseding_all_the_same():
    assert fold(NAME, [written("b", "a", leaves='"no"')]).heads == ("b",)
    assert fold(NAME, [written("b", "a", leaves='"no"'), written("a")]).heads == ("b",)


def test_clearing_leaves_nothing():
    assert fold(NAME, [written("a"), written("b", "a", leaves=None)]).value is None


def test_a_photo_that_one_attached_and_another_detached_is_there_and_flagged():
    log = [written("a"), written("b", "a", leaves=None), written("c", "b", leaves=None), written("d", "a")]
    register = fold("photo:one", log)
    assert (register.value, register.in_conflict) == ('"yes"', True)


def test_a_photo_detached_by_all_is_gone():
    register = fold("photo:one", [written("a"), written("b", "a", leaves=None)])
    assert (register.value, register.in_conflict) == (None, False)


def test_a_ring_loses_nothing():
    register = fold(NAME, [written("a", "b", leaves='"one"'), written("b", "a", leaves='"two"')])
    assert register.heads == ("a", "b")


def test_what_supersedes_a_ring_is_its_only_head():
    assert fold(NAME, [written("a", "b"), written("b", "a"), written("c", "a", "b")]).heads == ("c",)


def test_a_change_cannot_supersede_itself():
    assert fold(NAME, [written("a", "a")]).heads == ("a",)


def test_a_long_history_is_folded_without_recursion():
    log = [written("0")] + [written(str(number), str(number - 1)) for number in range(1, 5000)]
    assert fold(NAME, log).heads == ("4999",)


@given(logs(), st.randoms())
def test_order_and_repetition_are_irrelevant(log, random):
    shuffled = log + random.sample(log, random.randint(0, len(log)))
    random.shuffle(shuffled)
    for name in (NAME, "photo:one"):
        assert fold(name, shuffled) == fold(name, log)


@given(logs())
def test_what_nothing_supersedes_is_always_a_head(log):
    superseded = {one for change in log for one in change.base}
    heads = fold(NAME, log).heads
    assert heads
    assert {change.id for change in log} - superseded <= set(heads)


@given(logs())
def test_a_value_that_nobody_replaced_is_current_or_in_conflict(log):
    register = fold(NAME, log)
    for change in log:
        if change.id in register.heads and change.leaves != register.value:
            assert register.in_conflict


def test_every_order_of_a_small_history_agrees():
    log = [written("a"), written("b", "a", leaves='"no"'), written("c", "a"), written("d", "c", leaves=None)]
    folded = {str(fold(NAME, order).heads) + str(fold(NAME, order).value) for order in permutations(log)}
    assert len(folded) == 1
