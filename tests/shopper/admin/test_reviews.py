"""The review desk in the browser of an editor."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from evaluations.document.tree import Critical, Effect, Photo
from evaluations.fieldwork import changes
from evaluations.models import (
    Decision,
    Evaluation,
    EvaluationState,
    Report,
    Review,
    Role,
    Scorecard,
)
from evaluations.photos.store import Size
from evaluations.reviewing import decisions
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
from tests.evaluations.reviewing.visits import (
    a_change,
    a_photo,
    answers,
    comments,
    hand_in,
    says,
)

QUEUE = "/office/reviews/"
LONG_NAME = "Centro comercial de las afueras de San Sebastián de los Reyes"
SECRET_NAME = "Zacharias Quill"


@pytest.fixture
def editor(store, visitor):
    person = a_person(store, Role.EDITOR, name="Edith")
    store.commit()
    return visitor.signs_in(person)


@pytest.fixture
def edith(store, editor):
    return store.scalars(select(decisions.Person).where(decisions.Person.name == "Edith")).one()


@pytest.fixture
def evaluation(store):
    document = a_document(
        a_question("greeted", critical=Critical(on=("no",), effect=Effect.FAILS_VISIT)),
        a_question("smiled", "Did they smile?"),
        Photo(key="window", text={"en": "The window"}, required=False),
    )
    location = a_location(store, name=LONG_NAME)
    wave = a_wave(store, location.client, a_version(store, document))
    made = an_evaluation(store, a_shopper(store, name=SECRET_NAME), a_visit(store, wave, location))
    answers(store, made, {"greeted": "no", "smiled": "yes"})
    comments(store, made, {"greeted": "Nobody looked up."})
    store.commit()
    return made


@pytest.fixture
def handed_in(store, evaluation):
    hand_in(store, evaluation)
    store.commit()
    return evaluation


@pytest.fixture
def claimed(store, handed_in, edith):
    decisions.claim(store, handed_in, by=edith, at=NOON)
    store.commit()
    return handed_in


def page_of(evaluation):
    return f"{QUEUE}{evaluation.id}"


def now_in(store, evaluation):
    store.expire_all()
    return store.get_one(Evaluation, evaluation.id)


def decide(editor, evaluation, act, **fields):
    return editor.sends(f"{page_of(evaluation)}/{act}", _from=QUEUE + "?tab=claimed", **fields)


@pytest.fixture
def token(editor):
    """A forgery token: the queue of an editor may hold no form, a page with the account's menu always does."""
    return editor.token(QUEUE)


def test_the_desk_does_not_exist_for_anybody_but_editors(store, visitors, handed_in):
    client = handed_in.visit.location.client
    people = [
        a_shopper(store),
        handed_in.shopper,
        a_client_user(store, client),
        a_person(store, Role.DESIGNER),
        a_person(store, Role.SCHEDULER),
    ]
    photo = a_photo(store, handed_in, "window")
    store.commit()
    for person in people:
        guest = visitors().signs_in(person)
        for address in (QUEUE, page_of(handed_in), f"/office/photos/{photo.id}/web"):
            assert guest.get(address).status_code == 404, (person.roles, address)
        for act in ("claims", "takeovers", "surrenders", "returns", "approvals", "exclusions"):
            answer = guest.sends(f"{page_of(handed_in)}/{act}", _from="/account/")
            assert answer.status_code == 404, (person.roles, act)
    assert now_in(store, handed_in).state is EvaluationState.SUBMITTED


def test_what_is_not_handed_in_or_does_not_exist_is_not_found(editor, evaluation):
    for address in (page_of(evaluation), f"{QUEUE}{uuid4()}"):
        assert editor.get(address).status_code == 404


def test_an_empty_queue_says_what_will_come(editor):
    assert "Nothing is waiting" in editor.get(QUEUE).text
    for tab in ("claimed", "returned", "decided", "nonsense"):
        assert editor.get(f"{QUEUE}?tab={tab}").status_code == 200


def test_the_queue_tells_where_which_round_and_what_was_open(editor, store, evaluation):
    a_photo(store, evaluation, "window")
    says(store, evaluation, "answer:smiled", "answer.clear", None)
    hand_in(store, evaluation)
    store.commit()
    page = editor.get(QUEUE).text
    for words in (LONG_NAME, evaluation.visit.wave.name, "1 photo", "1 open at hand-in", "Overdue"):
        assert words in page
    assert SECRET_NAME not in page


def test_a_queue_of_any_length_costs_the_same(editor, store):
    for _ in range(55):
        an_evaluation(store, state=EvaluationState.SUBMITTED, submitted_at=NOON)
    store.commit()
    assert "Page 1 of 2" in editor.get(QUEUE).text
    assert "Page 2 of 2" in editor.get(f"{QUEUE}?page=2").text


