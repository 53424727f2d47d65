"""What a client reads of a visit of which not everything was answered."""

import pytest

from evaluations.document.tree import Critical, Effect, Scoring, Touchpoint
from evaluations.models import Role
from evaluations.reviewing import decisions
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_document,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import hand_in, released, says

CRITICAL = Critical(on=("no",), effect=Effect.FAILS_VISIT)
WHOLE = {"greeted": "yes", "smiled": "yes", "told": "yes", "exit": "yes", "bag": "yes"}


@pytest.fixture
def brand(store):
    return a_client(store)


@pytest.fixture
def reader(store, brand, visitor):
    return visitor.signs_in(a_client_user(store, brand))


def a_checklist(total="points"):
    more = {"na_allowed": True, "not_observed_allowed": True}
    door = Touchpoint(
        key="door",
        name={"en": "The door", "es": "La puerta"},
        questions=(
            a_question("greeted", **more),
            a_question("smiled", **more),
            a_question("told", **more),
            a_question("exit", "Was the fire exit free?", critical=CRITICAL),
        ),
    )
    till = Touchpoint(
        key="till", name={"en": "The till", "es": "La caja"}, questions=(a_question("bag", **more),)
    )
    return a_document(touchpoints=(door, till), scoring=Scoring(total=total))


def page_of(store, reader, brand, found, **given):
    wave = a_wave(store, brand, a_version(store, a_checklist(**given)))
    return reader.get(f"/portal/visits/{released(store, a_visit(store, wave), found).id}").text


def test_a_visit_that_was_answered_whole_says_nothing_of_it(store, reader, brand):
    page = page_of(store, reader, brand, WHOLE)
    for words in ("scored questions answered", "never answered", "nothing to score"):
        assert words not in page.split('class="hero-score"')[1].split("</section>")[0]
    assert 'class="thin"' not in page


def test_beside_the_score_stands_how_much_was_answered_and_why_not_the_rest(store, reader, brand):
    page = page_of(store, reader, brand, {"greeted": "yes", "smiled": "na", "told": "not_observed"})
    hero = page.split('class="hero-score"')[1].split("</section>")[0]
    assert "1 of 5 scored questions answered" in hero
    for words in ("; 2 left blank", "; 1 not applicable", "; 1 not observed"):
        assert words in hero


def test_a_touchpoint_that_rests_on_less_than_half_of_its_points_is_marked(store, reader, brand):
    page = page_of(store, reader, brand, WHOLE | {"greeted": "na", "smiled": "na", "told": "na"})
    assert page.count("from 10 of 40 points") == 3  # columns, list and heading
    half = page_of(store, reader, brand, WHOLE | {"greeted": "na", "smiled": "na"})
    assert 'class="thin"' not in half


def test_a_critical_question_that_nobody_answered_is_named_before_everything_else(store, reader, brand):
    page = page_of(store, reader, brand, {"greeted": "yes"})
    said = "A critical question was never answered, so this result does not cover it:"
    assert page.index(said) < page.index('<a href="#q-exit">') < page.index('class="hero-score"')


def test_of_a_place_that_was_closed_nothing_critical_is_said_to_be_missing(store, reader, brand):
    wave = a_wave(store, brand, a_version(store, a_checklist()))
    evaluation = an_evaluation(store, visit=a_visit(store, wave))
    says(store, evaluation, "visit:outcome", "outcome.set", {"outcome": "closed_store", "note": "Shut."})
    editor = a_person(store, Role.EDITOR)
    decisions.claim(store, hand_in(store, evaluation), by=editor, at=NOON)
    decisions.approve(store, evaluation, by=editor, at=NOON, note="No photo, but the mall confirms it.")
    assert "never answered" not in reader.get(f"/portal/visits/{evaluation.id}").text


def test_points_beside_a_weighted_score_are_said_to_be_unweighted(store, reader, brand):
    page = page_of(store, reader, brand, WHOLE | {"bag": "no"}, total="weights")
    assert "Touchpoints count by their weights; unweighted it is 40 of 50 points." in page
    assert "50.0\N{NO-BREAK SPACE}%" in page


def test_touchpoints_that_had_nothing_to_score_are_named(store, reader, brand):
    page = page_of(store, reader, brand, WHOLE | {"bag": "na"}, total="weights")
    assert "“The till” had nothing to score; the weights of the others make the whole." in page
