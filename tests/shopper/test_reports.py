"""The report as its reader gets it: tagged, in their language, and with nothing that is not theirs to see."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from sqlalchemy.orm import Session

from evaluations.document.answers import answered
from evaluations.document.tree import Document, Duration, Kind, Phase, Rating
from evaluations.errors import NotFound
from evaluations.models import Scorecard
from evaluations.photos.store import PhotoStore
from evaluations.reporting import in_context, pdf, visit_report
from shopper import reports
from shopper.config import Config
from tests.builders import a_document, a_location, a_question
from tests.evaluations.reporting import visits
from tests.evaluations.reporting.checklists import TRUE_NAMES, the_document
from tests.evaluations.reporting.results import a_result
from tests.evaluations.reporting.visits import an_approved_visit, failed, mixed

DOCUMENT = the_document(count=7)
PHOTOS = {"signage_seen": 1, "signage_photo": 2}
TIMED = a_document(
    Rating(
        key="easy",
        text={"en": "How easy was it?"},
        lo=0,
        hi=10,
        points=10,
        lenses=("simplicity",),
    ),
    Duration(key="wait", text={"en": "How long did you wait?", "es": "¿Cuánto esperó?"}),
    a_question("mail", "Did the e-mail come?", points=5, due_days=7),
)
TIMES = {"easy": answered(5), "wait": answered("95")}
LONG_NAME = "Einkaufszentrum Nordwest am Hauptbahnhof, Ebene 2, Laden 214"


@pytest.fixture
def photos(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos")


def opened(body: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(body))


def words(body: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in opened(body).pages]


def structure(body: bytes) -> list[tuple[str, Any]]:
    with pikepdf.open(io.BytesIO(body)) as document:
        return [
            (str(node["/S"]), str(node.get("/Alt", ""))) for node in _nodes(document.Root.StructTreeRoot.K)
        ]


def _nodes(kids: Any) -> Iterator[Any]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _nodes(kid["/K"])


def test_a_report_reaches_for_nothing_that_was_not_handed_in() -> None:
    for address in ("other.png", "file:///etc/hostname", "//example.org/x.png", "data:image/png;base64,AA=="):
        page = pdf.Page(
            f'<html lang="en"><head><title>t</title></head><body><img alt="x" src="{address}"></body></html>'
        )
        with pytest.raises(pdf.CannotShow) as refused:
            pdf.Layout(page)
        assert isinstance(refused.value.__cause__, pdf.NotHandedIn)


def test_a_visit_that_was_not_released_has_no_report(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), evaluation={"state": "withdrawn"})
    config = Config(instance=photos.root.parent, database_url="", secret="")
    with pytest.raises(NotFound):
        reports.of_visit(session, config, card.evaluation.visit_id, None)


def test_a_missing_photo_ends_the_report_and_is_not_left_out(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), photos=PHOTOS)
    with pytest.raises(NotFound):
        reports.render(session, PhotoStore(photos.root / "elsewhere"), card, "en")


def test_the_first_page_answers_the_first_questions(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, failed(DOCUMENT), photos=PHOTOS)
    first = words(reports.render(session, photos, card, "en"))[0]
    for part in (
        "Calle Mayor 12 · Madrid",
        "Saturday, 14 March 2026, 13:00–13:42",
        "68.3 %",
        "Failed",
        "Critical, fails the visit: Were floor, shelves and counter clean and free of boxes? No",
        "Greeting and offer of help",
        "What went wrong",
        "“The fire exit beside the till was blocked by a pallet of unopened boxes.”",
        "What went well",
        "Page 1 of",
    ):
        assert part in first


def test_a_score_that_rests_on_few_answers_says_so_on_the_first_page(
    session: Session, photos: PhotoStore
) -> None:
    few = {key: answer for key, answer in mixed(DOCUMENT).items() if key.endswith("_warm")}
    card = an_approved_visit(session, photos, DOCUMENT, few, comments={})
    first, *rest = words(reports.render(session, photos, card, "en"))
    assert re.search(r"\b\d of \d\d scored questions answered; \d\d left blank", first)
    assert "A critical question was never answered, so this result does not cover it:" in first
    assert re.search(r"from \d+ of \d+ points", " ".join(rest))
    whole = an_approved_visit(session, photos, DOCUMENT, visits.all_good(DOCUMENT))
    assert "scored questions answered" not in words(reports.render(session, photos, whole, "en"))[0]


def test_a_closed_place_is_told_in_a_page_or_two_and_not_as_questions_left_blank(
    session: Session, photos: PhotoStore
) -> None:
    closed = {
        "outcome": "closed_store",
        "note": "Shutters down, a note on the door: closed for stock-taking.",
    }
    card = an_approved_visit(
        session, photos, DOCUMENT, {}, comments={}, photos={"signage_photo": 2}, outcome=closed
    )
    pages = words(reports.render(session, photos, card, "en"))
    assert len(pages) <= 2
    assert "The location was closed when the shopper came." in pages[0]
    assert closed["note"] in pages[0]
    for silence in ("Left blank", "No answer", "questions answered"):
        assert silence not in " ".join(pages)


def test_a_visit_alone_in_its_wave_stands_beside_nothing(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), comments={})
    html = reports.page(visit_report.load(session, card), photos, "en").html
    assert "This location before" not in html
    assert "All locations" not in html


def test_few_locations_are_single_observations_and_no_mean(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), comments={})
    elsewhere(session, card, 3)
    html = reports.page(visit_report.load(session, card), photos, "en").html
    assert "Single observations" in html
    assert "So far 4 locations of this wave have a result that counts: too few for a mean." in html
    assert "all locations" not in html


def test_a_mean_comes_with_its_range_and_says_over_how_many(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), comments={})
    elsewhere(session, card, 8)
    html = reports.page(visit_report.load(session, card), photos, "es").html
    context = in_context.of_waves(session, [card.evaluation.visit.wave_id]).popitem()[1].total.rest
    assert context.interval is not None
    low, high = (str(end).replace(".", ",") for end in context.interval.printed)
    assert f"({low}–{high}\N{NO-BREAK SPACE}%)</strong>, 9 establecimientos" in html


def elsewhere(session: Session, card: Scorecard, count: int) -> None:
    """So many other locations of the wave with a result, all of them a little different."""
    wave = card.evaluation.visit.wave
    for number in range(count):
        answers = {
            question.key: "no" if place % (number + 3) == 0 else "yes"
            for place, question in enumerate(DOCUMENT.questions())
            if question.kind is Kind.YES_NO and question.critical is None
        }
        a_result(session, wave, a_location(session, wave.programme.client), answers)


def test_the_closing_says_lenses_and_times(session: Session, photos: PhotoStore) -> None:
    last = words(reports.render(session, photos, an_approved_visit(session, photos, TIMED, TIMES), "en"))[-1]
    for part in (
        "By lens",
        "Simplicity 50.0 %",
        "Time in 13:00",
        "Time out 13:42, after 42",
        "Question 2 1",
        "35",
    ):
        assert part in last


@pytest.mark.layout
def test_a_provisional_report_says_so_on_every_page(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, TIMED, TIMES, comments={"easy": visits.STORY * 12})
    pages = words(reports.render(session, photos, card, "en"))
    assert "Provisional: 1 follow-up is still to come, 5 points open" in pages[0]
    assert len(pages) > 1
    assert all("rovisional" in page for page in pages)


@pytest.mark.layout
def test_every_page_after_the_first_names_place_and_day(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT))
    pages = words(reports.render(session, photos, card, "en"))
    assert len(pages) > 3
    for number, page in enumerate(pages[1:], start=2):
        assert "Calle Mayor Saturday, 14 March 2026" in page
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.layout
def test_a_report_is_tagged_titled_and_says_its_language(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), photos=PHOTOS)
    body = reports.render(session, photos, card, "es")
    document = opened(body)
    assert document.trailer["/Root"]["/Lang"] == "es"
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.metadata is not None
    assert str(document.metadata.title).endswith(": Calle Mayor, sábado, 14 de marzo de 2026")
    with pikepdf.open(io.BytesIO(body)) as checked:
        assert checked.open_metadata()["pdfuaid:part"] == "1"


@pytest.mark.layout
def test_every_figure_has_alternative_text_and_headings_follow_the_journey(
    session: Session, photos: PhotoStore
) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), photos=PHOTOS)
    tags = structure(reports.render(session, photos, card, "en"))
    figures = [alternative for tag, alternative in tags if tag == "/Figure"]
    assert len(figures) >= 3 + 2 + len(DOCUMENT.touchpoints)
    assert all(figures)
    assert [tag for tag, _ in tags].count("/H1") == 1
    assert [tag for tag, _ in tags].count("/H2") == 3 + len(DOCUMENT.touchpoints) + 1
    assert "/TH" in {tag for tag, _ in tags}


def test_the_shopper_is_nowhere_in_it(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), photos=PHOTOS)
    shopper = card.evaluation.shopper
    shopper.name, shopper.email = "Esmeralda Quintanilla", "esmeralda@example.org"
    session.flush()
    page = reports.page(visit_report.load(session, card), photos, "en")
    for secret in ("Esmeralda", "Quintanilla", "esmeralda@", str(shopper.id)):
        assert secret not in page.html
        assert secret not in str(list(page.files))
    assert b"Esmeralda" not in reports.render(session, photos, card, "en")


@pytest.mark.layout
def test_each_brand_has_its_own_colour_made_readable(session: Session, photos: PhotoStore) -> None:
    pages = []
    for colour in ("#1d3fbb", "#ffd400"):
        card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), client={"colour": colour})
        pages.append(reports.page(visit_report.load(session, card), photos, "en"))
    assert "--accent: #1d3fbb;" in pages[0].style
    assert "--accent: #1d3fbb;" not in pages[1].style
    assert "#ffd400" not in pages[1].style
    assert b"0.113725 0.247059 0.733333 rg" in _drawn(pdf.Layout(pages[0]).write())
    assert b"0.113725 0.247059 0.733333 rg" not in _drawn(pdf.Layout(pages[1]).write())


def _drawn(body: bytes) -> bytes:
    contents = opened(body).pages[0].get_contents()
    assert contents is not None
    return contents.get_data()


def test_numbers_dates_and_wordings_are_in_the_readers_language(session: Session, photos: PhotoStore) -> None:
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT))
    pages = words(reports.render(session, photos, card, "es"))
    assert "73,3 %" in pages[0]
    assert "sábado, 14 de marzo de 2026" in pages[0]
    assert "Saludo y ofrecimiento de ayuda" in pages[0]
    assert "7,5 de 10" in pages[1]


@pytest.mark.layout
def test_what_people_wrote_is_text_and_never_markup(session: Session, photos: PhotoStore) -> None:
    written = '<img src="file:///etc/passwd"><script>x</script> & "quoted"'
    card = an_approved_visit(
        session,
        photos,
        DOCUMENT,
        mixed(DOCUMENT),
        comments={"greeting_wait": written},
        location={"name": written},
    )
    pages = words(reports.render(session, photos, card, "en"))
    assert "<img src=" in pages[0]


@pytest.mark.layout
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("answers", ["mixed", "failed", "all_good", "unscored"])
def test_the_first_page_is_one_page_however_much_there_is_to_say(
    session: Session, photos: PhotoStore, language: str, answers: str
) -> None:
    document = the_document(_many(14), count=3)
    found = getattr(visits, answers)(document)
    comments = {question.key: visits.STORY for question in document.questions()}
    card = an_approved_visit(
        session,
        photos,
        document,
        found,
        comments=comments,
        location={"name": LONG_NAME},
        photos={"greeting_wait": 1},
    )
    pages = words(reports.render(session, photos, card, language))
    assert LONG_NAME in pages[0]
    assert document.say(document.touchpoints[0].questions[0].text, language)[:20] in pages[1][:200]
    assert pages[1].index("1 ") < 3


def _many(count: int) -> tuple[tuple[str, str, str, Phase], ...]:
    known = TRUE_NAMES
    names = [(*known[place % len(known)], place // len(known)) for place in range(count)]
    return tuple((f"{key}{turn or ''}", en, es, phase) for key, en, es, phase, turn in names)


@pytest.mark.layout
@pytest.mark.parametrize("count", [1, 2, 9, 40])
def test_journeys_of_any_length_are_drawn(session: Session, photos: PhotoStore, count: int) -> None:
    document = the_document(_many(count), count=2)
    card = an_approved_visit(session, photos, document, mixed(document), comments={})
    page = reports.page(visit_report.load(session, card), photos, "en")
    strips = [name for name in page.files if name.startswith("charts/journey")]
    assert len(strips) == {1: 0, 2: 1, 9: 2, 40: 2}[count]
    assert len(opened(reports.render(session, photos, card, "en")).pages) >= 1 + (count > 1)


def test_a_document_without_questions_still_has_a_report(session: Session, photos: PhotoStore) -> None:
    document = Document(title={"en": "Empty"}, touchpoints=())
    card = an_approved_visit(session, photos, document, {}, comments={})
    assert "Not scored" in words(reports.render(session, photos, card, "en"))[0]