def test_claiming_opens_the_evaluation_and_the_next_editor_reads_who_holds_it(
    editor, store, visitors, handed_in
):
    answer = editor.sends(f"{page_of(handed_in)}/claims", _from=QUEUE)
    assert answer.location == page_of(handed_in)
    assert "You are reviewing this." in editor.get(page_of(handed_in)).text
    other = a_person(store, Role.EDITOR, name="Omar")
    store.commit()
    second = visitors().signs_in(other)
    page = second.get(page_of(handed_in)).text
    assert "Edith is reviewing this" in page
    assert "Approve and release" not in page
    refused = second.sends(f"{page_of(handed_in)}/approvals", _from=page_of(handed_in))
    assert refused.status_code == 409
    assert "Edith is reviewing this now" in refused.text
    second.sends(f"{page_of(handed_in)}/takeovers", _from=page_of(handed_in))
    assert "You are reviewing this." in second.get(page_of(handed_in)).text


def test_the_oldest_is_claimed_with_one_button(editor, handed_in):
    answer = editor.sends(f"{QUEUE}claims", _from=QUEUE)
    assert answer.location == page_of(handed_in)
    again = editor.sends(f"{QUEUE}claims", _from=page_of(handed_in))
    assert again.location == QUEUE


def test_deciding_before_claiming_is_refused_naming_both_states_in_words(editor, store, handed_in):
    refused = editor.sends(f"{page_of(handed_in)}/approvals", _from=page_of(handed_in))
    assert refused.status_code == 409
    assert "It is handed in now and cannot become approved." in refused.text
    assert now_in(store, handed_in).state is EvaluationState.SUBMITTED


def test_what_failed_or_was_critical_is_called_out_in_words_and_listed_first(editor, claimed):
    page = editor.get(page_of(claimed)).text
    assert "Critical: this answer fails the whole visit." in page
    assert page.index("Look here first") < page.index('href="#q-greeted"') < page.index('id="q-greeted"')
    assert "Nobody looked up." in page
    assert SECRET_NAME not in page


def test_photos_stand_at_their_questions_and_one_that_is_owed_says_so(editor, store, evaluation):
    photo, owed = a_photo(store, evaluation, "window"), a_photo(store, evaluation, "smiled")
    store.delete(owed)
    hand_in(store, evaluation)
    store.commit()
    page = editor.get(page_of(evaluation)).text
    window = page[page.index('id="q-window"') :]
    assert f"/office/photos/{photo.id}/web" in window
    assert "This photo has not arrived yet." in page
    assert str(owed.id) not in page


def test_answers_that_contradict_each_other_are_shown_with_both(editor, store, evaluation):
    said = [
        a_change(evaluation, "answer:smiled", "answer.set", {"state": "answered", "value": value})
        for value in ("yes", "no")
    ]
    changes.store(store, evaluation, said, by=evaluation.shopper, at=NOON)
    hand_in(store, evaluation)
    store.commit()
    page = editor.get(page_of(evaluation)).text
    assert "Two phones contradict each other here" in page
    assert "Conflict" in page


def test_a_return_without_a_word_is_refused_on_the_page(editor, store, claimed):
    answer = decide(editor, claimed, "returns", hours=24, note=" ")
    assert answer.status_code == 422
    assert "Say what is to be mended" in answer.text
    assert now_in(store, claimed).state is EvaluationState.IN_REVIEW


def test_what_was_typed_is_kept_when_a_return_is_refused(editor, store, claimed):
    answer = decide(
        editor,
        claimed,
        "returns",
        **{"hours": 24, "remark-greeted": "y" * 2001, "remark-smiled": "Who smiled?"},
    )
    assert answer.status_code == 422
    assert "2001 characters; at most 2000 fit" in answer.text
    assert "Who smiled?</textarea>" in answer.text
    assert "y" * 2001 in answer.text
    assert now_in(store, claimed).state is EvaluationState.IN_REVIEW


def test_what_was_typed_is_kept_when_somebody_else_took_over_meanwhile(editor, store, claimed):
    decisions.take_over(store, claimed, by=a_person(store, Role.EDITOR, name="Omar"), at=NOON)
    store.commit()
    answer = decide(editor, claimed, "returns", **{"hours": 24, "remark-smiled": "Who smiled?"})
    assert answer.status_code == 409
    assert "Omar is reviewing this now" in answer.text
    assert "Who smiled?</textarea>" in answer.text


def test_a_remark_on_a_question_that_does_not_exist_is_refused_in_words(editor, store, claimed):
    answer = decide(editor, claimed, "returns", **{"hours": 24, "remark-nowhere": "Say more."})
    assert answer.status_code == 422
    assert "There is no question “nowhere” in this checklist." in answer.text


@pytest.mark.parametrize("hours", ["0", "", "soon", "-5", "100000"])
def test_a_deadline_that_is_not_offered_is_refused(editor, store, claimed, hours):
    answer = decide(editor, claimed, "returns", note="Say more.", hours=hours)
    assert answer.status_code == 422
    assert now_in(store, claimed).state is EvaluationState.IN_REVIEW


