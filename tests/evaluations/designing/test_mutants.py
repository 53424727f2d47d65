"""Sound checklists that were altered somewhere: whatever gets in, none that breaks a rule is stored or published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from evaluations.designing import checking, drafts, files, publishing
from evaluations.designing.xlsform import reading, writing
from evaluations.designing.xlsform.opening import OpenedSheet
from evaluations.document import canonical
from evaluations.document.tree import Document, YesNo
from evaluations.errors import Invalid
from evaluations.models import Person, Role, Version
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.evaluations.designing.laws import broken
from tests.evaluations.designing.xlsform.worded import worded_documents

ODD: list[Any] = [
    None, True, -1, 0, 1, 10**6, "", "-1", "1e9", "NaN", "Infinity", "0.001", "yes", "warm", "en", "de",
    "A b", "x" * 41, "all", "[", "(a+)+$", [], {}, ["en", "en"], [{}], {"en": "x"}, {"de": "x"}, {"test": "is"},
]  # fmt: skip
CELLS = [
    "",
    "0",
    "-3",
    "1e9",
    "TRUE",
    "select_one",
    "begin_group",
    "${first} = 1",
    "all",
    "{",
    "x" * 41,
    "a b",
]
ONCE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def ana(session: Session) -> Person:
    """Who does all of it."""
    return a_person(session, Role.DESIGNER)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every part of a JSON value."""
    for name, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, name)
        if isinstance(part, dict | list):
            yield from places(part, (*path, name))


@st.composite
def mutants(draw: st.DrawFn) -> dict[str, Any]:
    """A sound checklist's JSON in which one to three parts were put away, doubled, exchanged or replaced."""
    mutant: dict[str, Any] = json.loads(canonical.write(draw(worded_documents())))
    for _ in range(draw(st.integers(1, 3))):
        *way, name = draw(st.sampled_from(sorted(places(mutant), key=str)))
        parent: Any = mutant
        for step in way:
            parent = parent[step]
        deed = draw(st.sampled_from(["drop", "double", "replace", "replace", "graft"]))
        if deed == "drop":
            del parent[name]
        elif deed == "double" and isinstance(parent, list):
            parent.insert(draw(st.integers(0, len(parent))), deepcopy(parent[name]))
        elif deed == "graft":
            other = draw(st.sampled_from(sorted(places(mutant), key=str)))
            found: Any = mutant
            for step in other:
                found = found[step]
            parent[name] = deepcopy(found)
        else:
            parent[name] = draw(st.sampled_from(ODD))
        if not mutant:
            break
    return mutant


def stored(session: Session) -> list[dict[str, Any]]:
    """Every document that is stored, as plain JSON."""
    session.flush()
    session.expire_all()
    versions = session.scalars(select(Version).options(undefer(Version.document)))
    return [json.loads(version.document) for version in versions]


def publish(session: Session, draft: Version, ana: Person) -> bool:
    """Whether it could be published; else it was said why."""
    try:
        publishing.publish(session, draft, draft.edition, by=ana, at=NOON)
    except Invalid as refusal:
        if refusal.code != "not_ready":
            raise
        return False
    return True


def taken_in(session: Session, found: reading.Reading, ana: Person) -> None:
    """Start a checklist from what was read, publish it if that goes, and look at what came of it."""
    if found.document is None:
        assert found.faults
        return
    with session.begin_nested() as trial:
        draft = files.start(session, "A file", found, file_name="a.json", by=ana, at=NOON)
        is_published = publish(session, draft, ana)
        for one in stored(session):
            assert broken(one) == []
        if is_published:
            assert checking.errors(canonical.read(draft.document)) == ()
        trial.rollback()


def test_the_laws_know_a_sound_checklist_from_a_broken_one() -> None:
    sound = json.loads(canonical.write(document(touchpoint("till", yes_no("one"), yes_no("two")))))
    assert broken(sound) == []
    one, two = sound["touchpoints"][0]["questions"]
    for part, name, value in (
        (two, "key", "one"), (one, "key", "One"), (one, "points", "-1"), (sound, "languages", []),
        (sound["touchpoints"][0], "weight", "-1"), (one, "show_if", {"test": "is", "question": "two"}),
        (two, "show_if", {"test": "not", "of": {"test": "is", "question": "three"}}), (one, "minimum", "3"),
    ):  # fmt: skip
        altered = dict(part)
        part[name] = value
        part |= {"maximum": "2"} if name == "minimum" else {}
        assert broken(sound), (name, value)
        part.clear()
        part |= altered


@ONCE
@given(mutant=mutants())
def test_no_altered_file_of_our_own_gets_a_broken_checklist_in(
    session: Session, ana: Person, mutant: dict[str, Any]
) -> None:
    try:
        found = files.read(json.dumps(mutant).encode(), "a.json", language="en")
    except Invalid as refusal:
        if refusal.code != "bad_document":
            raise
        return
    taken_in(session, found, ana)


@ONCE
@given(data=st.data())
def test_no_altered_workbook_gets_a_broken_checklist_in(
    session: Session, ana: Person, data: st.DataObject
) -> None:
    sheets = writing.sheets(data.draw(worded_documents()), form_id="a", version="1")
    for _ in range(data.draw(st.integers(1, 4))):
        sheet = data.draw(st.sampled_from([one for one in sheets if one.records]))
        _number, cells = data.draw(st.sampled_from(list(sheet.records or ())))
        others = [cell for _, row in sheet.records or () for cell in row]
        if cells:
            place = data.draw(st.integers(0, len(cells) - 1))
            cells[place] = data.draw(st.sampled_from(CELLS) | st.sampled_from(others))
    taken_in(session, reading.read(_shuffled(data, sheets), title="A file"), ana)


def _shuffled(data: st.DataObject, sheets: list[OpenedSheet]) -> list[OpenedSheet]:
    """The sheets, with two rows of one of them exchanged, or a row twice."""
    sheet = data.draw(st.sampled_from([one for one in sheets if len(one.records or ()) > 2]))
    records = list(sheet.records or ())
    one, other = (data.draw(st.integers(1, len(records) - 1)) for _ in range(2))
    if data.draw(st.booleans()):
        records[one], records[other] = records[other], records[one]
    else:
        records.insert(other, records[one])
    numbered = [(number, list(cells)) for number, (_old, cells) in enumerate(records, 1)]
    return [OpenedSheet(sheet.name, numbered) if each is sheet else each for each in sheets]


@pytest.mark.parametrize(
    "altered",
    [
        {"touchpoints": (touchpoint("till", yes_no("one")).model_copy(update={"questions": (yes_no("a"),) * 2}),)},
        {"languages": ()},
        {"touchpoints": (touchpoint("till", YesNo(key="a").model_copy(update={"points": Decimal(-5)})),)},
    ],
)  # fmt: skip
def test_not_even_code_that_goes_round_the_rules_can_store_what_breaks_them(
    session: Session, ana: Person, altered: dict[str, Any]
) -> None:
    sound: Document = document(touchpoint("till", yes_no("one")))
    unsound = sound.model_copy(update=altered)
    with pytest.raises(Invalid, match="bad_document"):
        drafts.start(session, "A checklist", unsound, by=ana, at=NOON)
    draft = drafts.start(session, "A checklist", sound, by=ana, at=NOON)
    session.flush()
    with pytest.raises(Invalid, match="bad_document"):
        drafts.save(session, draft, unsound, draft.edition, by=ana, at=NOON)
    assert canonical.read(draft.document) == sound
