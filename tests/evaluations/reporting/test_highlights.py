"""What the first page says went wrong and went well."""

from fractions import Fraction

from evaluations.document.answers import NOT_APPLICABLE, Answer, answered
from evaluations.document.tree import Critical, Document, Rating, Touchpoint
from evaluations.reporting.highlights import was_found, went_well, went_wrong
from evaluations.reporting.parts import QuestionPart, TouchpointPart
from evaluations.scoring.scorecard import score
from tests.builders import a_question

YES, NO = answered("yes"), answered("no")


def parts_of(document: Document, answers: dict[str, Answer], **comments: str) -> list[TouchpointPart]:
    card = score(document, answers)
    scores = {one.key: one for one in card.questions}
    criticals = {one.question: one for one in card.criticals}
    parts = []
    for number, (touchpoint, figure) in enumerate(zip(document.touchpoints, card.touchpoints, strict=True)):
        questions = [
            QuestionPart(
                number=100 * number + place,
                question=question,
                score=scores[question.key],
                answer=answers.get(question.key),
                comment=comments.get(question.key, ""),
                critical=criticals.get(question.key),
            )
            for place, question in enumerate(touchpoint.questions)
        ]
        parts.append(TouchpointPart(number, touchpoint, figure, tuple(questions)))
    return parts


def keys(questions: tuple[QuestionPart, ...]) -> list[str]:
    return [question.question.key for question in questions]


def two_touchpoints(**given: object) -> Document:
    first = [a_question(f"a{place}") for place in range(5)]
    second = [a_question(f"b{place}") for place in range(2)]
    return Document(
        touchpoints=(
            Touchpoint(key="first", questions=tuple(first)),
            Touchpoint(key="second", questions=tuple(second)),
        ),
        **given,  # type: ignore[arg-type]
    )


def test_nothing_is_wrong_where_nothing_failed_or_lost_more_than_half() -> None:
    document = Document(touchpoints=(Touchpoint(key="t", questions=(Rating(key="r"), a_question("q"))),))
    assert went_wrong(parts_of(document, {"r": answered(3), "q": NOT_APPLICABLE})) == ()
    assert keys(went_wrong(parts_of(document, {"r": answered(2), "q": YES}))) == ["r"]


def test_what_cost_the_total_most_comes_first_and_three_are_enough() -> None:
    document = two_touchpoints(scoring={"total": "weights"})
    answers = {question.key: NO for question in document.questions()} | {"a0": YES}
    assert keys(went_wrong(parts_of(document, answers))) == ["b0", "b1", "a1"]


def test_a_critical_answer_comes_before_all_else_even_where_it_earned_its_points() -> None:
    document = two_touchpoints()
    first = document.touchpoints[0]
    critical = first.questions[4].model_copy(update={"critical": Critical(on=("yes",))})
    document = document.model_copy(
        update={
            "touchpoints": (
                first.model_copy(update={"questions": (*first.questions[:4], critical)}),
                document.touchpoints[1],
            )
        }
    )
    answers = {question.key: NO for question in document.questions()} | {"a4": YES}
    parts = parts_of(document, answers)
    assert keys(went_wrong(parts))[0] == "a4"
    assert "a4" not in keys(went_well(parts))


def test_what_went_well_has_something_to_show_and_comes_from_different_touchpoints() -> None:
    document = two_touchpoints()
    answers = {question.key: YES for question in document.questions()}
    assert keys(went_well(parts_of(document, answers, a3="She smiled.", a4="He knew.", b1="Quick."))) == [
        "a3",
        "b1",
    ]


def test_what_earned_less_than_everything_did_not_go_well() -> None:
    document = Document(touchpoints=(Touchpoint(key="t", questions=(Rating(key="r"), a_question("q"))),))
    assert went_well(parts_of(document, {"r": answered(4), "q": NO})) == ()


def test_the_order_of_equals_is_the_journeys() -> None:
    document = two_touchpoints()
    answers = {question.key: YES for question in document.questions()}
    assert keys(went_well(parts_of(document, answers))) == ["a0", "b0"]


def test_what_was_found_is_one_thing_per_touchpoint_and_not_shown_twice() -> None:
    document = two_touchpoints()
    parts = parts_of(document, {}, a0="short", a1="the longest of all", b0="longer")
    assert keys(was_found(parts)) == ["a1", "b0"]
    assert keys(was_found(parts, shown=(parts[0].questions[1],))) == ["b0", "a0"]


def test_a_touchpoint_without_points_costs_nothing() -> None:
    document = Document(touchpoints=(Touchpoint(key="t", questions=(a_question("q", points=0),)),))
    parts = parts_of(document, {"q": NO})
    assert parts[0].score.possible == Fraction(0)
    assert went_wrong(parts) == ()
