"""A checklist with pictures goes out and comes in as a ZIP, as it was; what is lacking is named by its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy.orm import Session

from evaluations.designing import files, unpacking
from evaluations.designing.media import file_of
from evaluations.document.tree import Document, Picture
from evaluations.errors import Invalid, Refusal
from evaluations.models import Role
from evaluations.photos import pictures
from evaluations.photos.store import PhotoStore
from tests.builders import NOON, a_person
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no
from tests.evaluations.photos.pictures import a_jpeg, a_scene, as_bytes

ONE, TWO = (pictures.draw(as_bytes(a_scene(number))) for number in (1, 2))


def pictured() -> Document:
    both = (Picture(sha256=ONE.sha256, caption={"en": "Lit", "es": "Con luz"}), Picture(sha256=TWO.sha256))
    plain = (Picture(sha256=TWO.sha256),)
    words = {"en": "Spring", "es": "Primavera"}
    return document(
        touchpoint("window", yes_no("lit", pictures=both), rating("order", pictures=plain), choice()),
        languages=("en", "es"),
        title={"en": "Spring"},
        briefing=words,
    )


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    made = PhotoStore(tmp_path)
    pictures.keep(made, [ONE, TWO])
    return made


def zipped(**contents: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in contents.items():
            archive.writestr(name, body)
    return file.getvalue()


def workbook(survey: list[list[str]], choices: list[list[str]] | None = None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in (("survey", survey), ("choices", choices or [])):
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return file.getvalue()


WAYS: list[Callable[[Document], tuple[str, bytes]]] = [
    lambda made: ("spring.json", files.as_json(made)),
    lambda made: ("spring.xlsx", files.as_workbook(made, name="Spring", version=1)),
]


@pytest.mark.parametrize("way", WAYS, ids=["json", "xlsform"])
def test_a_checklist_comes_back_from_its_zip_exactly_with_every_picture(way: Any, store: PhotoStore):
    name, body = way(pictured())
    found = files.read(files.packed(pictured(), body, name, store), f"{name}.zip", language="en")
    assert (found.faults, found.notes) == ((), ())
    assert found.document == pictured()
    assert {each.sha256: each.body for each in found.pictures} == {ONE.sha256: ONE.body, TWO.sha256: TWO.body}


@pytest.mark.parametrize("way", WAYS, ids=["json", "xlsform"])
def test_without_its_zip_it_comes_back_where_the_pictures_are_kept(way: Any):
    name, body = way(pictured())
    found = files.read(body, name, language="en", held={ONE.sha256, TWO.sha256})
    assert (found.document, found.faults, found.pictures) == (pictured(), (), ())


@pytest.mark.parametrize("way", WAYS, ids=["json", "xlsform"])
def test_without_its_zip_it_is_refused_elsewhere_by_the_names_of_what_is_lacking(way: Any):
    name, body = way(pictured())
    found = files.read(body, name, language="en", held={TWO.sha256})
    assert found.document is None
    assert {fault.code for fault in found.faults} == {"picture_not_here"}
    assert any(ONE.sha256 in fault.values["name"] for fault in found.faults)
    if name.endswith(".xlsx"):
        assert {(fault.sheet, fault.row) for fault in found.faults} == {("survey", 3)}


def test_a_picture_that_was_changed_on_the_way_is_refused():
    body = files.as_json(
        document(touchpoint("window", yes_no("lit", pictures=(Picture(sha256=ONE.sha256),))))
    )
    other = zipped(**{"spring.json": body, f"media/{file_of(ONE.sha256)}": TWO.body})
    found = files.read(other, "spring.zip", language="en")
    assert [fault.code for fault in found.faults] == ["picture_not_here"]
    raw = a_jpeg(3000, 2000)
    named = document(touchpoint("window", yes_no("lit", pictures=(Picture(sha256=_hash(raw)),))))
    packed = zipped(**{"spring.json": files.as_json(named), "media/a.jpg": raw})
    assert [fault.code for fault in files.read(packed, "spring.zip", language="en").faults] == [
        "picture_altered"
    ]


def test_a_workbook_of_somebody_elses_brings_its_pictures_in_a_folder():
    survey = [
        [
            "type",
            "name",
            "label::English (en)",
            "label::Español (es)",
            "image::English (en)",
            "image::Español (es)",
        ],
        ["select_one yn", "lit", "Was it lit?", "¿Había luz?", "Front.JPG", "front.jpg"],
        ["note", "look", "Look up.", "Mire arriba.", "", ""],
    ]
    body = workbook(survey, [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]])
    sent = zipped(
        **{
            "shop/form.xlsx": body,
            "shop/form-media/front.jpg": a_jpeg(2000, 1500),
            "shop/form-media/unused.png": b"x",
            "__MACOSX/._form.xlsx": b"x",
        }
    )
    found = files.read(sent, "form.zip", language="en")
    assert found.document is not None, found.faults
    [shown] = found.document.question("lit").pictures  # type: ignore[union-attr]
    assert [each.sha256 for each in found.pictures] == [shown.sha256]
    assert [(note.code, note.column) for note in found.notes] == [("file_left_out", "unused.png")]


@pytest.mark.parametrize(
    ("column", "cells", "where"),
    [
        ("media::image", ["", "gone.jpg"], ("picture_not_here", 3, "media::image")),
        ("image", ["", "broken.jpg"], ("picture_unreadable", 3, "media::image")),
        ("media::image", ["front.jpg", ""], ("media_not_kept", 2, "media::image")),
        ("media::big-image", ["", "front.jpg"], ("media_not_kept", 3, "media::big-image")),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_row(
    column: str, cells: list[str], where: tuple[str, int, str]
):
    survey = [
        ["type", "name", "label", column],
        ["begin group", "front", "Front", cells[0]],
        ["text", "seen", "What did you see?", cells[1]],
        ["end group", "", "", ""],
    ]
    sent = zipped(**{"form.xlsx": workbook(survey), "media/front.jpg": ONE.body, "media/broken.jpg": b"no"})
    found = files.read(sent, "form.zip", language="en")
    assert [(fault.code, fault.row, fault.column) for fault in found.faults] == [where]


def test_pictures_that_differ_by_language_and_pictures_of_choices_are_refused():
    survey = [
        ["type", "name", "label::en", "label::es", "media::image::en", "media::image::es"],
        ["select_one size", "lit", "Lit?", "¿Luz?", "front.jpg", "frente.jpg"],
    ]
    choices = [
        ["list_name", "name", "label::en", "media::image::en"],
        ["size", "s", "S", "s.jpg"],
        ["size", "m", "M", ""],
    ]
    sent = zipped(**{"form.xlsx": workbook(survey, choices), "front.jpg": ONE.body, "frente.jpg": TWO.body})
    codes = [(fault.sheet, fault.code) for fault in files.read(sent, "form.zip", language="en").faults]
    assert codes == [("choices", "media_not_kept"), ("survey", "picture_per_language")]


def test_whoever_changes_the_cell_changes_the_first_picture():
    def written(document: Document, picture: str) -> bytes:
        made = [
            ["type", "name", "label::en", "media::image::en", "more"],
            ["select_one yn", "lit", "Lit?", picture, f'{{"pictures": [{{"sha256": "{ONE.sha256}"}}]}}'],
        ]
        return workbook(made, [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]])

    held = {ONE.sha256, TWO.sha256}
    found = files.read(written(pictured(), file_of(TWO.sha256)), "a.xlsx", language="en", held=held)
    assert found.document is not None, found.faults
    assert [one.sha256 for one in found.document.question("lit").pictures] == [TWO.sha256]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ({"front.jpg": b"x"}, "zip_without_checklist"),
        ({"a.json": b"{}", "b.xlsx": b"PK"}, "zip_with_several"),
        ({"a.json": b"{}", "x/a.jpg": b"x", "y/A.JPG": b"y"}, "zip_name_twice"),
        ({"a.json": b"{}", "bomb.jpg": bytes(unpacking.MOST_INFLATED)}, "zip_too_large"),
        ({"a.json": b"{}"} | {f"{n}.jpg": b"" for n in range(unpacking.MOST_FILES)}, "zip_too_many_files"),
    ],
)
def test_a_zip_that_is_no_checklist_is_refused_by_what_it_is(contents: Mapping[str, bytes], code: str):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in contents.items():
            archive.writestr(name, body)
    with pytest.raises(Refusal) as refused:
        files.read(file.getvalue(), "a.zip", language="en")
    assert refused.value.code == code


def test_a_file_that_only_looks_like_a_zip_is_told_so():
    with pytest.raises(Refusal):
        files.read(b"PK\x03\x04" + bytes(200), "a.zip", language="en")


@pytest.mark.parametrize("ending", [".zip", ".xlsx.zip", ".json.zip"])
def test_an_export_holds_the_pictures_and_starts_the_same_checklist_again(
    session: Session, store: PhotoStore, ending: str
):
    ana = a_person(session, Role.DESIGNER)
    pictures.record(session, [ONE, TWO], by=ana, at=NOON)
    found = files.Reading(pictured(), (), (), (ONE,))
    draft = files.start(session, "Spring", found, file_name="a.json", by=ana, at=NOON)
    session.flush()
    sent = files.exported(session, store, draft.checklist_id, None, file_name=f"spring{ending}")
    assert files.read(sent, f"spring{ending}", language="en").document == pictured()
    for alone in ("spring.json", "spring.xlsx"):
        with pytest.raises(Invalid) as refused:
            files.exported(session, store, draft.checklist_id, None, file_name=alone)
        assert refused.value.code == "checklist_has_pictures"


def _hash(body: bytes) -> str:
    import hashlib

    return hashlib.sha256(body).hexdigest()
