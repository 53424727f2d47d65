"""What an editor keeps from the client: never there again for the client, always there for the agency."""

import io
import json
from uuid import uuid4

import pypdf
import pytest
from sqlalchemy import select

from evaluations.document.tree import Photo, ShortText
from evaluations.models import AuditEntry, EvaluationState, Role, Scorecard, Withholding
from evaluations.photos import intake
from evaluations.queries import capture
from evaluations.queries.withheld import BLOCK
from evaluations.reviewing import decisions
from shopper import reports
from tests.builders import (
    NOON,
    a_client_user,
    a_document,
    a_location,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.photos.pictures import a_jpeg
from tests.evaluations.reviewing.visits import a_photo, answers, comments, hand_in, held_by

BOX = {"kind": "box", "left": 0, "top": 0, "width": 5000, "height": 5000}
NAME = "Annabel Quist"


@pytest.fixture
def person(store):
    return a_person(store, Role.EDITOR)


@pytest.fixture
def visit(app, store, person):
    """A visit under review: a shop window that is wrong, with its photo, and a name in every text."""
    document = a_document(
        a_question("greeted", explain_on=("no",)), Photo(key="window", text={"en": "The window"}),
        ShortText(key="told", text={"en": "Who served you?"}),
    )  # fmt: skip
    location = a_location(store, name="High Street")
    wave = a_wave(store, location.client, a_version(store, document))
    evaluation = an_evaluation(store, visit=a_visit(store, wave, location))
    answers(store, evaluation, {"greeted": "no", "told": f"It was {NAME}, at till 4."})
    comments(store, evaluation, {"greeted": f"{NAME} looked away."})
    for quality, question in ((80, "greeted"), (90, "window")):
        sha256 = intake.prepare(app.extensions["photos"], a_jpeg(quality=quality)).sha256
        a_photo(store, evaluation, question, caption=f"{NAME} at work", sha256=sha256)
    held_by(hand_in(store, evaluation), person)
    store.commit()
    return evaluation


@pytest.fixture
def editor(person, visitor):
    return visitor.signs_in(person)


@pytest.fixture
def client(store, visit, visitors):
    reader = a_client_user(store, visit.visit.location.client)
    store.commit()
    return visitors().signs_in(reader)


def photo_of(store, visit, question):
    [photo] = capture.contents(store, visit).photos[question]
    return photo


def release(store, visit, person):
    decisions.approve(store, visit, by=person, at=NOON, note="As it stands.")
    store.commit()


def its_report(app, store, visit):
    card = store.scalars(select(Scorecard).where(Scorecard.evaluation_id == visit.id)).one()
    store.expire_all()
    body = reports.render(store, app.extensions["photos"], card, "en")
    document = pypdf.PdfReader(io.BytesIO(body))
    return document, " ".join(page.extract_text() for page in document.pages)


def pictures_in(document):
    return len({image.data for page in document.pages for image in page.images})


def act(editor, visit, path, **sent):
    return editor.sends(f"/office/reviews/{visit.id}/{path}", f"/office/reviews/{visit.id}", **sent)


@pytest.mark.parametrize("path", ["blurrings", "hidings", "showings"])
def test_a_photo_of_another_visit_does_not_exist_here(editor, store, visit, path):
    assert act(editor, visit, f"photos/{uuid4()}/{path}", areas=json.dumps([BOX])).status_code == 404
    other = a_photo(store, an_evaluation(store))
    store.commit()
    assert act(editor, visit, f"photos/{other.id}/{path}", areas=json.dumps([BOX])).status_code == 404
    assert store.scalars(select(Withholding)).all() == []


def test_who_does_not_hold_the_review_changes_nothing(store, visit, visitors):
    other = visitors().signs_in(a_person(store, Role.EDITOR))
    photo = photo_of(store, visit, "window")
    assert act(other, visit, f"photos/{photo.id}/hidings").status_code == 409
    assert (
        "What the client gets is changed by whoever"
        in other.get(f"/office/reviews/{visit.id}/photos/{photo.id}").text
    )
    assert store.scalars(select(Withholding)).all() == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"areas": "moon"}, "did not arrive whole"),
        ({"areas": "[]"}, "Draw on the photo what is to be blurred"),
        ({}, "Draw on the photo what is to be blurred"),
        ({"boxes-0-left": "120", "boxes-0-width": "5", "boxes-0-height": "5"}, "from 0 to 100"),
        ({"boxes-0-left": "x", "boxes-0-width": "5", "boxes-0-height": "5"}, "Not a valid"),
    ],
)
def test_what_is_no_area_is_refused_and_leaves_nothing(editor, store, visit, sent, said):
    photo = photo_of(store, visit, "window")
    answer = act(editor, visit, f"photos/{photo.id}/blurrings", **sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert store.scalars(select(Withholding)).all() == []


def test_a_blurred_photo_is_another_picture_for_the_client_and_the_same_for_the_office(
    app, editor, client, store, visit, person
):
    photo = photo_of(store, visit, "window")
    assert act(editor, visit, f"photos/{photo.id}/blurrings", areas=json.dumps([BOX])).status_code == 303
    assert "The client gets it blurred." in editor.get(f"/office/reviews/{visit.id}/photos/{photo.id}").text
    release(store, visit, person)
    for size in ("web", "print", "thumbnail"):
        theirs, ours = (
            client.get(f"/portal/photos/{photo.id}/{size}"),
            editor.get(f"/office/photos/{photo.id}/{size}"),
        )
        made = editor.get(f"/office/reviews/{visit.id}/photos/{photo.id}/client/{size}")
        assert theirs.data == made.data != ours.data
        assert theirs.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"/portal/photos/{photo.id}/original").status_code == 404
    document, _words = its_report(app, store, visit)
    kept = store.scalars(select(Withholding)).one()
    assert photo.sha256 not in kept.sha256
    assert pictures_in(document) == 2


