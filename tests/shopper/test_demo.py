"""The demo agency shows every state, a trend and a pain point, from a fixed seed, and harms no used installation."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pypdf
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.database import connect, writing
from evaluations.document import canonical
from evaluations.document.answers import Answer
from evaluations.document.kinds import demands_comment
from evaluations.models import (
    Area,
    Client,
    CurrentRegister,
    Evaluation,
    EvaluationState,
    Fact,
    FactKind,
    Location,
    Outcome,
    Person,
    Photo,
    Programme,
    Remark,
    Report,
    Role,
    Scorecard,
    Version,
    Visit,
    VisitState,
    Wave,
)
from evaluations.photos.store import PhotoStore
from evaluations.queries import capture, portal
from shopper import demo, reports
from shopper.app import create_app
from shopper.config import Config
from shopper.demo import pictures, words
from shopper.demo.answering import CONSEQUENCES, PAIN, TREND
from shopper.demo.people import SHOPPERS
from tests.builders import NOON, a_person
from tests.shopper.browsing import visitor_of
from tests.shopper.demo_agency import Agency


def test_an_installation_with_people_wants_no_demo(session: Session):
    assert demo.is_wanted(session)
    a_person(session, Role.OWNER)
    assert not demo.is_wanted(session)


def test_two_brands_have_thirty_locations_in_a_tree_of_areas_and_three_waves_each(agency: Agency):
    session = agency.session
    assert [_count(session, table) for table in (Client, Location, Wave)] == [2, 30, 6]
    marisol = select(Area).join(Client, Area.client_id == Client.id).where(Client.name == "Marisol")
    regions = [area for area in session.scalars(marisol) if area.parent_id is None]
    districts = [area for area in session.scalars(marisol) if area.parent_id is not None]
    assert (len(regions), len(districts)) == (3, 7)
    first, last = session.execute(select(func.min(Wave.starts_on), func.max(Wave.ends_on))).one()
    assert 260 < (last - first).days < 300


def test_a_visit_is_in_every_state_that_there_is(agency: Agency):
    session = agency.session
    states = Counter(session.scalars(select(Evaluation.state)))
    assert 85 <= states[EvaluationState.RELEASED] <= 95
    no_act_leads_there = {EvaluationState.WITHDRAWN}
    assert set(states) == set(EvaluationState) - no_act_leads_there
    assert set(session.scalars(select(Visit.state))) == set(VisitState)
    assert set(session.scalars(select(Visit.outcome))) == {None, *Outcome}
    assert set(session.scalars(select(Scorecard.verdict))) == {
        "failed",
        "passed",
        "below_target",
        "not_scored",
    }
    assert session.scalar(select(func.max(Evaluation.round))) == 2
    assert _count(session, Remark) >= 5
    assert _count(session, Report) == 0, "reports are rendered when somebody asks"


def test_one_phone_is_silent_and_two_editors_hold_a_claim(agency: Agency):
    session = agency.session
    begun = select(Evaluation.visited_at).join(Evaluation.visit).where(Visit.state == VisitState.UNDER_WAY)
    hours = sorted((NOON - at).total_seconds() / 3600 for at in session.scalars(begun) if at)
    assert hours[0] < 1 < 24 < hours[-1]
    held = select(Evaluation.claimed_by_id).where(Evaluation.state == EvaluationState.IN_REVIEW)
    assert len(set(session.scalars(held))) == 2


def test_both_ways_to_a_total_all_kinds_of_answers_and_both_criticals_are_seen(agency: Agency):
    session = agency.session
    documents = [canonical.read(text) for text in session.scalars(select(Version.document)) if text]
    assert {document.scoring.total for document in documents} == {"points", "weights"}
    answers = [json.loads(value) for _eid, _register, value in _registers(session, "answer:")]
    assert {answer["state"] for answer in answers} == {"answered", "na", "not_observed"}
    cards = [json.loads(text) for text in session.scalars(select(Scorecard.card))]
    assert {fired["effect"] for card in cards for fired in card["criticals"]} == {"fails_visit", "caps_total"}


@pytest.mark.parametrize(
    "touchpoint", ["signage", "store_layout", "greeting", "staff", "returns", "email_capture"]
)
def test_one_touchpoint_rises_one_falls_and_the_others_stay(agency: Agency, touchpoint: str):
    means = _means(agency.session, touchpoint)
    rise = means[-1] - means[0]
    wanted = TREND.get(touchpoint, 0)
    if wanted:
        assert rise * wanted > 0
        assert abs(rise) > 10
        assert sorted(means, reverse=wanted < 0) == means, "wave by wave"
    else:
        assert abs(rise) < 8


def test_returns_are_the_pain_point_of_one_region_and_of_no_other(agency: Agency):
    region, touchpoint, _worse = PAIN
    session = agency.session
    reader = session.scalars(select(Person).where(Person.email == "client@demo.example")).one()
    tree = portal.areas(session, reader)
    for wave in portal.waves(session, reader):
        rows = portal.heat(session, reader, wave, tree).areas
        regions = {row.area.name: row.cells for row in rows if row.area and row.depth == 0}
        figures = {
            (name, key): cell.millionths or 0
            for name, cells in regions.items()
            for key, cell in cells.items()
        }
        assert min(figures, key=lambda place: figures[place]) == (region, touchpoint)
        assert figures[region, touchpoint] < 45_000_000
        assert min(figures[name, touchpoint] for name in regions if name != region) > 60_000_000


def test_no_visit_contradicts_itself_and_every_answer_that_must_be_explained_is(agency: Agency):
    for evaluation in _made(agency.session):
        document = canonical.read(evaluation.version.document)
        found = capture.contents(agency.session, evaluation)
        for (key, value), others in CONSEQUENCES.items():
            if (answer := found.answers.get(key)) and answer.value == value:
                assert all(found.answers.get(other) == wanted for other, wanted in others.items())
        for question in document.questions():
            answer = found.answers.get(question.key)
            if answer and demands_comment(question, answer):
                assert found.comments[question.key]


def test_stories_fit_the_answers_of_their_visit(agency: Agency):
    told = words.told("stories")
    for evaluation in _made(agency.session):
        answers = capture.contents(agency.session, evaluation).answers
        language = evaluation.shopper.language
        if (story := answers.get("staff_story")) is None:
            continue
        for question, part in (("staff_needs", "needs"), ("staff_undivided", "undivided")):
            opposite = {"yes": "no", "no": "yes"}[str(answers[question].value)]
            assert not _tells(story, told[language][part][opposite])
        for level, phrases in told[language]["decision"].items():
            if level != answers["staff_decision"].value:
                assert not _tells(story, phrases)


def test_no_two_stories_are_alike_and_none_is_left_half_filled(agency: Agency):
    session = agency.session
    stories = [
        json.loads(value)["value"]
        for _eid, name, value in _registers(session, "answer:")
        if name.endswith("_story")
    ]
    assert len(stories) == len(set(stories)) > 100
    starts = Counter(story[:90] for story in stories)
    assert max(starts.values()) <= 4, "not the same beginning again and again"
    for _eid, _name, value in (*_registers(session, "answer:"), *_registers(session, "comment:")):
        assert "{" not in str(json.loads(value)) or isinstance(json.loads(value), dict)
        assert not {"{", "}"} & set(str(_text(value)))


def test_photos_are_many_and_show_what_the_answers_say(agency: Agency):
    session = agency.session
    assert _count(session, Photo) > 180
    assert session.scalar(select(func.count(Photo.sha256.distinct()))) > 60
    shown = defaultdict(set)
    for eid, _name, value in _registers(session, "photo:"):
        shown[eid].add(json.loads(value)["question"])
    for evaluation in _made(session):
        found = capture.contents(session, evaluation).answers
        if (answer := found.get("layout_emergency_exit")) and answer.value == "yes":
            assert "layout_emergency_exit" in shown[evaluation.id]


@pytest.mark.parametrize("reader", ["client", "region", "cliente"])
def test_who_shopped_stands_in_nothing_that_a_client_reads(agency: Agency, reader: str):
    person = agency.session.scalars(select(Person).where(Person.email == f"{reader}@demo.example")).one()
    app = create_app(agency.config)
    app.testing = True
    visitor = visitor_of(app).signs_in(person)
    pages = [visitor.get("/portal/").text, visitor.get("/portal/visits").text]
    visits = portal.visits(agency.session, person).rows
    pages += [visitor.get(f"/portal/visits/{row.evaluation_id}").text for row in visits]
    assert len(pages) > 10
    names = {name for word, full, _language in SHOPPERS for name in (full, f"{word}@")}
    assert not [name for name in names for page in pages if name in page]
    app.extensions["engine"].dispose()


def test_who_shopped_stands_in_no_pdf(agency: Agency):
    reader = agency.session.scalars(select(Person).where(Person.email == "client@demo.example")).one()
    row = portal.visits(agency.session, reader).rows[0]
    card = portal.scorecard(agency.session, reader, row.evaluation_id)
    photos = PhotoStore(agency.config.photos)
    body = reports.render(agency.session, photos, card, "en")
    told = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(body)).pages)
    assert row.location in told
    assert not [full for _word, full, _language in SHOPPERS if full in told]


def test_the_demo_shows_its_sign_ins_to_its_owner_only(agency: Agency):
    shown = [line.split()[0] for line in demo.sign_ins(agency.config).splitlines()]
    assert shown == ["owner", "designer", "scheduler", "editor", "shopper", "client", "region", "cliente"]
    assert (agency.config.instance / "sign-ins.txt").stat().st_mode & 0o077 == 0


def test_one_client_user_sees_one_region_and_one_reads_spanish(agency: Agency):
    session = agency.session
    people = {person.email.split("@")[0]: person for person in session.scalars(select(Person))}
    assert [area.name for area in people["region"].areas] == ["South and East"]
    assert people["cliente"].language == "es"
    assert people["cliente"].client.name == "Ópticas Miranda"


def test_made_again_for_one_brand_alone_the_demo_finds_the_same(
    agency: Agency, database_url: str, tmp_path: Path
):
    config = Config(instance=tmp_path, database_url=database_url, secret="a secret for tests")
    engine = connect(database_url)
    with Session(writing(engine)) as session:
        demo.make(session, config, NOON, brands=(demo.MIRANDA,))
        session.flush()
        again = _findings(session)
    engine.dispose()
    assert len(again) > 500
    assert again == _findings(agency.session)


def test_the_same_seed_gives_the_same_picture_and_another_gives_another():
    first, same, other = (pictures.draw("window", "MARISOL", Random(seed)) for seed in (7, 7, 8))
    assert first == same
    assert first != other


@pytest.mark.parametrize("brand", ["marisol", "miranda"])
def test_shoppers_have_the_same_to_say_in_both_languages(brand: str):
    told = words.told(brand)
    assert set(told["en"]) == set(told["es"])
    for key, phrases in told["en"].items():
        assert len(phrases) == len(told["es"][key]), key


def _count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _registers(session: Session, prefix: str) -> list[tuple[Any, str, str]]:
    query = select(CurrentRegister.evaluation_id, CurrentRegister.register, CurrentRegister.value).where(
        CurrentRegister.register.startswith(prefix), CurrentRegister.value.is_not(None)
    )
    return [(eid, register, value or "") for eid, register, value in session.execute(query)]


def _text(value: str) -> object:
    read = json.loads(value)
    return read.get("value") if isinstance(read, dict) else read


def _made(session: Session) -> list[Evaluation]:
    """The visits that were made and handed in."""
    query = select(Evaluation).join(Evaluation.visit).where(Visit.outcome == Outcome.MADE)
    return list(session.scalars(query))


def _tells(story: Answer, phrases: list[str]) -> bool:
    """Whether the story holds one of these sentences, whatever stands in their blanks."""
    patterns = [re.sub(r"\\{\w+\\}", "[^.]*", re.escape(phrase)) for phrase in phrases]
    return any(re.search(pattern, str(story.value)) for pattern in patterns)


def _means(session: Session, touchpoint: str) -> list[float]:
    """The touchpoint's mean in percent, wave by wave, over the locations that have a score in every wave."""
    query = (
        select(Wave.starts_on, Visit.location_id, func.avg(Fact.millionths))
        .join(Scorecard, Fact.scorecard_id == Scorecard.id)
        .join(Scorecard.evaluation)
        .join(Evaluation.visit)
        .join(Visit.wave)
        .where(Fact.kind == FactKind.TOUCHPOINT, Fact.key == touchpoint, Fact.millionths.is_not(None))
        .group_by(Wave.id, Visit.location_id)
    )
    figures: dict[Any, dict[Any, float]] = defaultdict(dict)
    for starts_on, location, mean in session.execute(query):
        figures[starts_on][location] = float(mean) / 1_000_000
    same = set.intersection(*(set(wave) for wave in figures.values()))
    return [sum(figures[wave][place] for place in same) / len(same) for wave in sorted(figures)]


def _findings(session: Session) -> list[tuple[str, ...]]:
    """Everything that was found at the opticians, photos included."""
    query = (
        select(Wave.name, Location.code, Evaluation.state, CurrentRegister.register, CurrentRegister.value)
        .join(Evaluation, CurrentRegister.evaluation_id == Evaluation.id)
        .join(Evaluation.visit)
        .join(Visit.wave)
        .join(Wave.programme)
        .join(Programme.client)
        .join(Visit.location)
        .where(Client.name == demo.MIRANDA.name)
    )
    return sorted(tuple(str(part) for part in row) for row in session.execute(query))
