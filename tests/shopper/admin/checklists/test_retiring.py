"""Options that were published are retired and brought back, never removed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.tree import Document, Option, SingleChoice
from evaluations.models import Version
from tests.builders import NOON
from tests.evaluations.designing.documents import choice, document, touchpoint
from tests.shopper.admin.checklists.conftest import Designer
from tests.shopper.admin.checklists.paper import filled

QUESTION = "/questions/queue"


@pytest.fixture
def second(begin: Callable[[Document], Designer]) -> Designer:
    """Ana, at the draft that follows a published version with a choice of three."""
    designer = begin(document(touchpoint("till", choice("queue", 5, 3, 0))))
    assert designer.sends("/check", "/versions").status_code == 303
    designer.visitor.sends(f"{designer.base}/drafts", designer.base)
    return designer


def options(designer: Designer) -> dict[str, bool]:
    """The options as they are kept, and whether each is retired."""
    question = designer.document.question("queue")
    assert isinstance(question, SingleChoice)
    return {option.key: option.retired for option in question.options}


def without_row(designer: Designer, place: int):
    """Send the form as if somebody had cut a row out of the page."""
    page = f"{designer.base}/draft{QUESTION}"
    fields = filled(designer.visitor, page)
    for name in [name for name in fields if name.startswith(f"options-{place}-")]:
        fields.poplist(name)
    return designer.visitor.post(page, data=fields)


def test_a_published_option_can_be_retired_and_brought_back_and_offers_no_removal(second: Designer):
    page = second.opens(QUESTION).text
    assert "Retire option 2" in page
    assert "Remove option 2" not in page
    arranged = second.sends(QUESTION, arrange="retire-1")
    assert "offered no more" in arranged.text
    assert "Bring option 2 back" in arranged.text
    assert 'value="Option 3"' in arranged.text
    second.sends(QUESTION, **{"options-1-retired": "yes"})
    assert options(second) == {"option_1": False, "option_2": True, "option_3": False}
    assert second.document.question("queue").options[1].points == 3  # type: ignore[union-attr]
    assert "Retired: offered no more" in second.opens(QUESTION).text
    back = second.sends(QUESTION, arrange="revive-1")
    assert "offered no more" not in back.text
    second.sends(QUESTION, **{"options-1-retired": None})
    assert options(second) == {"option_1": False, "option_2": False, "option_3": False}


def test_removing_a_published_option_is_refused_with_the_reason(second: Designer):
    answer = without_row(second, 1)
    assert answer.status_code == 422
    assert "“Option 2” was published and may have answers: retire it instead." in answer.text
    assert list(options(second)) == ["option_1", "option_2", "option_3"]


def test_an_option_that_was_never_published_can_be_removed(second: Designer):
    second.sends(QUESTION, **{"options-3-text-en": "Closed", "options-3-points": "0"})
    assert list(options(second)) == ["option_1", "option_2", "option_3", "closed"]
    assert "Remove option 4" in second.opens(QUESTION).text
    assert without_row(second, 3).status_code == 303
    assert list(options(second)) == ["option_1", "option_2", "option_3"]


def test_a_draft_that_lost_a_published_option_is_not_published_and_gets_it_back(
    second: Designer, store: Session
):
    lost = second.document.model_copy(update={"touchpoints": (touchpoint("till", choice("queue", 5, 3)),)})
    store.execute(
        update(Version).where(Version.published_at.is_(None)).values(document=canonical.write(lost))
    )
    store.commit()
    page = second.opens("/check").text
    assert "The option “Option 3” was published and is missing here." in page
    assert (
        second.visitor.post(
            f"{second.base}/versions",
            data={
                "csrf_token": second.visitor.token(f"{second.base}/draft{QUESTION}"),
                "edition": second.seal,
            },
        ).status_code
        == 422
    )
    assert second.sends(QUESTION).status_code == 303
    assert options(second) == {"option_1": False, "option_2": False, "option_3": True}
    assert "is missing here" not in second.opens("/check").text


def test_a_new_option_never_gets_the_key_of_one_that_was_published(
    begin: Callable[[Document], Designer], store: Session
):
    designer = begin(document(touchpoint("till", choice("queue", 5, 3, 0))))
    designer.sends("/check", "/versions")
    designer.visitor.sends(f"{designer.base}/drafts", designer.base)
    second = document(touchpoint("till", choice("queue", 5, 3)))  # as it could be published before
    text = canonical.write(second)
    published = {"published_at": NOON, "published_by_id": Version.saved_by_id}
    store.execute(
        update(Version)
        .where(Version.number == 2)
        .values(document=text, content_hash=canonical.content_hash(text), **published)
    )
    store.commit()
    designer.visitor.sends(f"{designer.base}/drafts", designer.base)
    designer.sends(QUESTION, **{"options-2-text-en": "Option 3", "options-2-points": "0"})
    assert list(options(designer)) == ["option_1", "option_2", "option_3_2"]


def test_what_is_retired_is_told_in_the_version_and_in_what_changed(second: Designer):
    second.sends(QUESTION, **{"options-1-retired": "yes"})
    assert "Option 2 · 3 · retired" in second.opens("/check").text
    assert second.sends("/check", "/versions").status_code == 303
    assert "3, retired" in second.visitor.get(f"{second.base}/versions/2").text


def test_rules_that_rest_on_a_retired_option_are_told(begin: Callable[[Document], Designer]):
    kept = tuple(
        Option(key=key, text={"en": key}, retired=key == "gone") for key in ("first", "second", "gone")
    )
    asked = choice("queue", options=kept, explain_on=("gone",))
    designer = begin(document(touchpoint("till", asked)))
    assert "A comment is asked for on an option that is retired." in designer.opens("/check").text
