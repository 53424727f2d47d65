"""Every text of a checklist has a name that holds, and many are changed at once without losing anybody's."""

from fractions import Fraction

import pytest

from evaluations.designing import drafting
from evaluations.designing.outline import outline, wordings
from evaluations.designing.texts import Clash, Text, Written, is_much_longer, put, said, texts
from evaluations.document.tree import Picture
from evaluations.errors import Invalid
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no
from tests.evaluations.designing.test_filling import of_every_kind

BOTH = ("en", "es")


def a_checklist():
    greeted = yes_no(text={"en": "Were you greeted?", "es": "¿Le saludaron?"}, help={"en": "By anybody."})
    warmth = rating("warmth", lo_text={"en": "Cold"}, hi_text={"en": "Warm"})
    return document(
        touchpoint("greeting", greeted, warmth), touchpoint("till", choice("queue")), languages=BOTH
    )


def names(doc):
    return [text.name for text in texts(doc)]


def test_no_wording_of_any_kind_of_question_is_forgotten():
    whole = of_every_kind()
    said_everywhere = put(whole, "es", [Written("title", "", "Primavera")]).document
    wanted = [wording for wording in wordings(said_everywhere) if any(wording.values())]
    found = [dict(text.wording) for text in texts(said_everywhere) if any(text.wording.values())]
    assert sorted(map(str, found)) == sorted(map(str, wanted))


def test_a_text_is_named_by_where_it_stands():
    assert names(a_checklist()) == [
        "title",
        "briefing",
        "touchpoint.greeting.name",
        "question.greeted.text",
        "question.greeted.help",
        "question.warmth.text",
        "question.warmth.lo_text",
        "question.warmth.hi_text",
        "touchpoint.till.name",
        "question.queue.text",
        "question.queue.options.option_1.text",
        "question.queue.options.option_2.text",
    ]


def test_a_picture_has_its_caption_under_a_name_that_does_not_hang_on_its_place():
    one, other = (Picture(sha256=sign * 64, caption={"en": sign}) for sign in "ab")
    there = [
        names(document(touchpoint("t", yes_no(pictures=shown)))) for shown in ((one, other), (other, one))
    ]
    assert set(there[0]) == set(there[1])
    assert f"question.greeted.pictures.{'a' * 12}.caption" in there[0]
    found = put(
        document(touchpoint("t", yes_no(pictures=(one, other)))), "es", [Written(there[0][-1], "", "bé")]
    )
    assert found.document.question("greeted").pictures[1].caption == {"en": "b", "es": "bé"}


def test_a_name_holds_while_a_question_moves():
    moved = drafting.place_question(a_checklist(), "greeted", "till", 0)
    assert sorted(names(moved)) == sorted(names(a_checklist()))


def test_how_much_a_language_has_is_what_the_designer_says():
    doc = a_checklist()
    assert said(texts(doc), "es") == outline(doc).translated["es"] == Fraction(1, 12)
    assert said(texts(doc), "en") == 1


def test_a_needed_text_that_no_language_has_is_missing_and_another_is_not_wanted():
    doc = document(touchpoint("greeting", yes_no(text={})), languages=BOTH)
    [text] = [one for one in texts(doc) if one.question]
    assert (text.field, text.lacks("en"), text.lacks("es")) == ("text", True, True)
    assert not Text("x", "help", {}).is_wanted


def test_what_is_written_is_put_in_place_and_nothing_else_is_touched():
    doc = a_checklist()
    found = put(
        doc,
        "es",
        [
            Written("title", "", "Primavera"),
            Written("question.queue.options.option_2.text", "", "Opción 2"),
            Written("question.greeted.text", "¿Le saludaron?", "¿Le saludaron?"),
        ],
    )
    assert found.kept == ("title", "question.queue.options.option_2.text")
    assert found.document.title == {"en": "Spring", "es": "Primavera"}
    assert found.document.question("queue").options[1].text == {"en": "Option 2", "es": "Opción 2"}
    assert found.document.touchpoints[0] == doc.touchpoints[0]


def test_a_text_that_is_emptied_is_gone_from_its_language():
    found = put(a_checklist(), "es", [Written("question.greeted.text", "¿Le saludaron?", "")])
    assert found.document.question("greeted").text == {"en": "Were you greeted?"}


def test_two_who_translate_keep_both_and_where_they_clash_theirs_stays():
    theirs = put(a_checklist(), "es", [Written("title", "", "Primavera")]).document
    found = put(
        theirs,
        "es",
        [
            Written("title", "", "La primavera"),
            Written("briefing", "", "Entre."),
            Written("question.warmth.text", "", ""),
        ],
    )
    assert found.clashes == (Clash("title", "La primavera", "Primavera"),)
    assert (found.document.title["es"], found.document.briefing["es"]) == ("Primavera", "Entre.")


def test_what_both_wrote_alike_is_no_clash_and_what_was_left_alone_is_theirs():
    theirs = put(a_checklist(), "es", [Written("title", "", "Primavera")]).document
    found = put(theirs, "es", [Written("title", "", "Primavera")])
    assert (found.kept, found.clashes, found.document) == ((), (), theirs)


def test_a_text_whose_place_is_gone_is_told():
    found = put(a_checklist(), "es", [Written("question.gone.text", "", "Hola"), Written("x", "a", "a")])
    assert (found.gone, found.document) == (("question.gone.text",), a_checklist())


def test_a_text_beyond_its_length_is_refused():
    with pytest.raises(Invalid) as refused:
        put(a_checklist(), "es", [Written("title", "", "x" * 4001)])
    assert refused.value.code == "text_too_long"


@pytest.mark.parametrize(
    ("original", "translation", "longer"),
    [
        ("Yes", "Sí, desde luego", False),
        ("x" * 50, "y" * 65, False),
        ("x" * 50, "y" * 90, True),
        ("x" * 100, "y" * 130, False),
        ("", "y" * 90, False),
    ],
)
def test_a_translation_that_is_much_longer_is_noticed(original, translation, longer):
    assert is_much_longer(original, translation) is longer
