"""A workbook becomes a checklist whole, or every reason why not is told with its row."""

from decimal import Decimal
from typing import Any

import pytest

from evaluations.designing.xlsform.opening import OpenedSheet
from evaluations.designing.xlsform.reading import read
from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Chosen,
    Effect,
    Is,
    Kind,
    Not,
    WasAnswered,
)
from tests.evaluations.designing.xlsform.forms import (
    COLOURS,
    YES_NO,
    a_sheet,
    checklist,
    faults,
    notes,
    question,
    reading,
)

GREETED = {"type": "select_one yn", "name": "greeted", "label": "Were you greeted?"}
BOUGHT = {"type": "select_multiple colours", "name": "bought", "label": "What did you buy?"}
WAITED = {"type": "integer", "name": "waited", "label": "How many minutes?"}
SAID = {"type": "text", "name": "said", "label": "What was said?"}


# Refused


def test_a_workbook_without_a_survey_is_refused() -> None:
    found = read([a_sheet("Shops", [{"code": "1"}])], title="x")
    assert [one.code for one in found.faults] == ["no_survey"]


def test_a_survey_that_asks_nothing_is_refused() -> None:
    assert faults({"type": "begin group", "name": "a"}, {"type": "end group"}) == [("survey_empty", None, "")]


@pytest.mark.parametrize(
    "kind",
    ["begin repeat", "geoshape", "geotrace", "audio", "video", "file", "barcode", "rank colours", "acknowledge",
     "select_one_from_file shops.csv", "csv-external", "xml-external", "osm", "begin loop over colours", "nonsense",
     "select_one"],
)  # fmt: skip
def test_what_a_checklist_has_no_question_for_is_refused_with_its_row(kind: str) -> None:
    assert ("type_not_kept", 4, "type") in faults(SAID, {"type": kind, "name": "x", "label": "X"})


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"type": ""}, "type_missing", "type"),
        ({"name": ""}, "name_missing", "name"),
        ({"name": "said"}, "name_twice", "name"),
        ({"type": "select_one shapes"}, "list_missing", "type"),
        ({"required": "sometimes"}, "cell_not_yes_no", "required"),
        ({"points": "many", "type": "select_one yn"}, "cell_no_number", "points"),
        ({"points": "10"}, "points_elsewhere", "points"),
        ({"points": "9999", "type": "select_one yn"}, "value_too_high", "points"),
        ({"followup_days": "1.5"}, "cell_no_whole_number", "followup_days"),
        ({"followup_days": "0"}, "value_too_low", "due_days"),
        ({"min_photos": "2"}, "photos_not_kept", "min_photos"),
        ({"choice_filter": "town=${said}"}, "choice_filter_not_kept", "choice_filter"),
        ({"media::image": "front.jpg"}, "picture_not_here", "media::image"),
        ({"media::audio::English": "a.mp3"}, "media_not_kept", "media::audio"),
        ({"calculation": "1+1"}, "calculation_not_kept", "calculation"),
        ({"read_only": "yes"}, "read_only_not_kept", "read_only"),
        ({"trigger": "${said}"}, "trigger_not_kept", "trigger"),
        ({"constraint": "string-length(.) > 3"}, "expression_unknown_function", "constraint"),
        ({"constraint": ". > ${said}"}, "constraint_not_kept", "constraint"),
        ({"constraint": "regex(., '(a+)+')"}, "pattern_repeats_repetition", "constraint"),
        ({"type": "integer", "constraint": ". != 3"}, "constraint_not_kept", "constraint"),
        ({"relevant": "${later} = 1"}, "expression_unknown_question", "relevant"),
        ({"relevant": "${x} = 'a'"}, "expression_later_question", "relevant"),
        ({"relevant": "${said} = 'a'"}, "expression_does_not_fit", "relevant"),
        ({"relevant": "true()"}, "expression_misused_function", "relevant"),
        ({"relevant": "${said}"}, "expression_no_comparison", "relevant"),
        ({"critical": "green"}, "answer_unknown", "critical"),
        ({"critical": "yes: explodes", "type": "select_one yn"}, "critical_unreadable", "critical"),
        ({"comment_on": "maybe", "type": "select_one yn"}, "answer_unknown", "comment_on"),
        ({"type": "range", "parameters": "start=0 end=10 step=3"}, "range_not_kept", "parameters"),
        ({"type": "range", "parameters": "start=0 end=5 step=0.5"}, "range_not_kept", "parameters"),
        ({"type": "range", "parameters": "start"}, "parameters_unreadable", "parameters"),
        ({"type": "image", "appearance": "draw"}, "drawing_not_kept", "appearance"),
        ({"more": "{"}, "more_no_json", "more"),
        ({"more": '{"kind": "song"}'}, "kind_unknown", "more"),
        ({"more": '{"colour": "red"}'}, "field_unknown", "colour"),
        ({"lens": "speed"}, "value_unknown", "lenses.0"),
        ({"label": "x" * 5000}, "text_too_long", "text.en"),
        ({"weight": "3"}, "weight_of_question", "weight"),
        ({"label": "#ERROR!"}, "cell_is_error", "label"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_kept_is_refused_by_its_column(
    row: dict[str, Any], code: str, column: str
) -> None:
    assert (code, 4, column) in faults(SAID, {"type": "text", "name": "x", "label": "X", **row})


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = faults({**SAID, "required": "perhaps"}, {"type": "audio", "name": "b"}, {"type": "begin group"})
    assert [code for code, _, _ in found] == ["cell_not_yes_no", "type_not_kept", "group_not_closed"]


@pytest.mark.parametrize("sheet", ["entities", "external_choices", "osm"])
def test_sheets_that_would_change_what_the_form_does_are_refused(sheet: str) -> None:
    sheets = [a_sheet("survey", [SAID]), a_sheet(sheet, [{"list_name": "a"}])]
    assert [one.code for one in read(sheets, title="x").faults] == ["sheet_not_kept"]


def test_a_form_that_encrypts_what_is_sent_is_refused() -> None:
    assert faults(SAID, public_key="MIIB") == [("encryption_not_kept", 3, "public_key")]


def test_words_in_a_language_that_shoppers_cannot_be_shown_are_refused() -> None:
    assert faults({**SAID, "label::Français (fr)": "Quoi ?"}) == [
        ("language_unknown", 1, "label::Français (fr)")
    ]
    assert faults(SAID, default_language="Français (fr)") == [("language_unknown", 3, "default_language")]


def test_a_choice_that_stands_twice_is_refused() -> None:
    assert faults(GREETED, choices=[*YES_NO, YES_NO[0]]) == [("choice_twice", 5, "name")]


def test_two_different_labels_in_one_language_are_refused() -> None:
    assert ("said_twice", 3, "label") in faults({**SAID, "label::English": "What else was said?"})


# Left out, and said


def test_what_a_phone_notes_by_itself_is_left_out_and_said() -> None:
    assert notes({"type": "start", "name": "start"}, {"type": "calculate", "name": "c"}, SAID) == [
        ("type_left_out", 3),
        ("type_left_out", 4),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"appearance": "minimal quick"}, "appearance_left_out"),
        ({"default": "none"}, "default_left_out"),
        ({"required_message": "Please!"}, "required_message_left_out"),
        ({"parameters": "randomize=true"}, "parameters_left_out"),
        ({"disabled": "yes"}, "row_disabled"),
        ({"colour": "red"}, "column_unknown"),
    ],
)
def test_what_is_only_looks_is_left_out_and_said(row: dict[str, Any], code: str) -> None:
    assert code in [one for one, _ in notes(SAID, {**WAITED, **row})]


