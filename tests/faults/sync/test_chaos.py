"""Many visits over a network that does everything wrong: each arrives whole, once, and not much is sent twice."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable

from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.length import SEED, rounds
from tests.faults.sync.air import Air, Fate
from tests.faults.sync.handset import Handset
from tests.faults.sync.house import Given, House

AT_ONCE = 50
"""Visits in one installation."""
PHOTOS = 5
MOST_TRIES = 200
SHAKY = dict.fromkeys((Fate.LOST, Fate.ANSWER_LOST, Fate.TWICE, Fate.LATE, Fate.CUT), 0.1)
POOR = {Fate.LOST: 0.025, Fate.ANSWER_LOST: 0.025}
MOST_SENT = 1.5
"""Bytes sent for each byte that there is to send, where one request in twenty gets no answer."""


def a_way(draw: random.Random, odds: dict[Fate, float]) -> Callable[[], Fate]:
    """A network with these odds; whatever is left of them goes well."""
    fates, weights = [*odds, Fate.GOES], [*odds.values(), 1 - sum(odds.values())]
    return lambda: draw.choices(fates, weights)[0]


def a_filled_phone(given: Given, air: Air, number: int, weight: int) -> Handset:
    """A phone with a whole visit on it, its photos unlike each other and of at least `weight` bytes."""
    phone = Handset(given, air)
    for key in ("greeted", "warm"):
        phone.answers(key, "yes")
        phone.comments(key, f"Comment {number}")
    for photo in range(PHOTOS):
        note = f"{number} {photo} ".encode()
        phone.photographs("greeted", a_jpeg(30, 20, comment=note.ljust(weight, b"x")))
    phone.makes_ready()
    return phone


def arrives(house: House, phone: Handset, way: Callable[[], Fate]) -> None:
    """Everything goes through in the end, although some of it comes late and again, and all is there once."""
    for _ in range(MOST_TRIES):
        if phone.drains(way):
            break
    while phone.air.late:
        phone.air.arrives(0)
    held = house.holds(phone.given)
    made = {record.id: record.change for record in phone.storage.mine}
    assert Counter(id for id, _body, _said in held.changes) == Counter(made.keys())
    assert all(json.loads(body) == made[id] for id, body, _said in held.changes)
    assert sorted(held.photos) == sorted(phone.taken.items())
    assert held.receipts == [("visit", 1)]
    assert (phone.storage.state, phone.storage.hand_in) == ("submitted", None)


def test_every_visit_arrives_whole_and_once(build, tell):
    visits, draw, requests = rounds(50, 5_000), random.Random(SEED), 0
    way = a_way(draw, SHAKY)
    for first in range(0, visits, AT_ONCE):
        house = build(min(AT_ONCE, visits - first))
        air = Air(house)
        for number, given in enumerate(house.visits, first):
            arrives(house, a_filled_phone(given, air, number, 20), way)
        requests += air.tally.total()
    tell(visits=visits, photos=visits * PHOTOS, requests=requests, seed=SEED)


def test_a_poor_network_costs_little_more_than_a_good_one(build, tell):
    visits, draw, sent, payload = rounds(10, 500), random.Random(SEED), 0, 0
    way = a_way(draw, POOR)
    for first in range(0, visits, AT_ONCE):
        house = build(min(AT_ONCE, visits - first))
        air = Air(house)
        for number, given in enumerate(house.visits, first):
            phone = a_filled_phone(given, air, number, 60_000)
            payload += sum(len(picture.body) for picture in phone.storage.pictures.values())
            arrives(house, phone, way)
        sent += air.sent_bytes
    tell(visits=visits, sent_per_byte=f"{sent / payload:.2f}", seed=SEED)
    assert sent <= MOST_SENT * payload
