"""A shopper's own photos are shown to that shopper, and to nobody else."""

from uuid import uuid4

import pytest

from evaluations.models import Role
from tests.builders import a_person
from tests.evaluations.photos.pictures import with_secrets
from tests.shopper.browsing import visitor_of

SIZES = ["web", "print", "thumbnail"]


@pytest.fixture
def photo_id(line) -> str:
    found = str(uuid4())
    assert line.photo(with_secrets(), found).status_code == 201
    return found


@pytest.mark.parametrize("size", SIZES)
def test_somebody_elses_photo_looks_like_none(another_line, photo_id, size):
    theirs = another_line.visitor.get(f"/field/photos/{photo_id}/{size}")
    nowhere = another_line.visitor.get(f"/field/photos/{uuid4()}/{size}")
    assert theirs.status_code == nowhere.status_code == 404


@pytest.mark.parametrize("role", [Role.CLIENT, Role.EDITOR, Role.OWNER])
def test_others_than_shoppers_have_other_addresses(app, store, photo_id, role):
    person = a_person(store, role)
    store.commit()
    assert visitor_of(app).signs_in(person).get(f"/field/photos/{photo_id}/web").status_code == 404


@pytest.mark.parametrize("size", ["original", "huge", "..", "web.jpg"])
def test_there_is_no_such_size(line, photo_id, size):
    assert line.visitor.get(f"/field/photos/{photo_id}/{size}").status_code == 404


@pytest.mark.parametrize("size", SIZES)
def test_an_own_photo_is_shown_without_what_it_hid(line, photo_id, size):
    response = line.visitor.get(f"/field/photos/{photo_id}/{size}", buffered=True)
    assert (response.status_code, response.mimetype) == (200, "image/jpeg")
    assert b"SECRET" not in response.data
    assert response.headers["Cache-Control"] == "private, no-store"