def test_other_sheets_are_left_out_and_said() -> None:
    found = read([a_sheet("survey", [SAID]), OpenedSheet("Notes", None)], title="x")
    assert [(one.code, one.sheet) for one in found.notes] == [("sheet_left_out", "Notes")]


# Kept


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("text", Kind.SHORT_TEXT), ("string", Kind.SHORT_TEXT), ("Text", Kind.SHORT_TEXT),
        ("q string", Kind.SHORT_TEXT),
        ("integer", Kind.NUMBER), ("int", Kind.NUMBER), ("decimal", Kind.NUMBER), ("add integer prompt", Kind.NUMBER),
        ("note", Kind.INSTRUCTION), ("add note prompt", Kind.INSTRUCTION), ("image", Kind.PHOTO), ("photo", Kind.PHOTO),
        ("date", Kind.DATE), ("time", Kind.TIME), ("geopoint", Kind.PLACE), ("gps", Kind.PLACE),
        ("select_one yn", Kind.YES_NO), ("select one yn", Kind.YES_NO), ("select_one colours", Kind.SINGLE_CHOICE),
        ("select1 colours", Kind.SINGLE_CHOICE), ("select one from colours", Kind.SINGLE_CHOICE),
        ("add select one prompt using colours", Kind.SINGLE_CHOICE), ("select_multiple colours", Kind.SEVERAL_CHOICES),
        ("select all that apply from colours", Kind.SEVERAL_CHOICES),
        ("add select multiple prompt using colours", Kind.SEVERAL_CHOICES), ("range", Kind.NUMBER),
    ],
)  # fmt: skip
def test_every_spelling_of_a_type_is_known(said: str, kind: Kind) -> None:
    row = {"type": said} | ({"parameters": "start=5 end=50"} if said == "range" else {})
    assert question(**row).kind is kind


