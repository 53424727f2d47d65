"""Looking again at what was approved, and withdrawing it, in the browser of an editor."""

import pytest

from evaluations.models import Evaluation, EvaluationState, Role
from evaluations.reviewing import editions
from tests.builders import NOON, a_document, a_person, a_question, a_version, a_visit, a_wave
from tests.evaluations.reviewing.visits import released

QUEUE = "/office/reviews/"


@pytest.fixture
def edith(store):
    return a_person(store, Role.EDITOR, name="Edith")


@pytest.fixture
def editor(edith, visitor):
    return visitor.signs_in(edith)


@pytest.fixture
def decided(store):
    version = a_version(store, a_document(a_question("greeted")))
    found = released(store, a_visit(store, a_wave(store, version=version)), {"greeted": "no"})
    store.commit()
    return found


def page_of(evaluation, rest=""):
    return f"{QUEUE}{evaluation.id}{rest}"


def now_in(store, evaluation):
    store.expire_all()
    return store.get_one(Evaluation, evaluation.id)


def sends(editor, evaluation, act, **fields):
    return editor.sends(page_of(evaluation, f"/{act}"), _from=page_of(evaluation), **fields)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("reopenings", "Say why it is looked at again: the reason stays with the visit."),
        ("withdrawals", "Say why it is withdrawn: the reason stays with the visit."),
    ],
)
def test_neither_is_done_without_a_reason_and_what_was_typed_stays(editor, store, decided, act, said):
    answer = sends(editor, decided, act, reason=" ", client_reason="One answer is checked.")
    assert (answer.status_code, said in answer.text) == (422, True)
    assert "One answer is checked." in answer.text
    assert now_in(store, decided).state is EvaluationState.RELEASED


def test_a_withdrawal_wants_words_for_the_client(editor, store, decided):
    answer = sends(editor, decided, "withdrawals", reason="The wrong shop.", client_reason="")
    assert (answer.status_code, "say why in words for them" in answer.text) == (422, True)
    assert now_in(store, decided).state is EvaluationState.RELEASED


def test_an_editor_looks_again_and_leaves_it_as_it_was(editor, store, decided):
    answer = sends(editor, decided, "reopenings", reason="A doubt", client_reason="One answer is checked.")
    assert answer.status_code == 303
    html = editor.get(page_of(decided)).text
    assert "Looked at again since" in html
    assert "A doubt" in html
    assert "The client reads: One answer is checked." in html
    assert "\nOne answer is checked.</textarea>" in html
    assert "Exclude this visit" not in html
    assert "Looked at again" in editor.get(f"{QUEUE}?tab=claimed").text
    assert sends(editor, decided, "confirmations").status_code == 303
    assert now_in(store, decided).state is EvaluationState.RELEASED
    assert "Left as it was" in editor.get(page_of(decided)).text


def test_an_approval_after_a_second_look_tells_the_client_why(editor, store, decided, edith):
    editions.open_again(store, decided, "A doubt", by=edith, at=NOON)
    store.commit()
    sends(editor, decided, "approvals", client_reason="It was put right.")
    assert now_in(store, decided).state is EvaluationState.RELEASED
    newest = editions.editions.newest(store, decided)
    assert (newest.edition, newest.client_reason) == (2, "It was put right.")


def test_an_editor_withdraws_what_was_released(editor, store, decided):
    answer = sends(editor, decided, "withdrawals", reason="The wrong shop.", client_reason="Not this place.")
    assert answer.status_code == 303
    assert now_in(store, decided).state is EvaluationState.WITHDRAWN
    html = editor.get(page_of(decided)).text
    assert "The wrong shop." in html
    assert "The client reads: Not this place." in html


@pytest.fixture
def mine(store, decided, edith):
    editions.open_again(store, decided, "A doubt", by=edith, at=NOON)
    store.commit()
    return decided


def corrects(editor, evaluation, key, **fields):
    return editor.sends(page_of(evaluation, f"/corrections/{key}"), **fields)


def test_a_correction_without_a_reason_is_shown_again_with_what_was_typed(editor, store, mine):
    answer = corrects(
        editor, mine, "greeted", state="answered", value="yes", comment="She nodded.", reason=""
    )
    assert (answer.status_code, "Say why it is put right" in answer.text) == (422, True)
    assert "She nodded." in answer.text


def test_what_nobody_holds_is_not_put_right(editor, decided):
    assert editor.get(page_of(decided, "/corrections/greeted")).status_code == 303
    assert editor.get(page_of(decided, "/corrections/nowhere")).status_code == 404


def test_an_editor_puts_an_answer_right_and_the_review_page_tells_it(editor, store, mine):
    answer = corrects(editor, mine, "greeted", state="answered", value="yes", comment="", reason="The photo.")
    assert answer.status_code == 303
    html = editor.get(page_of(mine)).text
    assert "Put right by Edith" in html
    assert "Before: No" in html
    sends(editor, mine, "approvals")
    newest = editions.editions.newest(store, mine)
    assert (newest.edition, newest.millionths) == (2, 100_000_000)


def test_the_office_reads_every_edition_and_what_changed(editor, store, mine):
    corrects(editor, mine, "greeted", state="answered", value="yes", comment="", reason="The photo.")
    sends(editor, mine, "approvals", client_reason="It was put right.")
    assert page_of(mine, "/editions") in editor.get(page_of(mine)).text
    compared = editor.get(page_of(mine, "/editions")).text
    assert "The score went from 0.0\N{NO-BREAK SPACE}% to 100.0\N{NO-BREAK SPACE}%." in compared
    old = editor.get(page_of(mine, "/editions/1")).text
    assert "edition 2 holds instead: it was looked at again." in old
    assert "The client reads: It was put right." in old
    assert editor.get(page_of(mine, "/editions/1/report.pdf")).status_code == 303
    for missing in ("/editions/3", "/editions?before=1&after=3", "/editions?before=1&after=1"):
        assert editor.get(page_of(mine, missing)).status_code == 404
