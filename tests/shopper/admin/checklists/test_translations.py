"""Every text of a draft in two languages side by side: saved in place, and two who translate keep both."""

import html
import io
import re

import pytest
import xlsxwriter

from evaluations.models import Role
from tests.builders import a_person
from tests.evaluations.designing.documents import choice, document, journey, touchpoint, yes_no

PAGE = "/translations"
LONG = "¿Le saludó alguien del equipo de la tienda dentro del primer minuto después de entrar?"


def a_checklist():
    greeted = yes_no(text={"en": "Were you greeted?"}, help={"en": "By anybody.", "es": "Por quien fuera."})
    return document(touchpoint("greeting", greeted, choice("queue")), languages=("en", "es"))


@pytest.fixture
def translator(begin):
    return begin(a_checklist())


def said(answer):
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", answer.text)).split())


def types(designer, seal=None, **texts):
    """Save texts as they are typed: each with what stood before it, by its name with dots for two underscores."""
    sent = {"csrf_token": designer.visitor.token(f"{designer.base}/draft{PAGE}"), "to": "es", "stay": "1"}
    for name, (base, text) in texts.items():
        own = name.replace("__", ".")
        sent |= {f"base-{own}": base, f"text-{own}": text}
    return designer.visitor.post(
        f"{designer.base}/draft{PAGE}", data=sent | {"edition": seal or designer.seal}
    )


def sends_table(designer, *rows, name="texts.xlsx", body=None):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    token = designer.visitor.token(f"{designer.base}/draft{PAGE}")
    sent = {"csrf_token": token, "to": "es", "file": (io.BytesIO(body or file.getvalue()), name)}
    return designer.visitor.post(f"{designer.base}/draft{PAGE}/imports", data=sent)


def test_every_text_stands_there_with_its_original_and_what_is_missing_is_counted(translator):
    page = translator.opens(PAGE)
    assert "Were you greeted?" in said(page)
    assert 'name="text-question.queue.options.option_2.text"' in page.text
    assert "English 100 %" in said(page)
    assert "Spanish 12 %" in said(page)
    assert "7 texts missing" in said(page)
    only = translator.opens(f"{PAGE}?only=missing")
    assert 'name="text-question.greeted.help"' not in only.text
    assert 'name="text-question.greeted.text"' in only.text


def test_the_other_way_round_the_other_language_is_written(translator):
    page = translator.opens(f"{PAGE}?to=en")
    assert 'id="text-title" name="text-title" lang="en"' in page.text
    assert "Nothing is missing in English" in said(translator.opens(f"{PAGE}?to=en&only=missing"))


def test_without_script_one_button_saves_all_that_was_typed(translator):
    answer = translator.sends(
        PAGE, "/draft/translations", **{"text-title": "Primavera", "text-briefing": "Entre."}
    )
    assert answer.status_code == 303
    assert translator.document.title == {"en": "Spring", "es": "Primavera"}
    assert "2 texts saved." in said(translator.opens(PAGE))


def test_a_text_is_saved_as_it_is_typed_and_the_count_follows(translator):
    answer = types(translator, title=("", "  Primavera\r\n"))
    assert (answer.json["clashes"], answer.json["percents"]["es"], answer.json["missing"]) == ([], 25, 6)
    assert answer.json["edition"] == translator.seal
    assert translator.document.title["es"] == "Primavera"


def test_two_who_translate_at_once_keep_both(translator, colleague_of):
    seal = translator.seal
    types(colleague_of(translator), title=("", "Primavera"))
    answer = types(translator, seal, briefing=("", "Entre."))
    assert answer.json["clashes"] == []
    assert (translator.document.title["es"], translator.document.briefing["es"]) == ("Primavera", "Entre.")


def test_where_both_wrote_the_same_text_theirs_stays_until_one_chooses(translator, colleague_of):
    seal = translator.seal
    types(colleague_of(translator), title=("", "Primavera"))
    [clash] = types(translator, seal, title=("", "La primavera")).json["clashes"]
    assert (clash["name"], clash["theirs"]) == ("title", "Primavera")
    assert clash["words"] == "Ben wrote meanwhile:"
    assert translator.document.title["es"] == "Primavera"
    types(translator, title=(clash["theirs"], "La primavera"))
    assert translator.document.title["es"] == "La primavera"


