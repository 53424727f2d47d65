"""A test drive: the client's page and PDF of answers that nobody gave, of which nothing is kept."""

import html
import io
import json
import re

import pypdf
import pytest
from sqlalchemy import func, select

from evaluations.document.tree import Critical, Effect, Lens, Photo, Scoring
from evaluations.models import CurrentRegister, Evaluation, Paper, Report, Role, Scorecard
from tests.builders import a_client, a_client_user, a_person
from tests.evaluations.designing.documents import document, journey, rating, touchpoint, yes_no

YES, NO = ({"state": "answered", "value": word} for word in ("yes", "no"))
BOTH = ("en", "es")


def a_checklist(**scoring):
    greeted = yes_no(
        text={"en": "Were you greeted?", "es": "¿Le saludaron?"},
        critical=Critical(on=("no",), effect=Effect.FAILS_VISIT),
        explain_on=("no",),
    )
    return document(
        touchpoint("greeting", greeted, rating("warmth", lenses=(Lens.SIMPLICITY,))),
        touchpoint("front", Photo(key="shot", text={"en": "The shop front"}), yes_no("lit")),
        languages=BOTH,
        scoring=Scoring(**scoring),
    )


@pytest.fixture
def tester(begin):
    return begin(a_checklist(target=80))


def said(answer):
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", answer.text)).split())


def drives(designer, found=None, *, to="", **asked):
    token = designer.visitor.get(f"{designer.base}/draft/preview").text.split('data-token="')[1].split('"')[0]
    sent = {"csrf_token": token, "found": json.dumps(found or {})} | asked
    return designer.visitor.post(f"{designer.base}/draft/test-drive{to}", data=sent)


def test_the_page_is_the_clients_own_and_says_that_nobody_made_the_visit(tester):
    answer = drives(tester, {"answers": {"greeted": NO, "lit": YES}, "comments": {"greeted": "Nobody came."}})
    assert answer.status_code == 200
    page = said(answer)
    assert "Nobody made this visit" in page
    assert "Failed" in page
    assert "Nobody came." in page
    assert "Sample Street" in page
    assert re.findall("<h1>([^<]*)</h1>", answer.text) == ["Sample Street"]
    assert "/portal/" not in answer.text


def test_a_drawing_stands_for_every_photo(tester):
    page = drives(tester, {"photos": {"shot": 3}}).text
    [address, *_rest] = found = re.findall('src="([^"]*/test-drive/photos/[^"]*print)"', page)
    assert len(found) == 3
    picture = tester.visitor.get(address)
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")


def test_the_page_wears_the_brand_that_was_chosen_and_shows_what_it_shows(tester, store):
    client = a_client(store, name="Marisol", colour="#8a3b52")
    client.shows_comments = client.shows_photos = False
    store.commit()
    found = {"answers": {"greeted": NO}, "comments": {"greeted": "Nobody came."}, "photos": {"shot": 1}}
    answer = drives(tester, found, client=str(client.id))
    assert "Marisol" in said(answer)
    assert "colours/8a3b52.css" in answer.text
    assert "Nobody came." not in said(answer)
    assert "1 photo, not shown" in said(answer)
    colours = tester.visitor.get(re.findall('href="([^"]*colours/8a3b52.css)"', answer.text)[0])
    assert "--accent:" in colours.text


def test_the_page_speaks_the_language_of_the_report_and_its_bar_the_readers(tester):
    answer = drives(tester, {"answers": {"greeted": YES}}, language="es")
    assert '<html lang="es">' in answer.text
    assert "¿Le saludaron?" in said(answer)
    assert "Nobody made this visit" in said(answer)


def test_internal_questions_reach_the_clients_page_as_little_as_ever(begin):
    secret = yes_no("secret", text={"en": "Did staff know?"}, internal=True)
    designer = begin(document(touchpoint("greeting", yes_no(), secret)))
    page = said(drives(designer, {"answers": {"greeted": YES, "secret": YES}}))
    assert "Was it greeted?" in page
    assert "Did staff know?" not in page


def test_answers_that_no_longer_fit_are_left_out_and_said(tester):
    page = said(drives(tester, {"answers": {"greeted": {"state": "answered", "value": 7}, "gone": YES}}))
    assert "2 answers no longer fit the checklist and are left out: “Were you greeted?”, “gone”" in page