def test_a_day_and_time_become_two_questions() -> None:
    document = checklist({"type": "dateTime", "name": "when", "label": "When?"})
    assert [(one.key, one.kind) for one in document.questions()] == [
        ("when", Kind.DATE),
        ("when_time", Kind.TIME),
    ]


def test_any_other_answer_is_asked_for_in_words() -> None:
    chosen, other = checklist({**BOUGHT, "type": "select_multiple colours or_other"}).questions()
    assert [option.key for option in chosen.options] == ["red", "blue", "other"]
    assert other.show_if == Chosen(question="bought", answer="other")


def test_a_group_is_a_touchpoint_with_its_label_its_weight_and_its_questions() -> None:
    document = checklist(
        {
            "type": "begin_group",
            "name": "Till Area",
            "label": "At the till",
            "hint": "Look around.",
            "weight": "3",
        },
        GREETED,
        {"type": "end_group"},
        SAID,
    )
    till, after = document.touchpoints
    assert (till.key, till.name, till.guidance) == (
        "till_area",
        {"en": "At the till"},
        {"en": "Look around."},
    )
    assert till.weight == 3
    assert [one.key for one in till.questions] == ["greeted"]
    assert (after.name, [one.key for one in after.questions]) == ({"en": "Visit"}, ["said"])


def test_a_group_of_groups_is_no_touchpoint_and_its_condition_holds_for_all_in_it() -> None:
    document = checklist(
        GREETED,
        {"type": "begin group", "name": "all", "label": "All", "relevant": "${greeted} = 'yes'"},
        {"type": "begin group", "name": "one", "label": "One"},
        {**WAITED, "relevant": "${greeted} != ''"},
        {"type": "end group"},
        {"type": "end group"},
    )
    _door, one = document.touchpoints
    [waited] = one.questions
    assert one.show_if == Is(question="greeted", answer="yes")
    assert waited.show_if == WasAnswered(question="greeted")


def test_the_column_touchpoint_gathers_questions_wherever_they_stand() -> None:
    document = checklist(
        {**GREETED, "touchpoint": "Door"}, {**SAID, "touchpoint": "Till"}, {**WAITED, "touchpoint": "Door"}
    )
    assert [(one.name["en"], [each.key for each in one.questions]) for one in document.touchpoints] == [
        ("Door", ["greeted", "waited"]),
        ("Till", ["said"]),
    ]


def test_words_are_kept_in_each_language_that_the_headings_name() -> None:
    document = checklist(
        {"type": "text", "name": "a", "label::English (en)": "Why?", "label::Español (es)": "¿Por qué?",
         "hint::es": "Explique."},
        default_language="Español (es)",
        form_title="Visita",
    )  # fmt: skip
    [asked] = document.questions()
    assert document.languages == ("es", "en")
    assert (asked.text, asked.help) == ({"en": "Why?", "es": "¿Por qué?"}, {"es": "Explique."})
    assert document.title == {"es": "Visita"}


def test_a_heading_without_a_language_is_in_the_forms_own() -> None:
    document = checklist({**SAID, "label": "¿Qué se dijo?"}, default_language="es")
    assert (document.languages, [one.text for one in document.questions()]) == (
        ("es",),
        [{"es": "¿Qué se dijo?"}],
    )


def test_a_file_without_a_title_lends_its_name() -> None:
    assert checklist(SAID).title == {"en": "A file"}


def test_names_that_are_no_keys_get_one_and_conditions_follow() -> None:
    document = checklist(
        {**BOUGHT, "name": "Q1-Bought?"}, {**SAID, "relevant": "selected(${Q1-Bought?}, '1st')"},
        choices=[{"list_name": "colours", "name": "1st", "label": "First"}, *COLOURS],
    )  # fmt: skip
    bought, said = document.questions()
    assert [bought.key, bought.options[0].key] == ["q1_bought", "option_1st"]
    assert said.show_if == Chosen(question="q1_bought", answer="option_1st")


