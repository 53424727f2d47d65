"""What stands in the way of publishing, and what gives pause."""

import pytest

from evaluations.designing.checking import errors, problems, words_for
from evaluations.designing.library import default_script
from evaluations.document.tree import (
    Critical,
    Document,
    Effect,
    Instruction,
    Kind,
    Option,
    Scoring,
    ShortText,
    SingleChoice,
)
from tests.evaluations.designing.documents import choice, document, journey, rating, touchpoint, yes_no


def found(doc, code):
    return [problem for problem in problems(doc) if problem.code == code]


def codes(doc):
    return {problem.code for problem in problems(doc)}


def only(*questions, **values):
    return document(touchpoint("greeting", *questions), **values)


def test_a_sound_checklist_has_no_problems():
    assert problems(journey()) == ()


def test_the_default_script_with_a_title_can_be_published_in_both_languages():
    title = {"en": "Spring", "es": "Primavera"}
    doc = Document(
        title=title, briefing=title, languages=("en", "es"), touchpoints=default_script(afterwards=True)
    )
    assert errors(doc) == ()


def test_a_checklist_without_touchpoints_cannot_be_published():
    assert {problem.code for problem in errors(document())} == {"no_touchpoints"}


def test_a_touchpoint_without_questions_cannot_be_published():
    doc = document(touchpoint("greeting", yes_no()), touchpoint("till"))
    assert [(p.code, p.touchpoint) for p in errors(doc)] == [("touchpoint_empty", "till")]


def test_a_title_is_needed_in_every_language():
    doc = only(yes_no(), title={"en": " "}, languages=("en", "es"))
    assert [p.values["language"] for p in found(doc, "title_missing")] == ["en", "es"]


def test_every_needed_wording_is_needed_in_every_language_that_is_promised():
    doc = document(
        touchpoint("greeting", yes_no(), choice()),
        title={"en": "Spring", "es": "Primavera"},
        languages=("en", "es"),
    )
    assert {(p.code, p.question, p.values.get("place")) for p in errors(doc)} == {
        ("briefing_missing", None, None),
        ("name_missing", None, None),
        ("text_missing", "greeted", None),
        ("text_missing", "queue", None),
        ("option_missing", "queue", 1),
        ("option_missing", "queue", 2),
    }


def test_an_optional_wording_may_be_left_out_but_not_in_one_language_only():
    left_out = yes_no(text={"en": "Lit?", "es": "¿Luz?"})
    half = yes_no("lit", text={"en": "Lit?", "es": "¿Luz?"}, help={"en": "Look up."})
    doc = only(left_out, half, languages=("en", "es"))
    assert [(p.question, p.values) for p in found(doc, "help_missing")] == [("lit", {"language": "es"})]


def test_a_rating_has_words_at_both_ends_or_at_none():
    assert not found(only(rating()), "end_missing")
    assert found(only(rating(lo_text={"en": "Cold"}, hi_text={})), "end_missing")


def test_a_choice_of_one_is_no_choice():
    assert found(only(yes_no(), choice("queue", 5)), "choice_too_short")


def test_a_checklist_that_scores_nothing_cannot_be_published():
    assert found(only(yes_no(points=0), ShortText(key="said", text={"en": "What?"})), "nothing_scored")


def test_weights_that_are_all_zero_cannot_be_published_when_they_make_the_total():
    doc = document(touchpoint("greeting", yes_no(), weight=0), scoring=Scoring(total="weights"))
    assert found(doc, "weights_all_zero")
    assert not found(document(touchpoint("greeting", yes_no(), weight=0)), "weights_all_zero")


def test_only_the_weights_of_touchpoints_that_score_are_looked_at():
    silent = ShortText(key="said", text={"en": "What did they say?"})
    doc = document(
        touchpoint("greeting", yes_no(), weight=0),
        touchpoint("till", silent, weight=3),
        scoring=Scoring(total="weights"),
    )
    assert {"weights_all_zero", "weight_without_score"} <= codes(doc)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (yes_no(critical=Critical(on=("maybe",))), "maybe"),
        (choice(critical=Critical(on=("option_9",))), "option_9"),
        (rating(critical=Critical(on=("1", "6"))), "6"),
    ],
)
def test_a_critical_rule_on_an_answer_that_does_not_exist_cannot_be_published(question, answer):
    assert [p.values for p in found(only(question), "critical_on_unknown_answer")] == [{"answer": answer}]