@pytest.mark.parametrize("found", ["", "[]", "{nonsense", '{"answers": [1], "photos": {"shot": -1}}'])
def test_nonsense_is_no_answer(tester, found):
    token = tester.visitor.get(f"{tester.base}/draft/preview").text.split('data-token="')[1].split('"')[0]
    sent = {"csrf_token": token, "found": found, "client": "nobody", "paper": "a9", "language": "xx"}
    assert tester.visitor.post(f"{tester.base}/draft/test-drive", data=sent).status_code == 200


def test_without_script_the_page_is_read_for_answers_at_their_best_and_worst(tester):
    assert "100.0" in said(tester.opens("/test-drive?fill=best"))
    assert "Failed" in said(tester.opens("/test-drive?fill=worst"))


def test_the_same_number_gives_the_same_answers(tester):
    one, again, other = (
        tester.opens(f"/test-drive/answers?fill=random&number={number}").json for number in (4, 4, 5)
    )
    assert one == again != other
    assert one["photos"] == {"shot": 1}


def test_the_pdf_is_the_clients_report_on_the_paper_and_in_the_language_asked_for(tester, store):
    client = a_client(store, name="Marisol")
    store.commit()
    found = {"answers": {"greeted": NO}, "comments": {"greeted": "Nobody came."}, "photos": {"shot": 2}}
    for language, paper, size, words in (
        ("en", Paper.LETTER, (612, 792), "Nobody made this visit"),
        ("es", Paper.A4, (595, 842), "nadie hizo esta visita"),
    ):
        asked = {"language": language, "paper": paper.value, "client": str(client.id)}
        answer = drives(tester, found, to="/report.pdf", **asked)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        document = pypdf.PdfReader(io.BytesIO(answer.data))
        first = document.pages[0]
        assert (round(first.mediabox.width), round(first.mediabox.height)) == size
        text = " ".join("".join(page.extract_text() for page in document.pages).split())
        assert words.lower() in text.lower()
        assert "Marisol" in text
        assert "Nobody came." in text


def test_nothing_of_a_test_drive_is_stored(tester, store):
    drives(tester, {"answers": {"greeted": YES}, "photos": {"shot": 1}})
    drives(tester, {"answers": {"greeted": YES}, "photos": {"shot": 1}}, to="/report.pdf")
    for kept in (Evaluation, Scorecard, Report, CurrentRegister):
        assert store.scalar(select(func.count()).select_from(kept)) == 0
    assert tester.versions[0].edition == 1


def test_a_published_version_is_driven_by_whoever_plans_waves_with_it(begin, store, visitors):
    tester = begin(journey())
    assert tester.sends("/check", "/versions").status_code == 303
    person = a_person(store, Role.SCHEDULER)
    store.commit()
    scheduler = visitors().signs_in(person)
    page = scheduler.get(f"{tester.base}/versions/1/test-drive?fill=worst")
    assert page.status_code == 200
    assert "version 1" in said(page)
    assert "0.0" in said(page)
    assert scheduler.get(f"{tester.base}/versions/1/preview").status_code == 200
    assert scheduler.get(f"{tester.base}/draft/test-drive").status_code == 404


def test_whom_it_does_not_concern_finds_nothing_of_it(tester, store, visitors):
    readers = (
        a_person(store, Role.EDITOR),
        a_person(store, Role.SHOPPER),
        a_client_user(store, a_client(store)),
    )
    store.commit()
    for person in readers:
        assert visitors().signs_in(person).get(f"{tester.base}/draft/test-drive").status_code == 404


def test_the_score_says_touchpoint_by_touchpoint_why(tester):
    token = tester.opens("/preview").text.split('data-token="')[1].split('"')[0]
    answer = tester.visitor.post(
        f"{tester.base}/draft/preview/scores",
        json={"greeted": NO, "gone": YES, "warmth": {"state": "answered", "value": "three"}},
        headers={"X-CSRFToken": token},
    )
    text = " ".join(re.sub("<[^>]*>", " ", answer.json["html"]).split())
    assert "“Were you greeted?”" in text
    assert "1 critical answer" in text
    assert "1 not counted" in text
    assert "left blank" in text
    assert answer.json["left"] == ["gone", "warmth"]
