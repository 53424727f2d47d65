"""A briefing on paper: it says all that a shopper needs and nothing of the marking, and no text breaks its pages."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest

from evaluations.confined import Confined
from evaluations.document import canonical
from evaluations.document.tree import (
    AnyQuestion,
    Critical,
    Date,
    Document,
    Duration,
    Instruction,
    Is,
    Kind,
    Money,
    Narrative,
    Number,
    Option,
    Phase,
    Photo,
    Picture,
    Place,
    PointBand,
    Rating,
    SeveralChoices,
    ShortText,
    Signature,
    SingleChoice,
    Time,
    Touchpoint,
    YesNo,
)
from evaluations.errors import Invalid
from shopper import briefings
from shopper.briefings import Told
from shopper.reports import briefing
from tests.evaluations.photos.pictures import a_jpeg
from tests.shopper.hostile import TEXTS, overflows
from tests.shopper.test_tagged_reports import embedded, nodes, scope_of

LONGEST, MUCH = 4000, 700
"""Characters of a wording, and what is enough of it to fill more than a line of every part of a page."""


def both(english: str, spanish: str) -> dict[str, str]:
    return {"en": english, "es": spanish}


def choosing() -> Iterator[AnyQuestion]:
    """Questions that are answered by ticking, with what may hold of them."""
    yield YesNo(
        key="greeted",
        text=both("Were you greeted?", "¿Le saludaron?"),
        help=both("Within a minute.", "En un minuto."),
        points=7,
        explain_on=("no",),
        na_allowed=True,
        not_observed_allowed=True,
        critical=Critical(on=("no",)),
    )
    short = Option(key="short", text=both("Short", "Corta"), points=713)
    yield SingleChoice(
        key="queue",
        text=both("How long was the queue?", "¿Cómo era la cola?"),
        options=(short, Option(key="none", text=both("None", "Ninguna"), na=True)),
        show_if=Is(question="greeted", answer="yes"),
    )
    shelf, till = (Option(key=key, text=both(key, key)) for key in ("shelf", "till"))
    seen = both("What did you see?", "¿Qué vio?")
    yield SeveralChoices(key="seen", text=seen, max_choices=1, options=(shelf, till))
    ends = {"lo_text": both("cold", "fría"), "hi_text": both("warm", "cálida")}
    yield Rating(key="warmth", text=both("How warm?", "¿Qué cordialidad?"), **ends)


def filling_in() -> Iterator[AnyQuestion]:
    """Questions that are answered by writing, or otherwise."""
    bands = (PointBand(up_to=60, points=5), PointBand())
    yield Duration(key="wait", text=both("The wait?", "¿La espera?"), bands=bands)
    unit = both("people", "personas")
    yield Number(key="people", text=both("How many?", "¿Cuántas?"), unit=unit, maximum=50)
    yield Money(key="price", text=both("The price?", "¿El precio?"))
    yield Date(key="on", text=both("Which day?", "¿Qué día?"))
    yield Time(key="at", text=both("What time?", "¿A qué hora?"))
    yield ShortText(key="name", text=both("The name?", "¿El nombre?"), internal=True)
    yield Narrative(key="tell", text=both("What happened?", "¿Qué ocurrió?"), min_length=100)
    yield Photo(key="front", text=both("The front.", "La fachada."))
    yield Signature(key="sign", text=both("Sign.", "Firme."))
    yield Place(key="place", text=both("Where?", "¿Dónde?"))


def every_kind(**named: Any) -> Document:
    """A checklist with a question of every kind, conditions, a follow-up, an internal question and a critical one."""
    read = Instruction(key="read", text=both("Walk in.", "Entre."))
    questions = (read, *choosing(), *filling_in())
    later = Touchpoint(
        key="mail",
        name=both("E-mail", "Correo"),
        phase=Phase.AFTER,
        show_if=Is(question="greeted", answer="yes"),
        questions=(YesNo(key="came", text=both("Did it come?", "¿Llegó?"), due_days=3),),
    )
    during = Touchpoint(key="greeting", name=both("Greeting", "Saludo"), questions=questions, target=80)
    values = {
        "title": both("Spring", "Primavera"),
        "briefing": both("Buy a present.\n\nSay nothing.", "Compre algo."),
    }
    return Document(languages=("en", "es"), touchpoints=(during, later), **(values | named))


def told(**values: Any) -> Told:
    return Told(**({"language": "en", "heading": "Spring", "state": "Version 3"} | values))


def words(document: Document, **values: Any) -> str:
    """Everything that the pages say, in one line."""
    html = briefing.page(told(**values), document, {}).html
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def text_of(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    try:
        return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()


def test_every_kind_of_question_is_there_with_a_place_for_its_answer() -> None:
    document = every_kind()
    assert {question.kind for question in document.questions()} == set(Kind)
    said = words(document)
    for question in document.questions():
        assert question.text["en"] in said
    html = briefing.page(told(), document, {}).html
    # Yes and No twice, four ways out, two and two options, five places on the scale, five photos.
    assert html.count('class="box"') == 4 + 2 + 4 + 5 + 5
    assert html.count('class="gap"') == 2 + 1 + 1 + 3 + 2
    assert html.count('class="signs"') == 1
    assert html.count('class="line"') == 2 + 2 + 4 + 1


def test_help_conditions_explanations_and_follow_ups_are_said() -> None:
    said = words(every_kind())
    for sentence in (
        "Within a minute.",
        "Only if “Were you greeted?” is Yes.",
        "Explain No:",
        "3 days after the visit",
        "50 people or less",
        "at least 100 characters",
        "choose at most 1",
        "Buy a present. Say nothing.",
        "cold",
    ):
        assert sentence in said
    assert said.count("Only if") == 2


def test_questions_are_numbered_throughout_and_instructions_are_not() -> None:
    html = briefing.page(told(), every_kind(), {}).html
    assert re.findall(r'class="nth">(\d+)<', html) == [str(number) for number in range(1, 16)]


def test_nothing_of_the_marking_is_said_to_shoppers() -> None:
    plain, marked = words(every_kind()), words(every_kind(), shows_marking=True)
    for secret in ("7 points", "713", "Critical on", "80 %", "of the score", "up to 1 min: 5"):
        assert secret in marked, secret
        assert secret not in plain, secret


def test_the_map_for_shoppers_weighs_nothing() -> None:
    def drawn(**values: Any) -> str:
        file = briefing.page(told(**values), every_kind(), {}).files["journey-1.svg"]
        return file.read().decode()

    assert "%" not in drawn()
    assert "%" in drawn(shows_marking=True)


def test_a_briefing_is_in_either_language_of_its_checklist() -> None:
    said = words(every_kind(), language="es")
    assert "¿Le saludaron?" in said
    assert "Solo si «¿Le saludaron?» es Sí." in said
    assert "Were you greeted?" not in said
    assert "greeted" not in said


def test_a_draft_is_marked_on_every_page() -> None:
    body = briefing.render(told(is_draft=True, state="Draft of version 4"), every_kind())
    with pikepdf.open(io.BytesIO(body)) as document:
        pages = len(document.pages)
    assert pages > 1
    assert text_of(body).count("Briefing · Draft") == pages - 1
    assert text_of(body).count("Draft of version 4") == pages
    assert "Draft" not in text_of(briefing.render(told(), every_kind()))


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_a_briefing_is_set_on_the_paper_that_is_asked_for(paper: str, size: tuple[int, int]) -> None:
    document = pypdfium2.PdfDocument(briefing.render(told(paper=paper), every_kind()))
    assert tuple(round(side) for side in document[0].get_size()) == size
    document.close()


def test_a_briefing_without_touchpoints_is_a_page_all_the_same() -> None:
    assert "There is no briefing for this visit" in words(Document(title={"en": "x"}))
    assert briefing.render(told(), Document(title={"en": "x"})).startswith(b"%PDF")


@pytest.mark.layout
def test_a_briefing_can_be_listened_to() -> None:
    body = briefing.render(told(language="es", heading="Primavera"), every_kind())
    with pikepdf.open(io.BytesIO(body)) as document:
        assert str(document.Root.Lang) == "es"
        assert str(document.docinfo["/Title"]) == "Instrucciones: Primavera"
        structure = list(nodes(document.Root.StructTreeRoot.K))
        levels = [int(str(node["/S"])[2:]) for node in structure if str(node["/S"]) in ("/H1", "/H2", "/H3")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert {scope_of(node) for node in structure if str(node["/S"]) == "/TH"} == {"/Row", "/Column"}
        figures = [node for node in structure if str(node["/S"]) == "/Figure"]
        assert figures
        assert all(str(node.get("/Alt", "")).strip() for node in figures)
        assert all(embedded(font) for page in document.pages for font in page.Resources.Font.values())
        with document.open_outline() as outline:
            bookmarks = [entry.title for entry in outline.root[0].children]
        assert [title for title in bookmarks if "Saludo" in title or "Correo" in title] == [
            "1 Saludo",
            "2 Correo",
        ]


def hostile(text: str) -> Document:
    """A checklist whose every wording is `text`; its title and briefing are as long as they may be."""

    def said(part: Any) -> Any:
        if isinstance(part, dict) and part and part.keys() <= {"en", "es"}:
            return dict.fromkeys(("en", "es"), text[:4000])
        if isinstance(part, dict):
            return {name: said(value) for name, value in part.items()}
        return [said(each) for each in part] if isinstance(part, list) else part

    document = canonical.read(json.dumps(said(json.loads(canonical.write(every_kind())))))
    longest = {"en": text[:LONGEST], "es": text[:LONGEST]}
    return document.model_copy(update={"title": longest, "briefing": longest})


@pytest.mark.parametrize("kind", [*TEXTS])
def test_no_text_leaves_its_page(kind: str) -> None:
    text = TEXTS[kind]
    body = briefing.render(
        told(heading=(text.strip() or "-")[:120], note=text, shows_marking=True), hostile(text)
    )
    assert overflows(body) == []


@pytest.mark.parametrize("kind", ["HTML", "SVG", "CSS", "control"])
def test_no_text_becomes_markup_or_names_a_file(kind: str) -> None:
    page = briefing.page(told(heading=TEXTS[kind], note=TEXTS[kind]), hostile(TEXTS[kind]), {})
    assert not re.search(r"<(script|style|image|svg)", page.html)
    assert "127.0.0.1/x.png" not in re.sub(r"&lt;img.*?&gt;", "", page.html)
    assert {*re.findall(r'(?:src|href)="([^"]*)"', page.html)} <= set(page.files)


@pytest.fixture
def setter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Confined]:
    """A process of the test's own that sets briefings."""
    own = Confined(
        "shopper.reports.briefing", seconds=60, memory_bytes=briefings.MEMORY_BYTES,
        too_slow="briefing_too_long", damaged="briefing_failed", file_bytes=briefings.FILE_BYTES,
    )  # fmt: skip
    monkeypatch.setattr(briefings, "SETTER", own)
    yield own
    own.close()