def test_boxes_in_numbers_do_without_script_and_keep_the_strokes(editor, store, visit):
    photo = photo_of(store, visit, "window")
    stroke = {"kind": "stroke", "width": 500, "points": [[100, 100], [900, 900]]}
    act(editor, visit, f"photos/{photo.id}/blurrings", areas=json.dumps([stroke]))
    numbers = {"boxes-0-left": "10", "boxes-0-top": "20.5", "boxes-0-width": "30", "boxes-0-height": "40"}
    assert act(editor, visit, f"photos/{photo.id}/blurrings", **numbers).status_code == 303
    kept = json.loads(store.scalars(select(Withholding.areas)).one())
    box = {"kind": "box", "left": 1000, "top": 2050, "width": 3000, "height": 4000}
    assert kept == [stroke, box]


def test_a_hidden_photo_does_not_exist_for_the_client_at_once(app, editor, client, store, visit, person):
    photo = photo_of(store, visit, "greeted")
    assert act(editor, visit, f"photos/{photo.id}/hidings").status_code == 303
    assert "Hidden from the client" in editor.get(f"/office/reviews/{visit.id}").text
    release(store, visit, person)
    assert client.get(f"/portal/photos/{photo.id}/web").status_code == 404
    page = client.get(f"/portal/visits/{visit.id}").text
    assert "What went wrong" in page
    assert str(photo.id) not in page
    assert editor.get(f"/office/photos/{photo.id}/web").status_code == 200
    document, _words = its_report(app, store, visit)
    assert pictures_in(document) == 1


def test_of_a_question_that_asks_for_a_photo_it_is_said_that_there_was_one(
    editor, client, store, visit, person
):
    act(editor, visit, f"photos/{photo_of(store, visit, 'window').id}/hidings")
    release(store, visit, person)
    page = client.get(f"/portal/visits/{visit.id}").text
    assert "1 photo, not shown" in page
    assert "No photo" not in page