def test_an_explanation_asked_on_an_answer_that_does_not_exist_cannot_be_published():
    assert found(only(rating(lo=0, explain_on=("0", "6"))), "explains_unknown_answer")[0].values == {
        "answer": "6"
    }


def test_a_text_cannot_be_critical():
    text = ShortText(key="said", text={"en": "What?"}, critical=Critical(on=("yes",)))
    assert found(only(yes_no(), text), "cannot_be_critical")


def test_zeroing_a_touchpoint_that_has_nothing_to_score_cannot_be_published():
    zeroes = Critical(on=("no",), effect=Effect.ZEROES_TOUCHPOINT)
    assert found(only(yes_no(points=0, critical=zeroes)), "zeroes_nothing")
    assert not found(only(yes_no(critical=zeroes)), "zeroes_nothing")


def test_a_bonus_with_nothing_to_add_to_is_a_warning():
    doc = only(yes_no(bonus=True))
    assert [p.blocks for p in found(doc, "bonus_lost")] == [False]
    assert not found(only(yes_no(bonus=True), yes_no("lit")), "bonus_lost")


def test_a_critical_rule_on_an_option_that_does_not_apply_never_fires_and_is_a_warning():
    options = (
        Option(key="none", text={"en": "No queue"}, na=True),
        Option(key="long", text={"en": "Long"}),
        Option(key="short", text={"en": "Short"}, points=5),
    )
    never = SingleChoice(key="queue", text={"en": "Q?"}, options=options, critical=Critical(on=("none",)))
    assert not found(only(never), "critical_never_fires")[0].blocks
    assert not found(
        only(never.model_copy(update={"critical": Critical(on=("none", "long"))})), "critical_never_fires"
    )


def test_more_than_forty_questions_are_a_warning_and_instructions_are_none():
    questions = [yes_no(f"lit_{number}") for number in range(40)]
    said = Instruction(key="look", text={"en": "Look around."})
    assert not found(only(*questions, said), "too_many_questions")
    too_many = found(only(*questions, yes_no("one_more"), said), "too_many_questions")
    assert [(p.values["count"], p.blocks) for p in too_many] == [(41, False)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Was the floor clean and dry?"),
        ("en", "Was the sign lit and/or whole?"),
        ("en", "Did they greet you as well as smile?"),
        ("es", "¿Estaba el suelo limpio y seco?"),
    ],
)
def test_a_question_that_asks_two_things_is_a_warning(language, text):
    doc = only(yes_no(text={language: text}), languages=(language,))
    assert [p.blocks for p in found(doc, "asks_two_things")] == [False]


def test_words_that_only_hold_an_and_are_left_alone():
    assert not found(only(yes_no(text={"en": "Was the brand shown on the stand?"})), "asks_two_things")


def test_a_key_that_was_published_with_another_kind_cannot_be_published():
    assert [p.question for p in errors(journey(), {"lit": Kind.RATING})] == ["lit"]
    assert errors(journey(), {"lit": Kind.YES_NO, "gone": Kind.RATING}) == ()


def test_rules_name_the_answers_that_exist():
    assert words_for(yes_no()) == {"yes", "no"}
    assert words_for(rating(lo=0, hi=3)) == {"0", "1", "2", "3"}
    assert words_for(choice("queue", 5, 3)) == {"option_1", "option_2"}
    assert words_for(Instruction(key="look")) == frozenset()


def test_two_options_of_one_choice_that_say_the_same_are_told_by_language():
    options = (
        Option(key="a", text={"en": "Often", "es": "Siempre"}),
        Option(key="b", text={"en": "Always", "es": " siempre "}),
        Option(key="c", text={"en": "", "es": ""}),
        Option(key="d", text={"en": "", "es": ""}),
    )
    doc = only(choice(options=options), languages=("en", "es"))
    assert [p.values for p in found(doc, "option_twice")] == [{"language": "es", "place": 2, "first": 1}]
    assert all(p.blocks for p in found(doc, "option_twice"))


def test_a_question_that_stands_twice_in_one_touchpoint_gives_pause():
    twice = (yes_no("one", text={"en": "Was it  clean?"}), yes_no("two", text={"en": "was it clean?"}))
    problem = found(only(*twice), "question_twice")
    assert [(p.question, p.values["first"], p.blocks) for p in problem] == [("two", 1, False)]
    apart = document(touchpoint("greeting", twice[0]), touchpoint("till", twice[1]))
    assert found(apart, "question_twice") == []
