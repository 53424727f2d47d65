"""An editor sees what right looks like beside the photos, and only of the checklist that was answered."""

from evaluations.document.tree import Picture
from evaluations.models import Role
from evaluations.photos import pictures
from tests.builders import NOON, a_document, a_person, a_question, a_version, a_visit, a_wave, an_evaluation
from tests.evaluations.photos.pictures import a_jpeg
from tests.evaluations.reviewing.visits import hand_in
from tests.shopper.browsing import visitor_of


def test_the_editor_sees_the_pictures_of_the_answered_version_and_no_others(app, store, visitor):
    drawn = pictures.draw(a_jpeg())
    pictures.keep(app.extensions["photos"], [drawn])
    pictures.record(store, [drawn], by=a_person(store, Role.DESIGNER), at=NOON)
    shown = Picture(sha256=drawn.sha256, caption={"en": "A <tidy> window"})
    version = a_version(store, a_document(a_question(pictures=(shown,))))
    evaluation = hand_in(store, an_evaluation(store, visit=a_visit(store, a_wave(store, version=version))))
    scheduler = a_person(store, Role.SCHEDULER)
    visitor.signs_in(a_person(store, Role.EDITOR))
    store.commit()
    page = visitor.get(f"/office/reviews/{evaluation.id}").text
    assert "What right looks like" in page
    assert "A &lt;tidy&gt; window" in page
    address = f"/office/reviews/{evaluation.id}/pictures/{drawn.sha256}"
    assert f"{address}/thumbnail" in page
    assert visitor.get(f"{address}/picture").data == drawn.body
    assert visitor.get(f"{address}/original").status_code == 404
    assert visitor.get(f"/office/reviews/{evaluation.id}/pictures/{'ab' * 32}/picture").status_code == 404
    assert visitor_of(app).signs_in(scheduler).get(f"{address}/picture").status_code == 404
