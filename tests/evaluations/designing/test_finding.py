"""The library is found in by words and by every facet at once."""

from collections import Counter
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.designing.finding import FACETS, Offer, Wanted, counts, found, lenses_of, offers
from evaluations.designing.library import find, library
from evaluations.document.tree import Channel, Lens, Phase, Stage
from evaluations.models import OwnTouchpoint

BUILT_IN = [Offer(entry) for entry in library()]
OWN = Offer(find("greeting"), OwnTouchpoint(id=uuid4(), name="Bakery welcome", entry="{}"))
wanted = st.builds(
    Wanted,
    words=st.sampled_from(["", "till", "mensaje", "photo", "a e i o u"]),
    phase=st.none() | st.sampled_from(Phase),
    stage=st.none() | st.sampled_from(Stage),
    channel=st.none() | st.sampled_from(Channel),
    lens=st.none() | st.sampled_from(Lens),
)


def keys(offered):
    return {offer.entry.key for offer in offered}


@pytest.mark.parametrize("words", ["zebra", "queue zebra", "%", "greeting_smile"])
def test_what_nobody_says_finds_nothing(words):
    assert found(BUILT_IN, Wanted(words=words)) == []


def test_all_words_have_to_be_said_somewhere_in_the_entry():
    assert keys(found(BUILT_IN, Wanted(words="QUEUE receipt"))) == {"checkout"}
    assert "checkout" not in keys(found(BUILT_IN, Wanted(words="queue invoice")))


def test_neither_accents_nor_capitals_need_to_be_typed():
    sought = keys(found(BUILT_IN, Wanted(words="ROTULO")))
    assert "signage" in sought
    assert sought == keys(found(BUILT_IN, Wanted(words="rótulo")))


def test_an_own_touchpoint_is_found_by_its_name_in_the_office():
    assert found([*BUILT_IN, OWN], Wanted(words="bakery")) == [OWN]


def test_filters_are_combined():
    sought = found(BUILT_IN, Wanted(phase=Phase.AFTER, channel=Channel.STORE, stage=Stage.USE))
    assert keys(sought) == {"technical_service", "return_made"}


def test_an_entry_is_seen_through_every_lens_that_its_questions_carry():
    assert set(lenses_of(find("checkout"))) == {
        Lens.SIMPLICITY,
        Lens.CONSISTENCY,
        Lens.USEFULNESS,
        Lens.ATTRACTIVENESS,
    }


def test_whoever_wants_nothing_in_particular_is_offered_everything():
    assert found(offers([]), Wanted()) == BUILT_IN
    assert Wanted().is_anything
    assert not Wanted(lens=Lens.RELEVANCE).is_anything


@given(wanted)
def test_a_count_says_how_many_choosing_that_value_would_leave(want):
    said = counts(BUILT_IN, want)
    for name, members in {"phase": Phase, "stage": Stage, "channel": Channel, "lens": Lens}.items():
        for member in members:
            values = {facet: getattr(want, facet) for facet in FACETS} | {name: member}
            assert said[name][member] == len(found(BUILT_IN, Wanted(words=want.words, **values)))


def test_counts_of_nothing_are_empty():
    assert counts([], Wanted()) == {name: Counter() for name in FACETS}
