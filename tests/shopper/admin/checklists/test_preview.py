"""A checklist is tried on the phone's own page, and the score beside it is for the office."""

import json

import pytest

from evaluations.document.tree import Scoring
from tests.evaluations.designing.documents import document, touchpoint, yes_no


def scored(designer, answers):
    page = f"{designer.base}/draft/preview"
    token = designer.visitor.get(page).text.split('data-token="')[1].split('"')[0]
    return designer.visitor.post(f"{page}/scores", json=answers, headers={"X-CSRFToken": token})


def test_nobody_but_our_own_pages_may_frame_the_phone(designer):
    phone = designer.opens("/preview/phone").headers
    assert "frame-ancestors 'self'" in phone["Content-Security-Policy"]
    assert phone["X-Frame-Options"] == "SAMEORIGIN"
    office = designer.opens("/preview").headers
    assert "frame-src 'self'" in office["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in office["Content-Security-Policy"]
    assert office["X-Frame-Options"] == "DENY"
    plain = designer.visitor.get(designer.base).headers["Content-Security-Policy"]
    assert "frame-src 'none'" in plain


def test_a_score_needs_the_forgery_token(designer):
    assert designer.visitor.post(f"{designer.base}/draft/preview/scores", json={}).status_code == 400


@pytest.mark.parametrize(
    "answers", [None, [], "yes", {"greeted": "yes"}, {"greeted": {"state": "odd"}}, {"nothing": {}}]
)
def test_what_cannot_be_read_as_an_answer_is_blank(designer, answers):
    answer = scored(designer, answers)
    assert (answer.status_code, "No score yet" in answer.json["html"]) == (200, True)


def test_the_preview_holds_the_document_as_the_phone_will_read_it(designer):
    text = designer.opens("/preview/phone").text
    held = text.split("data-document>")[1].split("</script>")[0]
    assert json.loads(held) == json.loads(designer.versions[0].document)


def test_the_phone_speaks_the_language_that_is_chosen(begin):
    words = {"en": "Come as a customer.", "es": "Entre como cliente."}
    designer = begin(document(touchpoint("greeting", yes_no()), languages=("en", "es"), briefing=words))
    spanish = designer.opens("/preview/phone?language=es").text
    assert '<html lang="es">' in spanish
    assert "Entre como cliente." in spanish
    assert "Come as a customer." in designer.opens("/preview/phone?language=xx").text


def test_answers_are_scored_and_nothing_is_kept(begin):
    scoring = Scoring(target=80)
    designer = begin(document(touchpoint("greeting", yes_no(), yes_no("lit", points=30)), scoring=scoring))
    answer = scored(
        designer,
        {"greeted": {"state": "answered", "value": "yes"}, "lit": {"state": "answered", "value": "no"}},
    )
    text = " ".join(answer.json["html"].split())
    assert "25.0" in text
    assert "10 / 40" in text
    assert "Below target" in text
    assert designer.versions[0].edition == 1