def test_a_return_reaches_the_shopper_question_by_question(editor, store, claimed):
    answer = decide(
        editor, claimed, "returns", **{"hours": 48, "note": "Nearly.", "remark-smiled": " Who smiled? "}
    )
    assert (answer.status_code, answer.location) == (303, QUEUE)
    [review] = store.scalars(select(Review))
    assert (review.decision, review.note, review.round) == (Decision.RETURNED, "Nearly.", 1)
    assert [(one.question_key, one.text) for one in review.remarks] == [("smiled", "Who smiled?")]
    assert now_in(store, claimed).state is EvaluationState.RETURNED
    assert "went back to its shopper" in editor.get(f"{QUEUE}?tab=returned").text


def test_only_the_page_after_a_decision_lets_the_browser_forget_what_was_typed(editor, edith, claimed):
    assert f'data-remarks="{edith.id}.{claimed.id}.1"' in editor.get(page_of(claimed)).text
    forgets = f'data-module="admin/review_decided" data-remarks="{edith.id}.{claimed.id}"'
    assert decide(editor, claimed, "returns", hours=24, note=" ").status_code == 422
    assert forgets not in editor.get(QUEUE).text
    decide(editor, claimed, "returns", hours=24, note="Nearly.")
    assert forgets in editor.get(QUEUE).text
    assert forgets not in editor.get(QUEUE).text


def test_the_second_round_shows_what_was_asked_and_what_changed(editor, store, claimed, edith):
    decisions.send_back(store, claimed, {"smiled": "Who smiled?"}, by=edith, at=NOON, note="Nearly.")
    answers(store, claimed, {"greeted": "yes"})
    hand_in(store, claimed)
    store.commit()
    page = editor.get(page_of(claimed)).text
    assert "Round 2" in page
    assert "Changed since round 1" in page
    assert "<del>No</del>" in page
    smiled = page[page.index('id="q-smiled"') :]
    assert smiled.index("Who smiled?") < smiled.index("Nothing changed here since.")


def test_an_approval_releases_the_score_and_owes_the_report(editor, store, claimed):
    answer = decide(editor, claimed, "approvals")
    assert (answer.status_code, answer.location) == (303, QUEUE)
    assert now_in(store, claimed).state is EvaluationState.RELEASED
    [card] = store.scalars(select(Scorecard))
    assert (card.verdict, card.score) == ("failed", "1/2")
    assert [report.language for report in store.scalars(select(Report))] == ["en"]
    assert "Released" in editor.get(page_of(claimed)).text


def test_who_approves_what_is_complete_is_asked_for_no_reason(editor, claimed):
    sheet = editor.get(page_of(claimed)).text.split('data-act="approve"')[1]
    assert "data-asked" in sheet
    assert "<textarea" not in sheet


def test_an_exclusion_without_a_reason_is_refused_on_the_page(editor, store, claimed):
    answer = decide(editor, claimed, "exclusions", reason="")
    assert answer.status_code == 422
    assert "Say why it is excluded" in answer.text
    assert now_in(store, claimed).state is EvaluationState.IN_REVIEW


def test_an_exclusion_keeps_its_reason(editor, store, claimed):
    decide(editor, claimed, "exclusions", reason="Another store.")
    assert now_in(store, claimed).state is EvaluationState.EXCLUDED
    assert "Another store." in editor.get(page_of(claimed)).text


def test_what_is_put_back_is_in_the_queue_again(editor, store, claimed):
    decide(editor, claimed, "surrenders")
    assert now_in(store, claimed).state is EvaluationState.SUBMITTED
    assert LONG_NAME in editor.get(QUEUE).text


def test_what_shoppers_write_is_shown_as_text(editor, store, evaluation):
    comments(store, evaluation, {"smiled": "<script>alert(1)</script>"})
    hand_in(store, evaluation)
    store.commit()
    page = editor.get(page_of(evaluation)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_photo_is_sent_small_and_kept_by_nobody_on_the_way(app, editor, store, evaluation):
    photo = a_photo(store, evaluation, "window")
    body = {size: size.value.encode() for size in Size}
    photo.sha256 = app.extensions["photos"].put(b"original", body)
    store.commit()
    for size in ("web", "print", "thumbnail"):
        answer = editor.get(f"/office/photos/{photo.id}/{size}")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, size.encode(), "image/jpeg")
        assert answer.headers["Cache-Control"] == "private, no-store"
    for address in (f"{photo.id}/original", f"{photo.id}/huge", f"{uuid4()}/web"):
        assert editor.get(f"/office/photos/{address}").status_code == 404


def test_a_visit_that_could_not_be_made_says_so_with_its_note(editor, store):
    evaluation = an_evaluation(store, visit=a_visit(store, a_wave(store, a_client(store))))
    result = {"outcome": "closed_store", "note": "Shutters down at noon."}
    says(store, evaluation, "visit:outcome", "outcome.set", result)
    hand_in(store, evaluation)
    store.commit()
    page = editor.get(page_of(evaluation)).text
    assert "The place was closed: Shutters down at noon." in page
