"""Whatever a checklist holds, its workbook gives it back, and the makers of the standard take the workbook."""

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.designing.drafts import scripted
from evaluations.designing.media import Media
from evaluations.designing.xlsform import reading, writing
from evaluations.designing.xlsform.opening import open_workbook
from evaluations.document.tree import (
    AnyOf,
    Document,
    Is,
    IsNot,
    Not,
    Number,
    Option,
    Picture,
    SingleChoice,
    Touchpoint,
    WasAnswered,
    YesNo,
)
from tests.builders import a_document
from tests.evaluations.designing.xlsform.worded import worded_documents

SCRIPT = scripted("A visit", ("en", "es"))


def read_back(document: Document) -> reading.Reading:
    """What is read from the workbook of a checklist."""
    return reading.read(open_workbook(writing.workbook(document)), title="?")


@settings(max_examples=25)
@given(worded_documents())
def test_a_checklist_is_read_from_its_own_sheets_as_it_was(document: Document) -> None:
    found = reading.read(writing.sheets(document, form_id="a", version="1"), title="?")
    assert (found.faults, found.notes) == ((), ())
    assert found.document == document


@settings(max_examples=3)
@given(worded_documents())
def test_a_checklist_is_read_from_its_file_as_it_was(document: Document) -> None:
    assert read_back(document).document == document


def test_the_ready_story_of_a_visit_is_read_as_it_was_without_a_word_lost() -> None:
    assert read_back(SCRIPT) == reading.Reading(SCRIPT, (), ())


def test_an_edited_condition_counts_though_the_file_holds_the_old_one_exactly() -> None:
    first = YesNo(key="first", text={"en": "First?"})
    second = Number(key="second", text={"en": "Second?"}, show_if=Is(question="second", answer="yes"))
    [survey, *others] = writing.sheets(a_document(first, second), form_id="a", version="1")
    heading, *rows = survey.records or []
    place = heading[1].index("relevant") if "relevant" in heading[1] else None
    assert place is None, "a condition on itself has no expression"
    heading[1].append("relevant")
    [row] = [cells for _, cells in rows if "second" in cells]
    row.append("${first} = 'no'")
    found = reading.read([survey, *others], title="?")
    assert found.document is not None
    assert found.document.question("second").show_if == Is(question="first", answer="no")


def test_the_condition_of_a_touchpoint_is_that_of_its_group() -> None:
    first = YesNo(key="first", text={"en": "First?"})
    plain, exact = Is(question="first", answer="no"), IsNot(question="first", answer="no")
    for condition, relevant in ((plain, "${first} = 'no'"), (exact, "${first} != '' and ${first} != 'no'")):
        later = Touchpoint(
            key="later", name={"en": "Later"}, show_if=condition, questions=(YesNo(key="then"),)
        )
        document = a_document(touchpoints=(*a_document(first).touchpoints, later))
        survey = writing.sheets(document, form_id="a", version="1")[0]
        heading, *rows = [cells for _, cells in survey.records or ()]
        said = {row[heading.index("name")]: row[heading.index("relevant")] for row in rows}
        assert said == {"greeting": "", "first": "", "later": relevant, "then": "", "": ""}
        assert read_back(document).document == document


@settings(max_examples=15)
@given(worded_documents(), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_the_pictures_of_a_checklist_are_read_from_its_sheets_as_they_were(
    document: Document, counts: list[int]
) -> None:
    names = [f"{number:064x}" for number in range(3)]
    captions = ({}, {document.languages[0]: "As it should be"}, {})
    every = tuple(
        Picture(sha256=name, caption=caption) for name, caption in zip(names, captions, strict=True)
    )
    touchpoints = tuple(
        touchpoint.model_copy(
            update={
                "questions": tuple(
                    question.model_copy(update={"pictures": every[: counts[place % 5]]})
                    for place, question in enumerate(touchpoint.questions)
                )
            }
        )
        for touchpoint in document.touchpoints
    )
    shown = document.model_copy(update={"touchpoints": touchpoints})
    media = Media(held=set(names))
    found = reading.read(writing.sheets(shown, form_id="a", version="1"), title="?", media=media)
    assert (found.faults, found.document) == ((), shown)


def test_nothing_in_the_file_is_a_formula() -> None:
    option = Option(key="a", text={"en": "=HYPERLINK(1)"})
    choice = SingleChoice(key="one", text={"en": "+1"}, options=(option, Option(key="b", text={"en": "@x"})))
    with zipfile.ZipFile(io.BytesIO(writing.workbook(a_document(choice)))) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_the_makers_of_the_standard_take_the_condition_of_a_group() -> None:
    from pyxform.xls2xform import convert

    [first, *others] = SCRIPT.touchpoints
    asked = next(one for one in first.questions if isinstance(one, YesNo))
    on = Not(of=AnyOf(of=(Is(question=asked.key, answer="yes"), WasAnswered(question=asked.key))))
    met = [others[0].model_copy(update={"show_if": on}), *others[1:]]
    document = SCRIPT.model_copy(update={"touchpoints": (first, *met)})
    made = convert(io.BytesIO(writing.workbook(document)), file_type=".xlsx")
    assert made.xform.count("relevant=") == 1
    assert f"/{others[0].key}" in made.xform


def test_the_makers_of_the_standard_take_the_workbook() -> None:
    from pyxform.xls2xform import convert

    made = convert(io.BytesIO(writing.workbook(SCRIPT)), file_type=".xlsx")
    assert all(f"/{question.key}" in made.xform for question in SCRIPT.questions())
    assert [one for one in made.warnings if "max-pixels" not in one] == []


def test_the_makers_of_the_standard_take_the_workbook_with_its_pictures_in_both_languages() -> None:
    from pyxform.xls2xform import convert

    shown = YesNo(
        key="lit",
        text={"en": "Lit?", "es": "¿Luz?"},
        pictures=(Picture(sha256="ab" * 32), Picture(sha256="cd" * 32)),
    )
    document = a_document(shown, languages=("en", "es"))
    made = convert(io.BytesIO(writing.workbook(document)), file_type=".xlsx")
    assert made.xform.count(f"jr://images/{'ab' * 32}.jpg") == 2
    assert made.warnings == []