def test_without_script_both_are_shown_and_saving_again_puts_mine_in_place(translator, colleague_of):
    send = translator.fills(
        PAGE, "/draft/translations", **{"text-title": "La primavera", "text-briefing": "Entre."}
    )
    types(colleague_of(translator), title=("", "Primavera"))
    answer = send()
    assert answer.status_code == 409
    assert "1 text was changed by Ben meanwhile" in said(answer)
    assert "Ben wrote meanwhile: Primavera" in said(answer)
    assert re.search(r'id="text-title"[^>]*>\nLa primavera<', answer.text)
    assert 'name="base-title" value="Primavera"' in answer.text
    assert translator.document.briefing["es"] == "Entre."


def test_a_text_whose_question_was_removed_meanwhile_is_not_kept_and_told(translator):
    assert types(translator, question__gone__text=("", "¿Ido?")).json["gone"] == ["question.gone.text"]


def test_a_text_that_is_too_long_is_refused_in_words(translator):
    answer = types(translator, title=("", "x" * 4001))
    assert answer.status_code == 422
    assert "at most 4000 characters" in answer.json["fault"]
    assert "es" not in translator.document.title


def test_what_says_no_edition_is_refused(translator):
    assert types(translator, "nonsense", title=("", "Primavera")).status_code == 409
    assert "es" not in translator.document.title


def test_a_translation_that_is_much_longer_is_pointed_out(translator):
    types(translator, question__greeted__text=("", LONG))
    assert "Much longer than the original" in said(translator.opens(PAGE))


def test_a_checklist_of_one_language_says_where_to_add_another(begin):
    page = begin(journey()).opens(PAGE)
    assert "This checklist speaks one language" in said(page)


def test_the_spreadsheet_goes_out_and_comes_back(translator):
    types(translator, title=("", "Primavera"))
    table = translator.opens("/translations.xlsx?to=es")
    assert table.data.startswith(b"PK")
    assert "Nothing would change" in said(sends_table(translator, body=table.data))


def test_what_a_spreadsheet_would_change_is_seen_before_it_is_kept(translator):
    answer = sends_table(
        translator,
        ["key", "en", "es"],
        ["title", "Winter", "Primavera"],
        ["briefing", "Come as a customer.", ""],
    )
    assert answer.status_code == 200
    assert "1 text would change" in said(answer)
    assert "1 row without a translation changes nothing" in said(answer)
    assert "The original has changed since the spreadsheet was made." in said(answer)
    assert "es" not in translator.document.title
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.text))
    kept = translator.visitor.post(f"{translator.base}/draft{PAGE}", data=fields)
    assert kept.status_code == 303
    assert translator.document.title["es"] == "Primavera"


def test_a_spreadsheet_with_faults_changes_nothing_and_says_its_rows(translator):
    answer = sends_table(translator, ["key", "es"], ["title", "Primavera"], ["question.gone.text", "¿Ido?"])
    assert answer.status_code == 422
    assert "1 thing in texts.xlsx cannot be kept" in said(answer)
    assert "3 key No text of this checklist has the key “question.gone.text”." in said(answer)
    assert "es" not in translator.document.title


def test_what_is_no_spreadsheet_is_refused_beside_its_box(translator):
    answer = sends_table(translator, body=b"%PDF-1.7 nothing", name="texts.pdf")
    assert answer.status_code in (415, 422)
    assert 'id="file-fault"' in answer.text


def test_only_designers_translate(translator, store, visitors):
    person = a_person(store, Role.SCHEDULER)
    store.commit()
    assert visitors().signs_in(person).get(f"{translator.base}/draft{PAGE}").status_code == 404


@pytest.fixture
def colleague_of(ben, visitors):
    def colleague_of(designer):
        return type(designer)(visitors().signs_in(ben), designer.engine, designer.base)

    return colleague_of


def test_texts_that_saved_themselves_are_said_to_be_saved(translator):
    types(translator, title=("", "Primavera"))
    told = translator.sends(PAGE, PAGE and f"/draft{PAGE}")
    page = said(translator.visitor.get(told.location))
    assert "All texts are saved." in page
    assert "Nothing changed" not in page