def test_a_process_of_its_own_sets_the_briefing(setter: Confined) -> None:
    body = briefings.as_pdf(told(), canonical.write(every_kind()), {})
    assert body.startswith(b"%PDF")
    assert "Were you greeted?" in text_of(body)


def test_reference_pictures_stand_at_their_questions(setter: Confined) -> None:
    jpeg, name = a_jpeg(), "a" * 64
    question = YesNo(
        key="lit", text=both("Lit?", "¿Luz?"), pictures=(Picture(sha256=name, caption={"en": "Like so."}),)
    )
    document = Document(title={"en": "x"}, touchpoints=(Touchpoint(key="sign", questions=(question,)),))
    body = briefings.as_pdf(told(), canonical.write(document), {name: jpeg})
    assert "Like so." in text_of(body)
    with pikepdf.open(io.BytesIO(body)) as shown:
        alternatives = [
            str(node.get("/Alt", ""))
            for node in nodes(shown.Root.StructTreeRoot.K)
            if str(node["/S"]) == "/Figure"
        ]
    assert "Like so." in alternatives
    assert not [fault for fault in overflows(body) if "picture" in fault]


def test_a_picture_that_is_not_here_leaves_its_question() -> None:
    question = YesNo(key="lit", text=both("Lit?", "¿Luz?"), pictures=(Picture(sha256="b" * 64),))
    document = Document(title={"en": "x"}, touchpoints=(Touchpoint(key="sign", questions=(question,)),))
    assert "Lit?" in words(document)


def test_what_takes_too_long_is_refused_and_the_next_is_served(setter: Confined) -> None:
    setter.seconds = 0.01
    with pytest.raises(Invalid) as refusal:
        briefings.as_pdf(told(), canonical.write(every_kind()), {})
    assert refusal.value.code == "briefing_too_long"
    setter.seconds = 60
    assert briefings.as_pdf(told(), canonical.write(Document(title={"en": "x"})), {}).startswith(b"%PDF")


def test_who_comes_while_several_wait_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(briefings, "_places", threading.BoundedSemaphore(1))
    with briefings._a_place(), pytest.raises(Invalid) as refusal:
        briefings.as_pdf(told(), "{}", {})
    assert refusal.value.code == "briefings_wait"
    with briefings._a_place():
        pass
