"""Several phones and a server, and everything that happens to them, in any order: what must always hold, holds.

Hypothesis draws the order. `world` says how the server is made, so that a broken one can be put in its place.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from evaluations.document.canonical import canonical_json
from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.sync import folding
from tests.faults.sync.air import Air, Fate
from tests.faults.sync.handset import Handset
from tests.faults.sync.house import Backup, Held, House
from tests.faults.sync.storage import Storage

PICTURES = [a_jpeg(width, 20) for width in (20, 21, 22)]
MOST_HANDSETS = 4
MOST_DRAINS = 12
handsets = st.integers(0, MOST_HANDSETS - 1)
places = st.integers(0, 5)
fates = st.sampled_from([Fate.GOES, Fate.GOES, Fate.GOES, *Fate])
keys = st.sampled_from(["greeted", "warm"])
deeds = st.sampled_from(["answer", "answer", "comment", "photo"])
Act = tuple[str, str, int]
acts = st.lists(st.tuples(deeds, keys, st.integers(0, 2)), min_size=1, max_size=4)
SENT = ["announces", "catches_up", "fetches_package", "sends_changes", "sends_a_photo", "hands_in"]
SIGNING = ["signs_in", "signs_in", "signs_in", "signs_in", "signs_out", "other_signs_in", "stranger_sends"]
MISHAPS = ["clone", "copy", "put_back", "put_back", "wipe", "wait"]


class World(RuleBasedStateMachine):
    """A visit that one shopper makes on two phones and more, while another shopper has one too."""

    house: House
    """Set by the test: one application for all examples, put back to its beginning before each."""
    make: type[Handset] = Handset
    fates: Counter[Fate]
    """What happened to all requests of all examples."""

    def __init__(self) -> None:
        super().__init__()
        self.house.is_restored(self.house.pristine)
        self.house.day = 0
        self.house.receipted.clear()
        self.given, self.other = self.house.visits[:2]
        self.air = Air(self.house)
        self.air.tally = self.fates
        self.phones = [self.make(self.given, self.air) for _ in range(2)]
        self.stranger = self.make(self.other, self.air)
        self.made: defaultdict[str, set[str]] = defaultdict(set)
        """Every body that a change ever had on a phone."""
        self.taken: dict[str, str] = {}
        self.gone: set[str] = set()
        """What was destroyed together with storage, or by a restored server after that: nobody can have it."""
        self.held_once: set[str] = set()
        """What the storage of some phone on which it was made ever held."""
        self.unsafe: set[str] = set()
        """What such storage once held and none holds any more, so that a restored server has nobody to ask."""
        self.lost_by_server: set[str] = set()
        self.backups: list[Backup] = []
        self.copies: list[Storage] = []

    def phone(self, number: int) -> Handset:
        """One of the phones."""
        return self.phones[number % len(self.phones)]

    # ---- what shoppers do

    @initialize(first=acts, second=acts)
    def the_visit_is_begun(self, first: list[Act], second: list[Act]) -> None:
        self.somebody_works(0, first)
        self.somebody_works(1, second)

    @rule(number=handsets, acts=acts)
    def somebody_works(self, number: int, acts: list[Act]) -> None:
        phone = self.phone(number)
        for deed, key, choice in acts if phone.storage.is_open else ():
            if deed == "answer":
                phone.answers(key, ["yes", "no", "yes"][choice])
            elif deed == "comment":
                phone.comments(key, "abc"[choice])
            else:
                phone.photographs(key, PICTURES[choice])

    @rule(number=handsets)
    def somebody_is_ready(self, number: int) -> None:
        if self.phone(number).storage.is_open:
            self.phone(number).makes_ready()

    # ---- what phones send

    @rule(number=handsets, what=st.sampled_from(SENT), fate=fates)
    def something_is_sent(self, number: int, what: str, fate: Fate) -> None:
        getattr(self.phone(number), what)(fate)

    @rule(number=handsets, ways=st.lists(fates, max_size=6), is_new=st.booleans())
    def a_phone_finds_signal(self, number: int, ways: list[Fate], is_new: bool) -> None:
        left = iter(ways)
        for _ in range(len(ways) + 1):
            if self.phone(number).drains(lambda: next(left, Fate.GOES), is_new=is_new):
                break

    @precondition(lambda self: self.air.late)
    @rule(place=places)
    def something_arrives_late(self, place: int) -> None:
        self.air.arrives(place % len(self.air.late))

    # ---- what happens to people, phones and servers: each a method below

    @rule(number=handsets, what=st.sampled_from(SIGNING))
    def somebody_signs_in_or_out(self, number: int, what: str) -> None:
        getattr(self, f"_{what}")(self.phone(number))

    @rule(what=st.sampled_from(["sends_back", "sends_back", "sends_back", "calls_off"]))
    def the_office_decides(self, what: str) -> None:
        if (
            what == "sends_back" or len(self.made) > 6
        ):  # else most examples would end with the visit called off
            getattr(self.house, what)(self.given)

    @rule(number=handsets, what=st.sampled_from(MISHAPS), place=places)
    def storage_suffers(self, number: int, what: str, place: int) -> None:
        getattr(self, f"_{what}")(self.phone(number), place)

    @rule(
        what=st.sampled_from(
            ["back_up", "back_up", "back_up", "restore", "restore", "lose_photos", "have_a_bad_disk"]
        ),
        place=places,
    )
    def the_server_suffers(self, what: str, place: int) -> None:
        if what == "back_up" or (what == "restore" and not self.backups):
            self.backups.append(self.house.backup())
            return
        before = self.house.holds(self.given).ids
        if what == "restore":
            self.house.is_restored(self.backups[place % len(self.backups)])
        elif what == "lose_photos":
            self.house.loses_photos()
        else:
            self.house.has_a_bad_disk(place)
        lost = before - self.house.holds(self.given).ids
        self.lost_by_server |= lost
        self.gone |= lost & self.unsafe

    def _signs_in(self, phone: Handset) -> None:
        phone.cookie = self.given.cookie

    def _signs_out(self, phone: Handset) -> None:
        phone.cookie = ""

    def _other_signs_in(self, phone: Handset) -> None:
        phone.cookie = self.other.cookie

    def _stranger_sends(self, phone: Handset) -> None:
        """Another shopper who knows every id sends what is not theirs, and asks for it."""
        thief = self.make(replace(self.given, shopper=self.other.shopper), self.air, deepcopy(phone.storage))
        thief.cookie = self.other.cookie
        for record in thief.storage.records.values():
            record.state = "kept"
        thief.sends_changes()
        assert thief.catches_up() != "accepted", "a stranger reads what is not theirs"

    def _clone(self, phone: Handset, _place: int) -> None:
        if len(self.phones) < MOST_HANDSETS:
            self.phones.append(phone.clone())

    def _copy(self, phone: Handset, _place: int) -> None:
        self.copies.append(deepcopy(phone.storage))

    def _put_back(self, phone: Handset, place: int) -> None:
        if self.copies:
            self._replaces(phone, deepcopy(self.copies[place % len(self.copies)]))

    def _wipe(self, phone: Handset, _place: int) -> None:
        self._replaces(phone, Storage())

    def _replaces(self, phone: Handset, storage: Storage) -> None:
        self._remember()
        before = self._on_phones()
        phone.storage = storage
        self.gone |= before - self._on_phones() - self.house.holds(self.given).ids

    def _wait(self, phone: Handset, _place: int) -> None:
        """More than two weeks pass, and backups that old are no more; then a page is opened."""
        self.backups.clear()
        self.house.day += 15
        phone.purges()

    # ---- what must always hold

    @invariant()
    def all_is_well(self) -> None:
        self._remember()
        held = self.house.holds(self.given)
        self._nothing_is_doubled_or_invented(held)
        self._nothing_is_lost(held)
        assert held.heads == _heads_of(held), "the projection is not what the log says"

    def _nothing_is_doubled_or_invented(self, held: Held) -> None:
        for rows in ([id for id, *_rest in held.changes], [id for id, _sha256 in held.photos], held.receipts):
            assert [row for row, count in Counter(rows).items() if count > 1] == [], "doubled"
        assert all(body in self.made[id] for id, body, _said in held.changes), "invented"
        assert all(self.taken[id] == sha256 for id, sha256 in held.photos), "a photo with other bytes"
        assert held.authors <= {self.given.shopper}, "sent in another's name"

    def _nothing_is_lost(self, held: Held) -> None:
        everything = self.made.keys() | self.taken.keys()
        assert everything - held.ids - self._on_phones() <= self.gone, "lost"
        self.lost_by_server -= held.ids
        for phone in self.phones:
            safe = {item.id for item in phone.storage.items if item.state == "acknowledged"}
            assert safe - held.ids <= self.lost_by_server, "called safe, and not there"

    def _remember(self) -> None:
        for phone in (*self.phones, self.stranger):
            for change in phone.made:
                self.made[change["id"]].add(canonical_json(change))
            phone.made.clear()
            self.taken |= phone.taken
        self.held_once |= self._on_phones()
        self.unsafe = self.held_once - self._on_phones()

    def _on_phones(self) -> set[str]:
        """What is on a phone that can send it: what another device made and this one only read is not."""
        return {item.id for phone in self.phones for item in phone.storage.own}

    def teardown(self) -> None:
        """In the end there is signal everywhere, and everybody signs in again."""
        while self.air.late:
            self.air.arrives(0)
        for phone in self.phones:
            phone.cookie = self.given.cookie
        for _ in range(MOST_DRAINS):
            done = [phone.drains() for phone in self.phones]  # each has its turn in every round
            if all(done):
                break
        self.all_is_well()
        held = self.house.holds(self.given)
        for phone in self.phones:
            waiting = [item for item in phone.storage.items if item.state == "kept"]
            assert not waiting, "the queue never empties"
            assert phone.storage.hand_in is None, "the hand-in never goes"
            safe = {item.id for item in phone.storage.own if item.state == "acknowledged"}
            assert safe <= held.ids | self.gone, "called safe, and not there in the end"
            assert phone.catches_up() == "accepted"
            told = {id for id, *_rest in held.changes}
            assert told <= phone.storage.records.keys(), "a phone never hears of it"


def _heads_of(held: Held) -> dict[str, list[str]]:
    log = [json.loads(body) for _id, body, said in held.changes if said != "after_hand_in"]
    return folding.heads(log)


def a_world(house: House, make: Callable[..., Handset] = Handset) -> type[World]:
    """The machine on this house, with phones that `make` makes."""
    return type("World", (World,), {"house": house, "make": make, "fates": Counter()})
