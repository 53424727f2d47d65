"""The touchpoint library holds whole entries, and places them without a clash."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.designing import checking
from evaluations.designing.library import Entry, default_script, find, library, placed, read, text_of
from evaluations.document.kinds import worth
from evaluations.document.tree import (
    AnyQuestion,
    Channel,
    Document,
    Instruction,
    Kind,
    Lens,
    Narrative,
    Phase,
    Photo,
    Place,
    Rating,
    Scored,
    SeveralChoices,
    Signature,
    SingleChoice,
    Stage,
    Wording,
    YesNo,
)
from evaluations.errors import Invalid, NotFound

ENTRIES = [pytest.param(entry, id=entry.key) for entry in library()]
QUESTIONS = [pytest.param(question, id=question.key) for entry in library() for question in entry.questions]
STORY = ["signage", "store_layout", "greeting", "staff", "returns", "email_capture"]
AFTERWARDS = ["own_post", "social_recommendation", "promotional_email"]
KNOWN = {
    Phase.BEFORE: """online_ads outdoor_ads direct_mail landing_page website brand_content social_profile social_post
        social_message testimonials product_reviews word_of_mouth text_messages public_relations
        event_registration event_visit event_follow_up free_trial catalogue""",
    Phase.DURING: """signage visit_proof store_entrance store_layout visual_merchandising cleanliness greeting staff
        product_availability catalogue reseller online_shop call_centre self_service video_consultation checkout
        online_checkout order_confirmation returns email_capture loyalty_offer""",
    Phase.AFTER: """billing order_tracking thank_you customer_service technical_service return_made
        satisfaction_survey cross_selling_email promotional_email newsletter brand_content direct_mail
        loyalty_programme subscription_renewal personalised_offer social_response review_writing own_post
        social_recommendation overall""",
}
NAMED = {phase: keys.split() for phase, keys in KNOWN.items()}
"""The touchpoints that the trade knows, by the phase in which they are met."""


def wordings(part: Entry | AnyQuestion) -> dict[str, Wording]:
    """Every wording that a reader meets in `part`, by its name."""
    if isinstance(part, Entry):
        return {"name": part.name, "guidance": part.guidance}
    found = {"text": part.text}
    if part.help:
        found["help"] = part.help
    if isinstance(part, Rating):
        found |= {"lo_text": part.lo_text, "hi_text": part.hi_text}
    if isinstance(part, SingleChoice | SeveralChoices):
        found |= {option.key: option.text for option in part.options}
    return found


def possible_answers(question: AnyQuestion) -> set[str]:
    """The words with which `explain_on` and a critical rule may name answers of `question`."""
    if isinstance(question, YesNo):
        return {"yes", "no"}
    if isinstance(question, SingleChoice | SeveralChoices):
        return {option.key for option in question.options}
    if isinstance(question, Rating):
        return {str(value) for value in range(question.lo, question.hi + 1)}
    return set()


def unfavourable_answers(question: AnyQuestion) -> set[str]:
    """The answers that earn nothing."""
    if isinstance(question, YesNo):
        return {"no" if question.favourable == "yes" else "yes"}
    if isinstance(question, SingleChoice | SeveralChoices):
        return {option.key for option in question.options if not option.na and option.points <= 0}
    if isinstance(question, Rating):
        return {str(question.lo)}
    return set()


def test_a_text_that_is_not_toml_is_refused():
    with pytest.raises(Invalid) as refused:
        read("[[touchpoint]\nkey =")
    assert refused.value.code == "bad_library"


def test_a_misspelt_line_is_refused_by_the_name_of_its_entry():
    text = text_of(Phase.DURING).replace("min_length = 50", "min_lenght = 50", 1)
    with pytest.raises(Invalid) as refused:
        read(text)
    assert refused.value.values["where"].startswith("staff.questions.5")
    assert "min_lenght" in refused.value.values["where"]


def test_an_entry_begun_with_another_word_is_refused_and_not_passed_over():
    with pytest.raises(Invalid) as refused:
        read('[[touchpoints]]\nkey = "greeting"')
    assert refused.value.values["where"] == "touchpoints"


def test_an_entry_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        find("lift_music")


def test_a_phase_that_an_entry_does_not_fit_is_refused():
    with pytest.raises(Invalid) as refused:
        placed(find("greeting"), taken=(), phase=Phase.AFTER)
    assert (refused.value.code, refused.value.field) == ("phase_does_not_fit", "phase")


@pytest.mark.parametrize("part", [*ENTRIES, *QUESTIONS])
def test_every_wording_is_there_in_english_and_spanish(part):
    for name, wording in wordings(part).items():
        assert set(wording) == {"en", "es"}, name
        assert all(text == text.strip() and text for text in wording.values()), name
        assert wording["en"] != wording["es"], name


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_has_three_to_six_questions_of_several_kinds(entry):
    assert 3 <= len(entry.questions) <= 6
    assert len({question.kind for question in entry.questions}) >= 2


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_asks_one_issue(question):
    for text in question.text.values():
        assert text.count("?") <= 1
        assert not re.search(r"\b(and|or|y|e|o|u)\b(?!-)", text), text


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_end_with_their_question_mark_in_both_languages(question):
    asks = not isinstance(question, Instruction | Narrative | Photo | Signature | Place)
    assert question.text["en"].endswith("?") is asks
    assert (question.text["es"].count("¿") == 1 and question.text["es"].endswith("?")) is asks


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_named_as_the_question_can_be_answered(question):
    named = {*question.explain_on, *(question.critical.on if question.critical else ())}
    assert named <= possible_answers(question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_unfavourable_answer_has_to_be_explained(question):
    assert unfavourable_answers(question) <= set(question.explain_on)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_scored_question_earns_points_and_has_a_lens(question):
    if isinstance(question, Scored) and not question.internal and question.kind is not Kind.MONEY:
        assert worth(question) > 0
        assert question.lenses


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_stays_with_the_agency_earns_no_points(question):
    assert not (question.internal and worth(question))


def test_no_key_is_used_twice_in_the_whole_library():
    keys = [
        key for entry in library() for key in (entry.key, *(question.key for question in entry.questions))
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "phase"),
    [pytest.param(key, phase, id=f"{key}-{phase}") for phase in Phase for key in NAMED[phase]],
)
def test_every_touchpoint_that_the_trade_knows_is_there_in_its_phase(key, phase):
    assert phase in find(key).phases


def test_nothing_is_in_the_library_that_is_not_known_here():
    assert {entry.key for entry in library()} == {key for keys in NAMED.values() for key in keys}


@pytest.mark.parametrize("phase", Phase)
def test_an_entry_stands_in_the_file_of_its_usual_phase(phase):
    assert {entry.phases[0] for entry in read(text_of(phase))} == {phase}


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_fits_each_phase_once(entry):
    assert len(set(entry.phases)) == len(entry.phases)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_guidance_is_one_sentence(entry):
    for text in entry.guidance.values():
        assert text.endswith(".")
        assert ". " not in text


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_checklist_of_one_entry_passes_the_products_own_check(entry):
    document = Document(
        title={"en": "Visit", "es": "Visita"},
        briefing={"en": "Come as a customer.", "es": "Venga como cliente."},
        languages=("en", "es"),
        touchpoints=(placed(entry, taken=()),),
    )
    assert checking.problems(document) == ()


def test_the_library_looks_through_every_lens_in_every_stage_and_channel():
    assert {lens for entry in library() for question in entry.questions for lens in question.lenses} == set(
        Lens
    )
    assert {entry.stage for entry in library()} == set(Stage)
    assert {entry.channel for entry in library()} == set(Channel)


def test_the_library_uses_all_kinds_of_question():
    assert {question.kind for entry in library() for question in entry.questions} == set(Kind)


def test_the_default_script_tells_the_story_of_a_visit_in_order():
    assert [touchpoint.key for touchpoint in default_script()] == STORY
    assert [touchpoint.key for touchpoint in default_script(afterwards=True)] == [*STORY, *AFTERWARDS]


def test_what_only_days_can_show_is_asked_days_later():
    later = {
        q.key: q.due_days for touchpoint in default_script(afterwards=True) for q in touchpoint.questions
    }
    assert (later["own_post_reaction"], later["recommendation_likely"]) == (3, 3)
    assert {days for key, days in later.items() if key.startswith("promotion_")} == {10}
    assert not any(later[q.key] for touchpoint in default_script() for q in touchpoint.questions)


def test_the_default_script_is_a_whole_document_of_the_length_that_the_trade_uses():
    document = Document(languages=("en", "es"), touchpoints=default_script())
    assert 20 <= len(list(document.questions())) <= 40
    assert any(question.critical for question in document.questions())


def test_the_overall_impression_is_told_in_at_least_fifty_characters():
    story = find("overall").questions[0]
    assert isinstance(story, Narrative)
    assert story.min_length >= 50


def test_placing_keeps_all_that_the_entry_says():
    entry = find("greeting")
    touchpoint = placed(entry, taken=())
    assert (touchpoint.key, touchpoint.name, touchpoint.guidance) == (entry.key, entry.name, entry.guidance)
    assert (touchpoint.phase, touchpoint.stage, touchpoint.channel) == (
        entry.phases[0],
        entry.stage,
        entry.channel,
    )
    assert touchpoint.questions == entry.questions


def test_an_entry_may_be_placed_in_any_phase_that_it_fits():
    assert placed(find("signage"), taken=(), phase=Phase.BEFORE).phase is Phase.BEFORE


def test_a_question_without_lenses_takes_those_of_its_touchpoint():
    entry = find("signage")
    damaged = next(question for question in entry.questions if question.key == "signage_damaged")
    assert damaged.lenses == entry.lenses


@given(st.lists(st.sampled_from(library()), max_size=12))
def test_whatever_is_placed_however_often_no_key_clashes(entries):
    taken: set[str] = set()
    touchpoints = []
    for entry in entries:
        touchpoint = placed(entry, taken=taken)
        new = {touchpoint.key, *(question.key for question in touchpoint.questions)}
        assert not new & taken
        assert len(new) == 1 + len(entry.questions)
        taken |= new
        touchpoints.append(touchpoint)
    Document(languages=("en", "es"), touchpoints=tuple(touchpoints))


def test_a_key_of_full_length_stays_within_it_when_it_gets_a_number():
    long = find("greeting").model_copy(update={"key": "g" * 40})
    touchpoint = placed(long, taken={"g" * 40, "g" * 38 + "_2"})
    assert touchpoint.key == "g" * 38 + "_3"
