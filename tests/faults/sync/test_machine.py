"""The protocol under everything that happens to phones, networks and servers, in orders that nobody thought of."""

from __future__ import annotations

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.length import SEED, SHARE, rounds
from tests.faults.sync.air import Air, Fate
from tests.faults.sync.handset import Handset
from tests.faults.sync.machine import a_world

EXAMPLES = rounds(100, 10_000)
STEPS = 100 if SHARE else 40
"""A share of the long form has fewer examples, each as long."""


def test_a_phone_keeps_what_a_restored_server_lost_however_old_its_receipt_is(house):
    phone = Handset(house.visits[0], Air(house))
    backup = house.backup()
    phone.answers("greeted", "yes")
    phone.photographs("greeted", a_jpeg(20, 20))
    phone.makes_ready()
    assert phone.drains()
    house.is_restored(backup)
    house.day += 15
    phone.purges()
    assert len(phone.storage.own) == 3, "it was never asked whether the server still has it"
    phone.makes_ready()
    assert not phone.drains(), "it does not ask whether what it sent again was all"
    assert phone.drains()
    house.day += 13
    assert phone.drains()
    assert len(phone.storage.own) == 3
    house.day += 2
    assert phone.drains()
    assert phone.storage.own == []
    assert len(house.holds(phone.given).ids) == 3


def test_a_newer_backup_brings_its_photos_back_after_an_older_one_was_restored(house):
    """The house itself: of what no phone has any more, a newer backup may be the only place."""
    phone = Handset(house.visits[0], Air(house))
    photo = phone.photographs("greeted", a_jpeg(20, 20))
    assert phone.drains()
    newer = house.backup()
    house.is_restored(house.pristine)
    assert photo not in house.holds(phone.given).ids
    house.is_restored(newer)
    assert photo in house.holds(phone.given).ids


@pytest.mark.parametrize("harm", [None, *range(8)])
def test_a_server_whose_photos_are_gone_or_damaged_gets_back_what_phones_still_have(house, harm):
    phone = Handset(house.visits[0], Air(house))
    photo = phone.photographs("greeted", a_jpeg(20, 20))
    phone.makes_ready()
    assert phone.drains()
    if harm is None:
        house.loses_photos()
    else:
        house.has_a_bad_disk(harm)
    assert photo not in house.holds(phone.given).ids
    while not phone.drains():
        pass
    assert photo in house.holds(phone.given).ids


def test_a_restored_server_gets_back_what_two_copies_of_a_phone_numbered_alike(house):
    one = Handset(house.visits[0], Air(house))
    one.answers("greeted", "yes")
    two = one.clone()
    backup = house.backup()
    for phone, answer in ((one, "yes"), (two, "no")):
        phone.answers("warm", answer)
        phone.drains()
    assert len(house.holds(one.given).ids) == 3
    house.is_restored(backup)
    for phone in (two, one):
        phone.drains()
    assert len(house.holds(one.given).ids) == 3


def a_copy_beside_one_who_sent(house):
    """A phone with a copy of the storage of another, which has answered and sent; and a backup of then."""
    one = Handset(house.visits[0], Air(house))
    two = one.clone()
    one.answers("greeted", "yes")
    assert one.drains()
    return two, house.backup()


def test_what_a_restored_server_lacks_beside_numbers_alike_goes_at_once_too(house):
    two, backup = a_copy_beside_one_who_sent(house)
    two.answers("greeted", "no")
    two.comments("greeted", "Nobody looked up")
    assert two.drains()
    before = house.holds(two.given).ids
    assert len(before) == 3
    house.is_restored(backup)
    assert not two.drains(), "it does not ask whether what it sent again was all"
    assert house.holds(two.given).ids == before
    assert two.drains()


def test_what_has_the_number_of_another_goes_again_beside_a_number_that_nobody_has_any_more(house):
    two, backup = a_copy_beside_one_who_sent(house)
    answer = {"state": "answered", "value": "no"}
    first = two.writes("answer.set", "answer:greeted", answer)["id"]
    given_back = two.writes("comment.set", "comment:greeted", "Nobody looked up")["id"]
    assert two.drains()
    house.is_restored(backup)
    del two.storage.records[given_back]
    assert not two.drains(), "it believes that a server which lacks a change has all that is here"
    assert two.drains()
    assert first in house.holds(two.given).ids


def test_whatever_happens_nothing_is_lost_doubled_or_mixed_up(house, tell):
    world = seed(SEED)(a_world(house))
    run_state_machine_as_test(
        world, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, database=None)
    )
    tell(examples=EXAMPLES, steps=STEPS, seed=SEED, requests=world.fates.total(), answered=dict(house.tally))
    assert world.fates.keys() == set(Fate)
    assert {200, 201, 401, 422} <= house.tally.keys()
