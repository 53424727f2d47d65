"""Every act that is written into the audit trail can be read there in words."""

from __future__ import annotations

import ast
import re

from shopper.errors import all_words
from tests.rules.acts import acts_of, calls

NOUN_AND_PARTICIPLE = re.compile(r"[a-z_]+\.[a-z_]+")


def test_every_act_is_said_where_it_is_written():
    unsaid = [
        f"{path}:{call.lineno} {ast.unparse(call.args[1])}"
        for path, call in calls()
        if not acts_of(path, call)
    ]
    assert unsaid == []


def test_every_act_has_its_words_and_every_words_their_act():
    written = set().union(*(acts_of(path, call) for path, call in calls()))
    assert {"visit.planned", "location.deactivated", "person.limited"} <= written
    assert sorted(written ^ all_words("ACTS").keys()) == []


def test_an_act_is_a_noun_and_what_was_done_to_it():
    assert [act for act in all_words("ACTS") if not NOUN_AND_PARTICIPLE.fullmatch(act)] == []