def test_what_was_kept_is_given_back(editor, client, store, visit, person):
    photo = photo_of(store, visit, "window")
    act(editor, visit, f"photos/{photo.id}/hidings")
    act(editor, visit, "passages", register="comment:greeted", words=NAME, start=0)
    passage = store.scalars(select(Withholding).where(Withholding.words == NAME)).one()
    act(editor, visit, f"photos/{photo.id}/showings")
    assert act(editor, visit, f"passages/{passage.id}/removals").status_code == 303
    assert act(editor, visit, f"passages/{passage.id}/removals").status_code == 404
    release(store, visit, person)
    assert client.get(f"/portal/photos/{photo.id}/web").status_code == 200
    assert f"{NAME} looked away." in client.get(f"/portal/visits/{visit.id}").text
    acts = store.scalars(select(AuditEntry.act).where(AuditEntry.actor_id == person.id)).all()
    assert {"photo.hidden", "photo.shown", "passage.withheld", "passage.shown"} <= set(acts)


@pytest.mark.parametrize(
    ("register", "words", "said"),
    [
        ("comment:greeted", "", "Enter the words"),
        ("comment:greeted", "Somebody else", "do not stand in this text"),
        ("comment:moon", NAME, None),
        ("answer:greeted", "no", None),
    ],
)
def test_words_that_are_not_there_are_refused(editor, store, visit, register, words, said):
    answer = act(editor, visit, "passages", register=register, words=words)
    if said is None:
        assert answer.status_code == 404
    else:
        assert said in editor.get(f"/office/reviews/{visit.id}").text
    assert store.scalars(select(Withholding)).all() == []


def test_words_are_kept_wherever_a_text_says_them_and_not_where_they_are_part_of_others(
    editor, client, store, visit, person
):
    said = f"{NAME} looked away. Later {NAME} was on her phone with {NAME}son."
    visit.state = EvaluationState.IN_PROGRESS
    comments(store, visit, {"greeted": said})
    held_by(visit, person)
    store.commit()
    assert act(editor, visit, "passages", register="comment:greeted", words=NAME).status_code == 303
    starts = [row.start for row in store.scalars(select(Withholding).order_by(Withholding.start))]
    assert starts == [said.index(NAME), said.index(f"{NAME} was")]
    act(editor, visit, "passages", register="comment:greeted", words=NAME)
    assert len(store.scalars(select(Withholding)).all()) == 2
    release(store, visit, person)
    page = client.get(f"/portal/visits/{visit.id}").text
    assert f"Later {NAME}" not in page
    assert f"with {NAME}son." in page


def test_withheld_words_are_a_block_in_page_and_report_and_marked_for_the_editor(
    app, editor, client, store, visit, person
):
    photo = photo_of(store, visit, "greeted")
    registers = (
        "comment:greeted",
        "answer:told",
        f"photo:{photo.id}",
        f"photo:{photo_of(store, visit, 'window').id}",
    )
    for register in registers:
        assert act(editor, visit, "passages", register=register, words=NAME).status_code == 303
    assert (
        f'<mark class="kept" title="Kept from the client">{NAME}</mark> looked away.'
        in editor.get(f"/office/reviews/{visit.id}").text
    )
    release(store, visit, person)
    page = client.get(f"/portal/visits/{visit.id}").text
    _document, words = its_report(app, store, visit)
    for told in (page, words):
        assert NAME not in told
        assert "Quist" not in told
        assert BLOCK in told
        assert "at till 4." in told
    assert NAME not in json.dumps([entry.details for entry in store.scalars(select(AuditEntry))])


def test_of_a_released_result_every_step_makes_a_new_edition_at_once(editor, client, store, visit, person):
    photo = photo_of(store, visit, "window")
    release(store, visit, person)
    assert client.get(f"/portal/photos/{photo.id}/web").status_code == 200
    assert act(editor, visit, f"photos/{photo.id}/hidings").status_code == 303
    assert client.get(f"/portal/photos/{photo.id}/web").status_code == 404
    act(editor, visit, "passages", register="comment:greeted", words=NAME)
    assert (
        NAME
        not in client.get(f"/portal/visits/{visit.id}")
        .text.split("What went wrong")[1]
        .split("</section>")[0]
    )
    cards = store.scalars(
        select(Scorecard).where(Scorecard.evaluation_id == visit.id).order_by(Scorecard.edition)
    ).all()
    assert [(card.edition, card.cause) for card in cards] == [
        (1, "approved"),
        (2, "withheld"),
        (3, "withheld"),
    ]
    assert len({card.card for card in cards}) == 1
