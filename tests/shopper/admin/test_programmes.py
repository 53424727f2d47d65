"""A programme's settings in a scheduler's browser, and the release of a wave."""

from datetime import timedelta
from html import unescape

import pytest

from evaluations.clock import now
from evaluations.document.tree import Scoring
from evaluations.models import Capture, EvaluationState, Release, Role
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_document,
    a_location,
    a_person,
    a_question,
    a_shopper,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import hand_in, released

FILLED = {
    "name": "Store experience",
    "release": "with_wave",
    "report_language": "es",
    "target": "82,5",
    "shows_targets": "",
    "report_hours": "48",
    "return_hours": "72",
    "lockout_days": "0",
    "longest_minutes": "25",
    "capture": "discreet",
}


@pytest.fixture
def wave(store):
    document = a_document(
        a_question("greeted"), a_question("smiled", "Did they smile?"), scoring=Scoring(target=90)
    )
    return a_wave(store, a_client(store, name="Marisol"), a_version(store, document))


@pytest.fixture
def scheduler(store, visitor):
    return visitor.signs_in(a_person(store, Role.SCHEDULER))


def address_of(wave):
    return f"/office/programmes/{wave.programme_id}"


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.EDITOR])
def test_only_schedulers_settle_programmes(store, visitor, wave, role):
    assert visitor.signs_in(a_person(store, role)).get(address_of(wave)).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", " ", "Enter a name."),
        ("release", "tomorrow", "Not a valid choice."),
        ("capture", "loudly", "Not a valid choice."),
        ("target", "much", "This is not a number: much."),
        ("target", "101", "Between 0 and 100."),
        ("report_hours", "soon", "Enter a whole number."),
        ("return_hours", "25", "Not a valid choice."),
        ("lockout_days", "9999", "Between 0 and 730."),
        ("longest_minutes", "0", "Between 1 and 480."),
    ],
)
def test_what_does_not_fit_is_said_at_its_box_and_nothing_is_kept(store, scheduler, wave, field, typed, said):
    answer = scheduler.sends(address_of(wave), **(FILLED | {field: typed}))
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    store.refresh(wave.programme)
    assert wave.programme.release is Release.AT_APPROVAL


def test_what_is_settled_is_kept_and_shown_again(store, scheduler, wave):
    answer = scheduler.sends(address_of(wave), **FILLED)
    assert answer.status_code == 303
    programme = wave.programme
    store.refresh(programme)
    kept = (programme.release, programme.report_language, programme.target, programme.shows_targets)
    assert kept == (Release.WITH_WAVE, "es", "82.5", False)
    assert (programme.report_hours, programme.return_hours, programme.lockout_days) == (48, 72, 0)
    assert programme.longest_minutes == 25
    assert (programme.capture, wave.capture) == (Capture.DISCREET, Capture.OPEN)
    page = scheduler.get(answer.location).text
    assert 'value="82.5"' in page
    assert 'value="with_wave" checked' in page or "checked" in page.split('value="with_wave"')[0][-120:]


def test_the_client_page_and_the_wave_lead_to_the_settings(store, scheduler, wave):
    a_location(store, wave.programme.client)
    for page in (f"/office/clients/{wave.programme.client_id}", f"/office/waves/{wave.id}"):
        assert f'href="{address_of(wave)}"' in scheduler.get(page).text


def test_a_designer_sees_no_programmes_on_the_client_page(store, visitor, wave):
    a_location(store, wave.programme.client)
    page = visitor.signs_in(a_person(store, Role.DESIGNER)).get(f"/office/clients/{wave.programme.client_id}")
    assert address_of(wave) not in page.text


