"""Answers of every kind in the reader's own words, figures and dates."""

from decimal import Decimal

import pytest

from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, answered
from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    Chosen,
    Date,
    Document,
    Duration,
    Is,
    Money,
    Narrative,
    Not,
    Number,
    OneOf,
    Option,
    Place,
    Rating,
    SeveralChoices,
    SingleChoice,
    Time,
    Touchpoint,
    WasNotApplicable,
    YesNo,
)
from shopper.language import speaking
from shopper.saying import answer_text, condition_text, duration, money

DOCUMENT = Document(languages=("en", "es"))
OPTIONS = (
    Option(key="poster", text={"en": "A poster", "es": "Un cartel"}),
    Option(key="screen", text={"en": "A screen", "es": "Una pantalla"}),
)
PEOPLE = Number(key="q", decimals=3, unit={"en": "people", "es": "personas"})
SPOT = {"lat": "38.5", "lon": "-5.25", "accuracy_m": 1200}


def said(question, value, language="en"):
    with speaking(language):
        return answer_text(answered(value), question, DOCUMENT).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("question", "value", "en", "es"),
    [
        (YesNo(key="q"), "no", "No", "No"),
        (SingleChoice(key="q", options=OPTIONS), "poster", "A poster", "Un cartel"),
        (
            SeveralChoices(key="q", options=OPTIONS),
            ["screen", "poster"],
            "A poster · A screen",
            "Un cartel · Una pantalla",
        ),
        (Rating(key="q", hi_text={"en": "warm", "es": "cálida"}), 5, "5 of 5 · warm", "5 de 5 · cálida"),
        (PEOPLE, "12345.678", "12,345.678 people", "12.345,678 personas"),
        (PEOPLE, "0.5", "0.5 people", "0,5 personas"),
        (Number(key="q"), "-7", "-7", "-7"),
        (Money(key="q"), {"amount": "1234.5", "currency": "EUR"}, "€1,234.50", "1234,50 €"),
        (Money(key="q", currency="JPY"), {"amount": "900", "currency": "JPY"}, "JP¥900", "900 JPY"),
        (Money(key="q", currency="KWD"), {"amount": "1.505", "currency": "KWD"}, "KWD 1.505", "1,505 KWD"),
        (Duration(key="q"), "95.5", "1 min 35.5 s", "1 min 35,5 s"),
        (Date(key="q"), "2026-03-14", "Sat 14 Mar 2026", "sáb 14 mar 2026"),
        (Time(key="q"), "09:05", "09:05", "09:05"),
        (
            Place(key="q"),
            SPOT,
            "38.50000, -5.25000, give or take 1,200 m",
            "38.50000, -5.25000, con un margen de 1200 m",
        ),
        (Place(key="q"), {"denied": True}, "The place was not given", "No se facilitó el lugar"),
        (Narrative(key="q"), "I walked in.", "I walked in.", "I walked in."),
    ],
)
def test_an_answer_is_said_as_its_reader_would(question, value, en, es):
    assert (said(question, value), said(question, value, "es")) == (en, es)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        ("0", "0 s"),
        ("59.9", "59.9 s"),
        ("60", "1 min"),
        ("3600", "1 h"),
        ("3661", "1 h 1 min 1 s"),
        ("359999.9", "99 h 59 min 59.9 s"),
    ],
)
def test_a_duration_is_told_in_the_units_that_it_has(seconds, words):
    assert duration(seconds).replace("\N{NO-BREAK SPACE}", " ") == words


def test_an_amount_keeps_every_decimal_that_it_has():
    assert money(Decimal("1.234"), "IQD").replace("\N{NO-BREAK SPACE}", " ") == "IQD 1.234"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (Number(key="q"), "many"),
        (Date(key="q"), "soon"),
        (Time(key="q"), "noon"),
        (Duration(key="q"), "long"),
        (Money(key="q"), "cheap"),
        (Place(key="q"), "here"),
    ],
)
def test_what_was_typed_and_is_no_answer_is_said_as_it_was_typed(question, value):
    assert said(question, value) == value


def test_the_other_states_have_their_words():
    with speaking("en"):
        assert answer_text(NOT_APPLICABLE, PEOPLE, DOCUMENT) == "Not applicable"
        assert answer_text(NOT_OBSERVED, PEOPLE, DOCUMENT) == "Did not observe"
        assert answer_text(None, PEOPLE, DOCUMENT) == ""


CHECKLIST = Document(
    languages=("en", "es"),
    touchpoints=(
        Touchpoint(
            key="till",
            questions=(
                YesNo(key="met", text={"en": "Were you met?", "es": "¿Le recibieron?"}),
                SeveralChoices(key="seen", text={"en": "What was seen?", "es": "¿Qué vio?"}, options=OPTIONS),
                Duration(key="wait", text={"en": "How long?", "es": "¿Cuánto?"}),
            ),
        ),
    ),
)
MET = Is(question="met", answer="yes")
POSTER = Chosen(question="seen", answer="poster")
LONG = AtLeast(question="wait", measure=Decimal(95))


@pytest.mark.parametrize(
    ("condition", "en", "es"),
    [
        (MET, "“Were you met?” is Yes", "«¿Le recibieron?» es Sí"),
        (
            All(of=(MET, AnyOf(of=(POSTER, LONG)))),
            "“Were you met?” is Yes and (“What was seen?” includes “A poster” or “How long?” is 1 min 35 s or more)",
            "«¿Le recibieron?» es Sí y («¿Qué vio?» incluye «Un cartel» o «¿Cuánto?» es 1 min 35 s o más)",
        ),
        (
            Not(of=WasNotApplicable(question="seen")),
            "not (“What was seen?” was not applicable)",
            "no se cumple (en «¿Qué vio?» se marcó que no aplica)",
        ),
        (
            Not(of=AnyOf(of=(MET, LONG))),
            "none of (“Were you met?” is Yes or “How long?” is 1 min 35 s or more)",
            "no se cumple ninguna de («¿Le recibieron?» es Sí o «¿Cuánto?» es 1 min 35 s o más)",
        ),
        (
            OneOf(question="seen", answers=("poster", "screen")),
            "“What was seen?” includes nothing but “A poster”, “A screen”",
            "«¿Qué vio?» no incluye más que «Un cartel», «Una pantalla»",
        ),
        (
            Is(question="gone", answer="yes"),
            "a question that is not there any more was answered",
            "se respondió a una pregunta que ya no está",
        ),
    ],
)
def test_a_condition_is_said_as_its_reader_would(condition, en, es):
    for language, words in (("en", en), ("es", es)):
        with speaking(language):
            assert condition_text(condition, CHECKLIST).replace("\N{NO-BREAK SPACE}", " ") == words