def test_names_that_come_to_the_same_key_get_one_each_and_a_reserved_one_none() -> None:
    rows = [{**SAID, "name": name} for name in ("visit", "Visit", "VISIT", "1", "É")]
    keys = [one.key for one in checklist(*rows).questions()]
    assert keys == ["question_visit", "question_visit_2", "question_visit_3", "question_1", "question"]


@pytest.mark.parametrize(
    ("relevant", "condition"),
    [
        ("${greeted} = 'no'", Is(question="greeted", answer="no")),
        ("'no' = ${greeted}", Is(question="greeted", answer="no")),
        ("${greeted} != 'no'", Not(of=Is(question="greeted", answer="no"))),
        ("selected(${greeted}, 'no')", Is(question="greeted", answer="no")),
        ("selected(${bought}, 'red')", Chosen(question="bought", answer="red")),
        ("count-selected(${bought}) > 0", WasAnswered(question="bought")),
        ("${waited} > 3", AtLeast(question="waited", measure=Decimal(4))),
        ("${waited} >= 3", AtLeast(question="waited", measure=Decimal(3))),
        ("3 > ${waited}", AtMost(question="waited", measure=Decimal(2))),
        ("${waited} <= 2.5", AtMost(question="waited", measure=Decimal(2))),
        ("${waited} = ''", Not(of=WasAnswered(question="waited"))),
        ("not(${greeted} = 'no') and (${waited} < 3 or ${waited} > 9)",
         All(of=(Not(of=Is(question="greeted", answer="no")),
                 AnyOf(of=(AtMost(question="waited", measure=Decimal(2)),
                           AtLeast(question="waited", measure=Decimal(10))))))),
    ],
)  # fmt: skip
def test_relevance_is_a_condition(relevant: str, condition: object) -> None:
    *_, last = checklist(GREETED, BOUGHT, WAITED, {**SAID, "relevant": relevant}).questions()
    assert last.show_if == condition


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ({"type": "integer", "constraint": ". > 0 and . <= 10"}, {"minimum": 1, "maximum": 10}),
        ({"type": "decimal", "constraint": ". > 0"}, {"minimum": Decimal("0.000001"), "decimals": 6}),
        ({"type": "text", "constraint": "regex(., '[0-9]{4}')", "constraint_message": "Four digits."},
         {"pattern": "[0-9]{4}", "constraint_message": {"en": "Four digits."}}),
        ({"type": "select_multiple colours", "constraint": "count-selected(.) <= 2"}, {"max_choices": 2}),
        ({"type": "range", "parameters": "start=1 end=7 step=1", "points": "10"}, {"lo": 1, "hi": 7, "points": 10}),
        ({"type": "image", "min_photos": "2", "max_photos": "4"}, {"min_count": 2, "max_count": 4}),
        ({"type": "text", "appearance": "multiline"}, {"kind": Kind.NARRATIVE}),
        ({"type": "image", "appearance": "signature"}, {"kind": Kind.SIGNATURE}),
        ({"type": "select_one yn", "points": "5", "bonus": "yes", "internal": "TRUE", "comment_on": "no",
          "lens": "simplicity"}, {"points": 5, "bonus": True, "internal": True, "explain_on": ("no",)}),
        ({"type": "date", "followup_days": "14"}, {"due_days": 14}),
        ({"type": "date", "constraint": ". >= '2026-01-01'"}, {"latest": None}),
    ],
)  # fmt: skip
def test_cells_become_what_they_say(row: dict[str, Any], fields: dict[str, Any]) -> None:
    found = question(**row)
    assert {name: getattr(found, name) for name in fields} == fields


def test_a_critical_answer_names_its_effect() -> None:
    fails = question(type="select_one yn", critical="no").critical
    caps = question(type="select_one colours", critical="red, blue: caps 50").critical
    zeroes = question(type="integer", critical="10..: zeroes").critical
    assert (fails.on, fails.effect) == (("no",), Effect.FAILS_VISIT)
    assert (caps.on, caps.cap) == (("red", "blue"), Decimal(50))
    assert (zeroes.minimum, zeroes.maximum, zeroes.effect) == (Decimal(10), None, Effect.ZEROES_TOUCHPOINT)


def test_a_yes_no_list_with_points_of_its_own_stays_a_choice() -> None:
    [yes, no] = YES_NO
    found = checklist(GREETED, choices=[{**yes, "points": "3"}, no])
    assert [one.kind for one in found.questions()] == [Kind.SINGLE_CHOICE]


def test_reading_twice_finds_the_same() -> None:
    assert reading(GREETED, SAID) == reading(GREETED, SAID)
