"""Questions of the seven kinds are added, edited in place, moved, copied and removed."""

import pytest

from evaluations.document import tree
from evaluations.document.tree import Critical, Effect, Kind, Lens
from tests.evaluations.designing.documents import asked, choice, document, rating, touchpoint, yes_no

GREETED = "/questions/greeted"
QUEUE = "/questions/queue"
WARMTH = "/questions/warmth"


def new(kind):
    return f"/touchpoints/greeting/questions/{kind}"


def test_a_kind_that_does_not_exist_is_not_found(designer):
    assert designer.opens(new("essay")).status_code == 404


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_of_any_kind_needs_words(designer, kind):
    page = designer.sends(new(kind.value), text__en=" ")
    assert page.status_code == 422
    assert "in at least one language" in page.text
    assert len(asked(designer.document)) == 5


@pytest.mark.parametrize(
    ("path", "typed", "message"),
    [
        (GREETED, {"points": "ten"}, "This is not a number: ten"),
        (GREETED, {"points": "-5"}, "Between 0 and 1000"),
        (GREETED, {"text__en": "x" * 4001}, "Too long: 4001 characters"),
        (GREETED, {"critical_effect": "caps_total"}, "at how many percent"),
        (GREETED, {"critical_effect": "caps_total", "critical_cap": "120"}, "Between 0 and 100"),
        (GREETED, {"critical_effect": "explodes"}, "Not a valid choice"),
        (WARMTH, {"hi": "3", "explain_edge": "5"}, "The scale goes from 1 to 3"),
        (WARMTH, {"hi": "99"}, "Not a valid choice"),
        (QUEUE, {"options__0__text__en": ""}, "Name every option, or remove it"),
        (QUEUE, {"options__0__points": "many"}, "This is not a number: many"),
        (QUEUE, {"critical_effect": "fails_visit"}, "Say on which answer"),
        (QUEUE, {"options__0__na": "y", "options__0__failing": "y"}, "can neither fail nor be critical"),
        (
            new("narrative"),
            {"text__en": "Tell.", "min_length": "50", "max_length": "10"},
            "must be 50 or more",
        ),
        (new("photo"), {"text__en": "Show.", "min_count": "4", "max_count": "2"}, "“Fewest photos” is 4."),
        (new("photo"), {"text__en": "Show.", "max_count": "21"}, "Between 1 and 20"),
        (new("short_text"), {"text__en": "Say.", "max_length": "1e3"}, "Enter a whole number"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_typed_is_lost(designer, path, typed, message):
    before = designer.document
    page = designer.sends(path, help__en="Look closely.", **typed)
    assert page.status_code == 422
    assert message in page.text
    assert "Look closely." in page.text
    assert designer.document == before


def test_a_yes_no_question_is_added_with_everything_that_it_can_have(designer):
    answer = designer.sends(
        new("yes_no"),
        text__en="Was the exit blocked?",
        help__en="Look at the door.",
        points="7,5",
        favourable="no",
        explain_no=None,
        explain_yes="y",
        required=None,
        na_allowed="y",
        not_observed_allowed="y",
        photos_allowed=None,
        bonus="y",
        lenses=["simplicity", "usefulness"],
        critical_effect="caps_total",
        critical_answer="yes",
        critical_cap="50",
    )
    assert answer.location.endswith("/touchpoints/greeting#question-exit_blocked")
    assert designer.document.question("exit_blocked") == tree.YesNo(
        key="exit_blocked",
        text={"en": "Was the exit blocked?"},
        help={"en": "Look at the door."},
        points="7.5",
        favourable="no",
        explain_on=("yes",),
        explain_min=20,
        required=False,
        na_allowed=True,
        not_observed_allowed=True,
        photos_allowed=False,
        bonus=True,
        lenses=(Lens.USEFULNESS, Lens.SIMPLICITY),
        critical=Critical(on=("yes",), effect=Effect.CAPS_TOTAL, cap=50),
    )


def test_a_rating_is_added_turned_round_with_words_at_both_ends(designer):
    designer.sends(
        new("rating"),
        text__en="How loud was it?",
        lo="0",
        hi="7",
        lo_text__en="Silent",
        hi_text__en="Deafening",
        favourable="low",
        points="20",
        explain_edge="6",
        critical_effect="fails_visit",
        critical_edge="7",
    )
    question = designer.document.question("how_loud")
    assert (question.lo, question.hi, question.favourable, question.points) == (0, 7, "low", 20)
    assert (question.lo_text, question.hi_text) == ({"en": "Silent"}, {"en": "Deafening"})
    assert (question.explain_on, question.critical.on) == (("6", "7"), ("7",))


def test_a_choice_is_added_with_points_per_option(designer):
    designer.sends(
        new("single_choice"),
        text__en="How long was the queue?",
        options__0__text__en="Nobody",
        options__0__points="5",
        options__1__text__en="Too long",
        options__1__points="-2,5",
        options__1__failing="y",
        options__1__explain="y",
        options__1__critical="y",
        critical_effect="zeroes_touchpoint",
    )
    question = designer.document.question("how_long_queue")
    assert [(each.key, str(each.points), each.failing) for each in question.options] == [
        ("nobody", "5", False),
        ("too_long", "-2.5", True),
    ]
    assert (question.explain_on, question.critical.on) == (("too_long",), ("too_long",))


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("short_text", {"max_length": "60"}, {"max_length": 60}),
        ("narrative", {"min_length": "120", "max_length": "900"}, {"min_length": 120, "max_length": 900}),
        ("photo", {"min_count": "2", "max_count": "3"}, {"min_count": 2, "max_count": 3}),
        ("instruction", {}, {"required": False, "photos_allowed": False}),
    ],
)
def test_a_question_that_earns_nothing_is_added(designer, kind, typed, expected):
    designer.sends(new(kind), text__en="Describe everything here", **typed)
    question = designer.document.question("describe_everything_here")
    assert question.kind.value == kind
    assert {name: getattr(question, name) for name in expected} == expected


@pytest.mark.parametrize("key", ["lit", "warmth", "queue"])
def test_saving_a_question_untouched_changes_nothing(designer, key):
    before = designer.document
    assert designer.sends(f"/questions/{key}").status_code == 303
    assert (designer.document, designer.versions[-1].edition) == (before, 1)


def test_every_setting_of_a_question_survives_being_opened_and_saved(begin):
    questions = (
        yes_no(favourable="no", explain_on=("yes", "no"), critical=Critical(on=("yes", "no")), bonus=True),
        rating(lo=0, hi=10, explain_on=("0", "1", "2"), critical=Critical(on=("0",)), na_allowed=True),
        choice("queue", 5, -3, explain_on=("option_2",), critical=Critical(on=("option_2",))),
        tree.Narrative(
            key="story", text={"en": "Tell."}, min_length=7, max_length=77, lenses=(Lens.RELEVANCE,)
        ),
        tree.Photo(key="shot", text={"en": "Show."}, min_count=2, max_count=2, required=False),
        tree.ShortText(key="name", text={"en": "Who?"}, max_length=9, photos_allowed=False),
        tree.Instruction(key="look", text={"en": "Look."}, help={"en": "Round you."}),
    )
    before = document(touchpoint("greeting", *questions))
    designer = begin(before)
    for question in questions:
        designer.sends(f"/questions/{question.key}", text__en="Other words")
    assert [q.model_copy(update={"text": {}}) for q in designer.document.questions()] == [
        q.model_copy(update={"text": {}}) for q in questions
    ]
    assert {q.text["en"] for q in designer.document.questions()} == {"Other words"}


def test_an_option_keeps_its_key_when_its_words_change_and_a_new_one_gets_its_own(designer):
    designer.sends(
        QUEUE,
        options__0__text__en="Empty",
        options__3__key="option_1",
        options__3__text__en="Closed",
        options__3__points="1",
    )
    assert [option.key for option in designer.document.question("queue").options] == [
        "option_1",
        "option_2",
        "option_3",
        "closed",
    ]


@pytest.mark.parametrize(
    ("arrange", "words"),
    [
        ("up-1", ["Option 2", "Option 1", "Option 3"]),
        ("down-1", ["Option 1", "Option 3", "Option 2"]),
        ("drop-0", ["Option 2", "Option 3"]),
        ("add", ["Option 1", "Option 2", "Option 3", ""]),
        ("up-0", ["Option 1", "Option 2", "Option 3"]),
        ("drop-9", ["Option 1", "Option 2", "Option 3"]),
        ("nonsense", ["Option 1", "Option 2", "Option 3"]),
    ],
)
def test_options_are_arranged_before_anything_is_saved(designer, arrange, words):
    before = designer.document
    page = designer.sends(QUEUE, arrange=arrange, text__en="Half typed", options__0__points="not yet")
    assert page.status_code == 200
    found = [f'name="options-{place}-text-en" lang="en" value="{word}"' for place, word in enumerate(words)]
    assert [piece for piece in found if piece not in page.text] == []
    assert f"options-{len(words)}-text-en" not in page.text
    assert "Half typed" in page.text
    assert ("not yet" in page.text) == (arrange != "drop-0")
    assert designer.document == before


def test_options_that_were_arranged_are_saved_in_that_order(designer):
    fields = {"options__0__key": "option_3", "options__0__text__en": "Option 3", "options__0__points": "0"}
    fields |= {"options__2__key": "option_1", "options__2__text__en": "Option 1", "options__2__points": "5"}
    designer.sends(QUEUE, **fields)
    question = designer.document.question("queue")
    assert [option.key for option in question.options] == ["option_3", "option_2", "option_1"]


def test_a_wording_without_a_box_in_the_page_is_kept(begin):
    both = yes_no(text={"en": "Lit?", "es": "¿Luz?"})
    designer = begin(document(touchpoint("greeting", both)))
    designer.sends(GREETED, text__en="Was it lit?")
    assert designer.document.question("greeted").text == {"en": "Was it lit?", "es": "¿Luz?"}


def test_a_wording_has_a_box_per_language(begin):
    designer = begin(document(touchpoint("greeting", yes_no()), languages=("en", "es")))
    designer.sends(GREETED, text__es="  ¿Le saludaron?  ", text__en="")
    assert designer.document.question("greeted").text == {"es": "¿Le saludaron?"}


def test_a_question_is_edited_where_it_stands_among_the_others(designer):
    page = designer.opens(WARMTH)
    assert page.text.index("Was it greeted?") < page.text.index('id="question-warmth"')
    assert 'class="question is-open" id="question-warmth"' in page.text
    assert "Rating" in page.text


def test_a_question_moves_by_its_buttons_without_script(designer):
    designer.sends("/touchpoints/greeting", "/draft/questions/warmth/moves", step="earlier")
    assert asked(designer.document)[1:3] == ["warmth", "greeted"]
    designer.sends("/touchpoints/greeting", "/draft/questions/warmth/moves", step="later")
    assert asked(designer.document)[1:3] == ["greeted", "warmth"]


def test_a_question_moves_to_the_end_of_another_touchpoint(designer):
    answer = designer.sends(GREETED, "/draft/questions/greeted/moves", touchpoint="till")
    assert answer.location.endswith("/touchpoints/till#question-greeted")
    assert asked(designer.document) == ["lit", "warmth", "queue", "greeted", "arrived"]


def test_a_question_that_moves_to_a_touchpoint_that_is_not_there_stays(designer):
    answer = designer.sends(GREETED, "/draft/questions/greeted/moves", touchpoint="nowhere")
    assert answer.status_code == 409
    assert asked(designer.document)[1] == "greeted"


def test_a_question_is_dragged_to_its_place(designer):
    designer.sends(
        "/touchpoints/greeting", "/draft/questions/greeted/moves", step=None, touchpoint="greeting", place="1"
    )
    assert asked(designer.document)[1:3] == ["warmth", "greeted"]


def test_a_copy_is_opened_under_a_key_of_its_own(designer):
    answer = designer.sends(GREETED, "/draft/questions/greeted/copies")
    copy = answer.location.rsplit("/", 1)[1]
    assert asked(designer.document)[1:4] == ["greeted", copy, "warmth"]
    assert designer.opens(f"/questions/{copy}").status_code == 200


def test_removing_a_question_asks_first(designer):
    assert "Remove this question from the draft?" in designer.opens(GREETED).text
    answer = designer.sends(GREETED, "/draft/questions/greeted/removals")
    assert answer.location.endswith("/touchpoints/greeting#questions")
    assert designer.document.question("greeted") is None


def test_what_a_question_is_about_is_told_in_a_line(begin):
    critical = Critical(on=("no",), effect=Effect.CAPS_TOTAL, cap=50)
    designer = begin(
        document(touchpoint("greeting", yes_no(explain_on=("no",), critical=critical, bonus=True)))
    )
    page = designer.opens("/touchpoints/greeting").text
    for words in ("explain No", "+10 points bonus", "Critical on No: total at most 50.0"):
        assert words in page


def test_markup_that_somebody_types_stays_text(designer):
    designer.sends(GREETED, text__en="<script>alert(1)</script>")
    assert "<script>alert(1)" not in designer.opens("/touchpoints/greeting").text
    assert "<script>alert(1)" not in designer.opens("/preview/phone").text