def test_a_held_result_reaches_the_client_with_the_release_of_its_wave(store, visitors, wave):
    wave.programme.release = Release.WITH_WAVE
    made = released(store, a_visit(store, wave), {"greeted": "yes", "smiled": "no"})
    a_visit(store, wave)
    scheduler = visitors().signs_in(a_person(store, Role.SCHEDULER))
    reader = visitors().signs_in(a_client_user(store, wave.programme.client))
    assert reader.get(f"/portal/visits/{made.id}").status_code == 404
    page = scheduler.get(f"/office/waves/{wave.id}").text
    assert "1 approved result waits for its release" in page
    assert "1 visit is still open" in page
    refused = scheduler.sends(f"/office/waves/{wave.id}/releases", f"/office/waves/{wave.id}", open="0")
    assert refused.status_code == 409
    assert "Meanwhile more visits of this wave are open: 1." in refused.text
    done = scheduler.sends(f"/office/waves/{wave.id}/releases", f"/office/waves/{wave.id}", open="1")
    page = scheduler.get(done.location).text
    assert "1 result is released to Marisol. Its report is being made." in page
    assert "What is approved later is released by itself" in page
    assert reader.get(f"/portal/visits/{made.id}").status_code == 200


def test_the_editor_is_told_that_the_client_sees_it_with_the_wave(store, visitor, wave):
    wave.programme.release = Release.WITH_WAVE
    editor = a_person(store, Role.EDITOR)
    evaluation = an_evaluation(store, visit=a_visit(store, wave), state=EvaluationState.IN_PROGRESS)
    hand_in(store, evaluation, at=now())
    evaluation.state, evaluation.claimed_by, evaluation.claimed_at = EvaluationState.IN_REVIEW, editor, now()
    address = f"/office/reviews/{evaluation.id}"
    visitor.signs_in(editor)
    assert "Marisol sees it when the wave is released" in visitor.get(address).text
    answer = visitor.sends(f"{address}/approvals", address, note="Closed.")
    assert "It is released with its wave." in visitor.get(answer.location).text
    assert "released with its wave" in visitor.get(address).text


def test_the_desk_proposes_the_programmes_deadline(store, visitor, wave):
    wave.programme.return_hours = 72
    editor = a_person(store, Role.EDITOR)
    evaluation = hand_in(store, an_evaluation(store, visit=a_visit(store, wave)), at=now())
    evaluation.state, evaluation.claimed_by, evaluation.claimed_at = EvaluationState.IN_REVIEW, editor, now()
    page = visitor.signs_in(editor).get(f"/office/reviews/{evaluation.id}").text
    assert '<option selected value="72">3 days</option>' in page


def test_where_targets_are_not_shown_the_client_reads_of_none(store, visitor, wave):
    location = a_location(store, wave.programme.client)
    made = released(store, a_visit(store, wave, location), {"greeted": "yes", "smiled": "no"})
    reader = visitor.signs_in(a_client_user(store, wave.programme.client))
    pages = ("/portal/", "/portal/visits", f"/portal/visits/{made.id}")
    shown = [reader.get(page).text for page in pages]
    assert all("elow target" in page for page in shown)
    assert "Target 90.0" in shown[2]
    wave.programme.shows_targets = False
    for page in pages:
        said = reader.get(page).text
        assert "arget" not in said.split("<main")[1].split("<script")[0].replace("target=", ""), page


def test_whoever_assigns_a_return_within_the_lock_out_is_warned(store, scheduler, wave):
    place, shopper = (
        a_location(store, wave.programme.client, name="Gran Vía"),
        a_shopper(store, name="Ana Ruiz"),
    )
    an_evaluation(store, shopper, a_visit(store, wave, place), visited_at=NOON - timedelta(days=9))
    visit = a_visit(store, wave, place)
    address = f"/office/visits/{visit.id}"
    page = scheduler.get(scheduler.sends(f"{address}/assignments", address, shopper=str(shopper.id)).location)
    said = "Ana Ruiz is at Gran Vía again too soon: the other visit is of Thu 5 Mar 2026, with 90 days to lie between."
    assert said in page.text
    several = [a_visit(store, wave, place) for _ in range(8)]
    address = f"/office/waves/{wave.id}"
    answer = scheduler.sends(
        f"{address}/assignments", address, shopper=str(shopper.id), visits=[str(one.id) for one in several]
    )
    page = scheduler.get(answer.location).text
    assert page.count("again too soon") == 5
    assert "The same is so at 3 more places." in page
