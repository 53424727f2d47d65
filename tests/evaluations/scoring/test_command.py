"""Two texts make a scorecard, or say what cannot be read."""

import json

import pytest

from evaluations.document import canonical
from evaluations.document.tree import Number, PointBand
from evaluations.errors import Invalid, Refusal
from evaluations.scoring.command import score_files
from evaluations.scoring.scorecard import as_json, score
from tests.evaluations.scoring.checklists import BOTH_ANSWERS, GREETING, a_document, a_touchpoint, the_till

DOCUMENT = a_document(GREETING, the_till())
TEXT = canonical.write(DOCUMENT)


def refusal(document: str | bytes, answers: str | bytes) -> Refusal:
    with pytest.raises(Invalid) as caught:
        score_files(document, answers)
    return caught.value


@pytest.mark.parametrize("document", ["", "{", b"\xff\xfe", "[" * 100_000])
def test_a_document_that_is_not_json_is_refused(document: str | bytes) -> None:
    assert refusal(document, "{}").code == "document_not_json"


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ("[]", "$"),
        ("null", "$"),
        ("\ud800", "$"),
        ('{"surprise": 1}', "surprise"),
        ('{"scoring": {"target": 80.001}}', "scoring.target"),
        ('{"scoring": {"target": 1e400}}', "scoring.target"),
        ('{"touchpoints": [{"key": "No!"}]}', "touchpoints.0.key"),
        ('{"touchpoints": [{"key": "t", "questions": [{"key": "q"}]}]}', "touchpoints.0.questions.0"),
    ],
)
def test_a_document_of_another_shape_is_refused_with_the_place(document: str, where: str) -> None:
    found = refusal(document, "{}")
    assert (found.code, found.values["where"]) == ("bad_document", where)


@pytest.mark.parametrize("answers", ["", "{", b"\xff", "[" * 100_000, '{"warmth": ' + "9" * 5000 + "}"])
def test_answers_that_are_not_json_are_refused(answers: str | bytes) -> None:
    assert refusal(TEXT, answers).code == "answers_not_json"


@pytest.mark.parametrize("answers", ["[]", "null", "1", "NaN", '"greeted"'])
def test_answers_that_are_not_one_object_are_refused(answers: str) -> None:
    assert refusal(TEXT, answers).code == "answers_not_an_object"


def test_an_answer_to_a_question_that_the_document_lacks_is_refused_by_name() -> None:
    found = refusal(TEXT, '{"elsewhere": {"state": "answered", "value": "yes"}}')
    assert (found.code, found.field, found.values) == ("unknown_question", "elsewhere", {"key": "elsewhere"})


def test_a_question_answered_twice_is_refused_rather_than_one_answer_chosen() -> None:
    text = (
        '{"greeted": {"state": "answered", "value": "yes"}, "greeted": {"state": "answered", "value": "no"}}'
    )
    found = refusal(TEXT, text)
    assert (found.code, found.field) == ("answered_twice", "greeted")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ('"yes"', "answer_malformed"),
        ("null", "answer_malformed"),
        ('{"state": "answered", "value": "maybe"}', "answer_not_yes_no"),
        ('{"state": "na"}', "answer_na_not_allowed"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_at_its_question(answer: str, code: str) -> None:
    found = refusal(TEXT, f'{{"greeted": {answer}}}')
    assert (found.code, found.field) == (code, "greeted")


def test_a_document_and_its_answers_make_the_scorecard_that_the_product_stores() -> None:
    answers = {key: answer.model_dump(mode="json") for key, answer in BOTH_ANSWERS.items()}
    card = score_files(TEXT, json.dumps(answers))
    assert (card["shown"], card["verdict"]) == ("70.0", "passed")
    assert card == as_json(score(DOCUMENT, BOTH_ANSWERS))


def test_an_answer_outside_of_its_range_counts_as_blank_here_as_on_every_page() -> None:
    people = Number(key="people", maximum=5, bands=(PointBand(points=10),))
    document = canonical.write(a_document(GREETING, a_touchpoint(people, key="queue")))
    card = score_files(document, '{"people": {"state": "answered", "value": "6"}}')
    assert card["questions"][-1]["finding"] == "blank"
    assert (
        refusal(document, '{"people": {"state": "answered", "value": "six"}}').code == "answer_not_a_number"
    )


def test_files_are_read_as_bytes_too() -> None:
    assert score_files(TEXT.encode(), b"{}")["verdict"] == "not_scored"
