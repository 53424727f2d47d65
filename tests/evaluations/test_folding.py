"""Accents and capitals do not matter in a search, and both databases agree on it."""

import pytest
from sqlalchemy import literal, select

from evaluations.folding import fold, folded, matching, words_of

TEXTS = ["Álamo", "CORUÑA", "Ñandú", "Łódź", "Ångström", "Åland", "Ἀθήνα", "100 % sure", "", "naïve café"]


@pytest.mark.parametrize("text", TEXTS)
def test_the_database_folds_as_the_language_does(session, text):
    found = session.scalar(select(folded(literal(text))))
    assert found.lower() == fold(text)


def test_accents_go_and_what_stood_under_them_stays():
    assert fold("Coruña, Ávila, Übersee, Čeština") == "coruna, avila, ubersee, cestina"
    assert fold("a\u0301lamo") == fold("Álamo") == "alamo"
    assert fold(None) is None


@pytest.mark.parametrize("typed", ["alamo", "ÁLAMO", "ala dri", "  madrid   Álamo "])
def test_every_word_has_to_stand_somewhere(session, typed):
    columns = (literal("Calle Álamo"), literal("Madrid"))
    assert session.scalar(select(matching(typed, columns)))


@pytest.mark.parametrize("typed", ["alamo lima", "a%o", "m_drid", "a/l", "\\"])
def test_signs_are_only_signs_and_a_word_that_is_nowhere_finds_nothing(session, typed):
    columns = (literal("Calle Álamo"), literal("Madrid"))
    assert not session.scalar(select(matching(typed, columns)))


def test_a_whole_book_is_not_searched_for():
    assert len(words_of("a " * 500)) == 8
    assert sum(map(len, words_of("x" * 500))) == 100


def test_a_column_without_a_text_holds_nothing(session):
    assert session.scalar(select(folded(literal(None)))) is None
