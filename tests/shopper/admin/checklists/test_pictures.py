"""Reference pictures in the designer: uploaded, captioned, put in order, removed, and shown to whoever may read."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from evaluations.designing import files
from evaluations.document.tree import Document, Kind, Picture
from evaluations.models import OwnQuestion, OwnTouchpoint, ReferencePicture, Role, Template
from evaluations.photos.pictures import MOST_BYTES
from evaluations.photos.store import Size
from shopper.uploads import AROUND
from tests.builders import a_person
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.evaluations.photos.pictures import a_jpeg, a_scene, as_bytes, with_secrets
from tests.shopper.admin.checklists.conftest import Designer
from tests.shopper.admin.checklists.paper import filled, sent
from tests.shopper.browsing import Visitor, visitor_of

LIBRARY = "/office/checklists/library/"


def uploads(designer: Designer, *bodies: bytes, key: str = "greeted"):
    """Send pictures by the form below a question."""
    page = f"{designer.base}/draft/questions/{key}"
    fields = filled(designer.visitor, page, f"{page}/pictures").to_dict()
    files = [(io.BytesIO(body), f"{number}.jpg", "image/jpeg") for number, body in enumerate(bodies)]
    return designer.visitor.post(f"{page}/pictures", data=fields | {"picture": files})


def shown(designer: Designer, key: str = "greeted") -> tuple[Picture, ...]:
    """The pictures of a question as it is kept."""
    question = designer.document.question(key)
    assert question is not None
    return question.pictures


def scene(number: int) -> bytes:
    return as_bytes(a_scene(number))


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_a_question_of_any_kind_may_show_pictures(designer: Designer, kind: Kind):
    added = designer.sends(f"/touchpoints/greeting/questions/{kind.value}", **{"text-en": "Look here."})
    assert added.status_code == 303, added.text
    key = next(q.key for q in designer.document.touchpoints[1].questions if q.text.get("en") == "Look here.")
    assert uploads(designer, a_jpeg(), key=key).status_code == 303
    assert len(shown(designer, key)) == 1


def test_an_uploaded_picture_is_kept_small_upright_and_without_its_secrets(app, designer: Designer):
    assert uploads(designer, with_secrets()).status_code == 303
    [picture] = shown(designer)
    store = app.extensions["photos"]
    body = store.open(picture.sha256, Size.ORIGINAL).read_bytes()
    assert hashlib.sha256(body).hexdigest() == picture.sha256
    assert b"SECRET" not in body
    answer = designer.visitor.get(f"{designer.base}/pictures/{picture.sha256}/picture")
    assert (answer.data, answer.mimetype) == (body, "image/jpeg")
    assert designer.visitor.get(f"{designer.base}/pictures/{picture.sha256}/thumbnail").status_code == 200


def test_captions_in_each_language_an_order_and_a_removal_are_saved_with_the_question(
    begin: Callable[[Document], Designer],
):
    designer = begin(document(touchpoint("greeting", yes_no()), languages=("en", "es")))
    assert uploads(designer, scene(1), scene(2)).status_code == 303
    first, second = (picture.sha256 for picture in shown(designer))
    saved = designer.sends(
        "/questions/greeted",
        **{"pictures-0-caption-en": "A tidy till", "pictures-0-caption-es": "Una caja ordenada"},
    )
    assert saved.status_code == 303
    assert shown(designer)[0].caption == {"en": "A tidy till", "es": "Una caja ordenada"}
    order = {"pictures-0-sha256": second, "pictures-1-sha256": first, "pictures-1-caption-en": "A tidy till"}
    designer.sends("/questions/greeted", **order, **{"pictures-0-caption-en": ""})
    assert [picture.sha256 for picture in shown(designer)] == [second, first]
    fields = filled(designer.visitor, f"{designer.base}/draft/questions/greeted")
    for name in [name for name in fields if name.startswith("pictures-1-")]:
        fields.poplist(name)
    designer.visitor.post(f"{designer.base}/draft/questions/greeted", data=fields)
    assert [picture.sha256 for picture in shown(designer)] == [second]


def test_moving_and_removing_a_picture_is_kept_at_once_and_undone_like_every_step(designer: Designer):
    assert uploads(designer, scene(1), scene(2), scene(3)).status_code == 303
    first, second, third = (picture.sha256 for picture in shown(designer))
    moved = designer.sends(
        "/questions/greeted", arrange="pictures:down-0", **{"pictures-0-caption-en": "A tidy till"}
    )
    page = moved.text.partition('class="picture-rows"')[2]
    assert (moved.status_code, page.index(second) < page.index(first)) == (200, True)
    assert [picture.sha256 for picture in shown(designer)] == [second, first, third]
    assert [picture.caption.get("en") for picture in shown(designer)] == [None, "A tidy till", None]
    dropped = designer.sends("/questions/greeted", arrange="pictures:drop-0")
    assert (dropped.status_code, " data-kept" in dropped.text) == (200, True)
    assert [picture.sha256 for picture in shown(designer)] == [first, third]
    assert uploads(designer, scene(4)).status_code == 303  # there is room for one more now
    designer.sends("/questions/greeted", points="5")
    before = shown(designer)
    designer.sends("/questions/greeted", arrange="pictures:drop-1")
    assert shown(designer) == (before[0], before[2])
    assert designer.sends("/questions/greeted", to="/draft/undos").status_code == 303
    assert shown(designer) == before


def test_what_is_arranged_in_one_form_leaves_the_other_one_of_the_page_alone(designer: Designer):
    of_question = designer.sends("/questions/queue", arrange="tests:add").text
    assert 'id="met-condition"' in of_question
    assert of_question.count("data-arranged") == 1
    assert "data-arranged" in of_question.partition('id="condition"')[2].partition(">")[0]
    pictures = designer.sends("/questions/queue", arrange="pictures:down-0").text
    assert "data-arranged" not in pictures


def test_an_arrangement_beside_something_that_is_missing_is_shown_and_waits(designer: Designer):
    uploads(designer, scene(1), scene(2))
    before = shown(designer)
    answer = designer.sends("/questions/greeted", arrange="pictures:down-0", **{"text-en": ""})
    page = answer.text.partition('class="picture-rows"')[2]
    assert (answer.status_code, " data-kept" in answer.text) == (200, False)
    assert page.index(before[1].sha256) < page.index(before[0].sha256)
    assert "Write the question in at least one language." not in answer.text
    assert shown(designer) == before


def test_a_caption_is_short_and_a_longer_one_from_a_file_stays_with_its_picture(
    begin: Callable[[Document], Designer],
):
    designer = begin(document(touchpoint("greeting", yes_no())))
    uploads(designer, scene(1), scene(2))
    long = {"pictures-0-caption-en": "w" * 141}
    refused = designer.sends("/questions/greeted", **long)
    assert (refused.status_code, "Too long: 141 characters, at most 140." in refused.text) == (422, True)
    pictures = (Picture(sha256=shown(designer)[0].sha256, caption={"en": "w" * 200}), shown(designer)[1])
    imported = begin(document(touchpoint("greeting", yes_no(pictures=pictures))))
    assert imported.sends("/questions/greeted", **{"text-en": "Were you greeted at once?"}).status_code == 303
    assert shown(imported)[0].caption == {"en": "w" * 200}
    moved = imported.sends("/questions/greeted", arrange="pictures:down-0")
    assert " data-kept" in moved.text
    assert shown(imported)[1].caption == {"en": "w" * 200}
    dropped = imported.sends("/questions/greeted", arrange="pictures:drop-0")
    assert " data-kept" in dropped.text
    assert shown(imported)[0].caption == {"en": "w" * 200}


@pytest.mark.parametrize(
    ("bodies", "status", "words"),
    [
        ([], 422, "Choose a picture first."),
        ([b"Dear all, the picture is attached."], 415, "not a photo we can read"),
        ([a_jpeg()[:-3000]], 422, "Part of the photo is missing"),
        ([scene(1), scene(2), scene(3), scene(4)], 422, "at most 3 pictures"),
        ([scene(1), b"Dear all."], 415, "“1.jpg”: This file is not a photo we can read"),
        ([scene(1), b"Dear all."], 415, "None of the chosen pictures was added."),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words_beside_the_box(
    designer: Designer, bodies: list[bytes], status: int, words: str
):
    answer = uploads(designer, *bodies)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert 'aria-describedby="picture-help picture-errors"' in answer.text
    assert shown(designer) == ()


def test_a_fourth_picture_and_the_same_one_twice_are_refused(designer: Designer):
    assert uploads(designer, scene(1), scene(2)).status_code == 303
    assert "shows that picture already" in uploads(designer, scene(1)).text
    assert uploads(designer, scene(3)).status_code == 303
    assert "That is as many as a question shows." in designer.opens("/questions/greeted").text
    page = f"{designer.base}/draft/questions/greeted"
    fields = filled(designer.visitor, page, f"{page}/pictures").to_dict()
    more = designer.visitor.post(
        f"{page}/pictures", data=fields | {"picture": (io.BytesIO(scene(4)), "4.jpg")}
    )
    assert more.status_code == 422
    assert len(shown(designer)) == 3
    sealed = filled(designer.visitor, page, f"{page}/pictures").to_dict()
    refused = designer.visitor.post(
        f"{page}/pictures", data=sealed | {"picture": (io.BytesIO(scene(4)), "4.jpg")}
    )
    assert (refused.status_code, 'class="picture-rows"' in refused.text) == (422, True)
    assert 'id="picture-errors"' in refused.text


def test_a_file_that_is_too_large_is_refused_on_the_page_of_the_question(
    app, designer: Designer, monkeypatch: pytest.MonkeyPatch
):
    form = designer.opens("/questions/greeted").text
    assert "at most 25 MB at once" in form
    assert f'data-most-bytes="{MOST_BYTES}"' in form
    monkeypatch.setattr(app.view_functions["checklists.add_pictures"], "most_bytes", 1000)
    answer = uploads(designer, b"x" * (1000 + AROUND))
    assert answer.status_code == 303
    page = designer.visitor.get(answer.location)
    assert "That was more than the 25 MB that go at once, so nothing was added." in page.text
    assert 'aria-describedby="picture-help picture-errors"' in page.text
    assert shown(designer) == ()


def test_a_form_that_names_a_picture_that_is_not_here_is_refused_by_name(designer: Designer):
    name = "cd" * 32
    answer = designer.sends("/questions/greeted", **{"pictures-0-sha256": name})
    assert (answer.status_code, name in answer.text, "not kept here" in answer.text) == (422, True, True)
    assert designer.sends("/questions/greeted", **{"pictures-0-sha256": "../x"}).status_code == 422
    assert shown(designer) == ()


def test_pictures_stand_in_the_row_the_version_and_the_preview(designer: Designer):
    uploads(designer, a_jpeg())
    [picture] = shown(designer)
    address = f"{designer.base}/pictures/{picture.sha256}/thumbnail"
    assert address in designer.opens("/touchpoints/greeting").text
    assert f'data-pictures="{designer.base}/pictures/"' in designer.opens("/preview/phone").text
    assert picture.sha256 in designer.opens("/preview/phone").text
    published = designer.sends("/check", to="/versions")
    assert published.status_code == 303, published.text
    assert address in designer.visitor.get(f"{designer.base}/versions/1").text


def test_a_picture_is_served_with_a_checklist_that_names_it_and_with_no_other(
    app, designer: Designer, store: Session
):
    uploads(designer, a_jpeg())
    [picture] = shown(designer)
    address = f"{designer.base}/pictures/{picture.sha256}/picture"
    assert designer.visitor.get(address).status_code == 200
    others = {role: a_person(store, role) for role in (Role.SCHEDULER, Role.EDITOR, Role.SHOPPER)}
    store.commit()
    for person in others.values():  # a scheduler reads what is published, and nothing is yet
        assert visitor_of(app).signs_in(person).get(address).status_code == 404
    assert designer.visitor.get(f"{designer.base}/pictures/{'ef' * 32}/picture").status_code == 404
    for wrong in ("original", "web", ".."):
        assert designer.visitor.get(f"{designer.base}/pictures/{picture.sha256}/{wrong}").status_code == 404
    designer.sends("/check", to="/versions")
    scheduler: Visitor = visitor_of(app).signs_in(others[Role.SCHEDULER])
    assert scheduler.get(address).status_code == 200


def keeps_touchpoint(designer: Designer):
    return designer.sends("/touchpoints/greeting/own-touchpoint", name="Bakery welcome")


def keeps_question(designer: Designer):
    return designer.sends(
        "/questions/greeted/own-touchpoint", to="/draft/questions/greeted/own-question", own_name="Welcomed"
    )


def keeps_template(designer: Designer):
    page = f"{designer.base}/templates/new"
    return sent(designer.visitor, page, page, name="Store")


@pytest.mark.parametrize(
    ("keeps", "model", "shelf"),
    [
        (keeps_touchpoint, OwnTouchpoint, "touchpoints"),
        (keeps_question, OwnQuestion, "questions"),
        (keeps_template, Template, "templates"),
    ],
    ids=["touchpoint", "question", "template"],
)
def test_what_the_library_keeps_shows_its_pictures_to_designers_alone(
    app, designer: Designer, store: Session, keeps: Callable[[Designer], TestResponse], model, shelf: str
):
    uploads(designer, scene(1))
    [picture] = shown(designer)
    assert keeps(designer).status_code == 303
    kept_id = store.scalars(select(model.id)).one()
    address = f"{LIBRARY}{shelf}/{kept_id}/pictures/{picture.sha256}/"
    page = designer.visitor.get(f"/office/checklists/{model.__tablename__.replace('_', '-')}/{kept_id}").text
    assert f'href="{address}picture"' in page
    assert f'src="{address}thumbnail"' in page
    designer.sends("/questions/greeted", arrange="pictures:drop-0")
    assert shown(designer) == ()
    for size in ("picture", "thumbnail"):
        assert designer.visitor.get(address + size).mimetype == "image/jpeg"
    elsewhere = "touchpoints" if shelf == "templates" else "templates"
    for wrong in (
        f"{address}original",
        f"{LIBRARY}{shelf}/{kept_id}/pictures/{'ef' * 32}/picture",
        f"{LIBRARY}{elsewhere}/{kept_id}/pictures/{picture.sha256}/picture",
        f"{LIBRARY}nowhere/{kept_id}/pictures/{picture.sha256}/picture",
    ):
        assert designer.visitor.get(wrong).status_code == 404
    for role in (Role.SCHEDULER, Role.EDITOR, Role.SHOPPER, Role.CLIENT):
        other = a_person(store, role)
        store.commit()
        assert visitor_of(app).signs_in(other).get(f"{address}picture").status_code == 404


@pytest.mark.parametrize("form", ["document.json", "checklist.xlsx"])
def test_a_checklist_with_pictures_is_taken_home_as_a_zip_and_starts_another(
    app, designer: Designer, store: Session, form: str
):
    uploads(designer, scene(1), scene(2))
    home = designer.opens(f"/{form}")
    assert (home.mimetype, ".zip" in home.headers["Content-Disposition"]) == ("application/zip", True)
    before, kept = designer.document, shown(designer)
    store.execute(delete(ReferencePicture))
    store.commit()
    shutil.rmtree(app.extensions["photos"].root)
    answer = designer.visitor.sends(
        "/office/checklists/imports/new", file=(io.BytesIO(home.data), "spring.zip"), name="Again"
    )
    assert answer.status_code == 303, answer.text
    again = answer.location.removesuffix("/import")
    assert again != designer.base
    assert Designer(designer.visitor, designer.engine, again).document == before
    for picture in kept:
        assert designer.visitor.get(f"{again}/pictures/{picture.sha256}/picture").status_code == 200


def test_a_plain_file_that_names_missing_pictures_is_refused_with_its_row(designer: Designer, store: Session):
    uploads(designer, scene(1))
    body = files.as_workbook(designer.document, name="Spring", version=1)
    store.execute(delete(ReferencePicture))
    store.commit()
    answer = designer.visitor.sends("/office/checklists/imports/new", file=(io.BytesIO(body), "spring.xlsx"))
    assert answer.status_code == 422
    assert "did not come with the file" in answer.text
    assert "survey · media::image" in answer.text
