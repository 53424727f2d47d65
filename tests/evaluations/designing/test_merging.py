"""What two designers made of the same thing is put together field by field."""

import pytest

from evaluations.designing.merging import Clash, merged

BASE = {"text": {"en": "Lit?", "es": "¿Luz?"}, "points": 10, "options": ("a", "b")}


def with_(**values):
    return BASE | values


@pytest.mark.parametrize(
    ("mine", "theirs", "clash"),
    [
        (with_(points=5), with_(points=7), Clash("points", None, 5, 7)),
        (
            with_(text={"en": "Bright?", "es": "¿Luz?"}),
            with_(text={"en": "Shining?", "es": "¿Luz?"}),
            Clash("text", "en", "Bright?", "Shining?"),
        ),
        (
            with_(text={"en": "Lit?"}),
            with_(text={"en": "Lit?", "es": "¿Sol?"}),
            Clash("text", "es", "", "¿Sol?"),
        ),
        (with_(options=("a",)), with_(options=("b", "a")), Clash("options", None, ("a",), ("b", "a"))),
    ],
)
def test_what_both_changed_clashes_and_mine_stands_until_somebody_chooses(mine, theirs, clash):
    both = merged(BASE, mine, theirs)
    assert both.clashes == (clash,)
    assert both.fields[clash.field] == mine[clash.field]


def test_without_what_was_before_every_difference_clashes():
    both = merged(None, with_(points=5), BASE)
    assert [clash.name for clash in both.clashes] == ["points"]


def test_what_both_changed_alike_is_no_clash():
    both = merged(BASE, with_(points=5), with_(points=5))
    assert (both.clashes, both.taken, both.fields["points"]) == ((), (), 5)


def test_what_one_changed_is_kept_beside_what_the_other_changed():
    mine = with_(text={"en": "Bright?", "es": "¿Luz?"})
    theirs = with_(text={"en": "Lit?", "es": "¿Sol?"}, points=7)
    both = merged(BASE, mine, theirs)
    assert both.fields == {"text": {"en": "Bright?", "es": "¿Sol?"}, "points": 7, "options": ("a", "b")}
    assert (both.clashes, both.taken) == ((), ("text", "points"))


def test_a_wording_that_was_taken_away_is_away():
    both = merged(BASE, with_(text={"en": "Lit?"}), BASE)
    assert both.fields["text"] == {"en": "Lit?"}


def test_what_the_form_does_not_hold_is_theirs():
    both = merged(BASE, {"points": 5}, with_(options=("c",)))
    assert both.fields == with_(points=5, options=("c",))
