"""A photo is demanded on given answers: not written where there are none, checked, and kept by a workbook."""

from evaluations.designing import checking, files
from evaluations.document import canonical
from evaluations.document.answers import NOT_APPLICABLE, answered
from evaluations.document.kinds import demands_photo
from evaluations.document.tree import Date, Option
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no


def codes(*questions: object) -> set[str]:
    return {one.code for one in checking.errors(document(touchpoint("till", *questions)))}  # type: ignore[arg-type]


def test_it_is_not_written_where_there_is_none_and_neither_is_a_days_message():
    text = canonical.write(document(touchpoint("till", yes_no(), Date(key="day"))))
    assert "photo_on" not in text
    assert "constraint_message" not in text


def test_it_is_demanded_on_the_answers_that_it_names_alone():
    question = yes_no(photo_on=("no",), na_allowed=True)
    assert demands_photo(question, answered("no"))
    assert not demands_photo(question, answered("yes"))
    assert not demands_photo(question, NOT_APPLICABLE)
    assert not demands_photo(question, None)


def test_an_answer_that_there_is_not_or_photos_that_are_not_allowed_are_found():
    assert "photo_on_unknown_answer" in codes(yes_no(photo_on=("maybe",)))
    assert "photo_demanded_not_allowed" in codes(yes_no(photo_on=("no",), photos_allowed=False))
    gone = tuple(Option(key=key, text={"en": key}, retired=key == "c") for key in "abc")
    assert "photo_on_retired_answer" in codes(choice(options=gone, photo_on=("c",)))
    assert codes(yes_no(photo_on=("no",)), rating(photo_on=("1", "2"))) == set()


def test_a_workbook_gives_it_back_as_it_was():
    day = Date(
        key="day", text={"en": "When?"}, earliest="2026-03-01", constraint_message={"en": "From March."}
    )
    whole = document(
        touchpoint(
            "till",
            yes_no(photo_on=("no", "yes")),
            rating(photo_on=("1",)),
            choice(photo_on=("option_2",)),
            day,
        )
    )
    body = files.as_workbook(whole, name="Spring", version=1)
    found = files.read(body, "a.xlsx", language="en")
    assert (found.document, found.faults, found.notes) == (whole, (), ())
