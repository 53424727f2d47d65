"""The check says why a finding matters, leads to the very field, and lets a designer dismiss it with a reason."""

import re

import pytest
from sqlalchemy import select

from evaluations.models import AuditEntry, Dismissal, Role
from tests.builders import a_person, a_wave
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no
from tests.shopper.admin.checklists.paper import sent

REASON = "The client wants it in these very words."


def faulty(**values):
    """A checklist with one finding: a question that asks two things."""
    return document(touchpoint("greeting", yes_no(text={"en": "Was it warm and dry?"}, **values)))


@pytest.fixture
def designer(begin):
    return begin(faulty())


def dismisses(designer, reason=REASON):
    return sent(
        designer.visitor, f"{designer.base}/draft/check", f"{designer.base}/draft/dismissals", reason=reason
    )


def brings_back(designer):
    page = designer.opens("/check").text
    address = re.search(r'action="([^"]+/removals)"', page[page.index("Dismissed") :])[1]
    return sent(designer.visitor, f"{designer.base}/draft/check", address)


def standing(page):
    """The part of the page above what was dismissed."""
    return page.text.split("<h2>Dismissed</h2>")[0]


def test_a_finding_says_why_it_matters_and_leads_to_the_field_where_it_is_mended(designer):
    page = designer.opens("/check").text
    assert "This may ask two things at once." in page
    assert "Where one is so and the other is not, there is no true answer." in page
    assert f'href="{designer.base}/draft/questions/greeted#text-en"' in page
    assert 'id="text-en"' in designer.opens("/questions/greeted").text


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (yes_no(explain_on=("no",)), "explain_min"),
        (yes_no(text={"en": "If it rained, was it dry?"}), "na_allowed"),
        (rating(lo_text={}, hi_text={}), "lo_text-en"),
        (rating(lo_text={"en": "Bad"}, hi_text={}), "lo_text-en"),
        (choice("queue", 5, 0, options=()), "option-add"),
    ],
)
def test_every_jump_lands_at_a_box_that_is_there(begin, question, field):
    designer = begin(document(touchpoint("greeting", yes_no("lit"), question)))
    addresses = re.findall(rf'href="({designer.base}/draft/[^"]+)#([^"]+)"', designer.opens("/check").text)
    assert field in [anchor for _, anchor in addresses]
    for address, anchor in addresses:
        assert f'id="{anchor}"' in designer.visitor.get(address.replace("&amp;", "&")).text, anchor


def test_findings_stand_beside_their_question_and_are_counted_in_the_head(designer):
    page = designer.opens("/touchpoints/greeting").text
    row = page[page.index('id="question-greeted"') :]
    assert "This may ask two things at once." in row
    assert 'aria-label="1 finding"' in page
    assert "there is no true answer" in designer.opens("/questions/greeted").text


def test_findings_that_say_the_same_stand_together_with_every_place(begin):
    questions = [yes_no(f"lit_{place}", explain_on=("no",)) for place in range(3)]
    page = begin(document(touchpoint("greeting", *questions))).opens("/check").text
    assert (
        page.count("A comment is demanded, and one letter would do") - page.count('visually-hidden">: A') == 1
    )
    assert "at 3 places" in page
    assert page.count("#explain_min") == 3


def test_a_finding_is_dismissed_with_a_reason_and_stands_no_more(designer, store):
    assert dismisses(designer).status_code == 303
    page = designer.opens("/check")
    assert "This may ask two things" not in standing(page)
    assert REASON in page.text
    assert "Ana" in page.text.split("<h2>Dismissed</h2>")[1]
    assert "This may ask two things" not in designer.opens("/touchpoints/greeting").text
    entry = store.scalars(select(AuditEntry).where(AuditEntry.act == "finding.dismissed")).one()
    assert REASON in entry.details
    assert "asks_two_things" in entry.details


@pytest.mark.parametrize(
    ("reason", "said"), [(" ", "Say why it may be left as it is."), ("x" * 501, "too long")]
)
def test_without_a_fitting_reason_nothing_is_dismissed(designer, store, reason, said):
    page = dismisses(designer, reason)
    assert (page.status_code, said in page.text) == (422, True)
    open_one = page.text.split('<details class="dismissing" open>')[1].split("</details>")[0]
    assert said in open_one
    assert "novalidate" in open_one
    assert reason.strip() in open_one
    assert store.scalars(select(Dismissal)).all() == []


def test_what_does_not_stand_cannot_be_dismissed(designer, store):
    token = designer.visitor.token(f"{designer.base}/draft/check")
    for finding in ("", "0" * 64, "nonsense"):
        page = designer.visitor.post(
            f"{designer.base}/draft/dismissals",
            data={"csrf_token": token, "finding": finding, "reason": REASON},
        )
        assert page.status_code == 422
        assert "This finding does not stand any more." in page.text
    assert store.scalars(select(Dismissal)).all() == []


def test_a_dismissal_survives_publishing_as_long_as_the_words_are_the_same(designer):
    dismisses(designer)
    designer.sends("/check", "/versions")
    designer.visitor.sends(f"{designer.base}/drafts", _from=designer.base)
    designer.sends("/questions/greeted", points="7")
    assert "This may ask two things" not in standing(designer.opens("/check"))
    designer.sends("/questions/greeted", text__en="Was it warm and light?")
    assert "This may ask two things" in standing(designer.opens("/check"))


def test_what_was_dismissed_is_brought_back(designer, store):
    dismisses(designer)
    assert brings_back(designer).status_code == 303
    assert "This may ask two things" in standing(designer.opens("/check"))
    acts = store.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert "finding.brought_back" in acts
    assert store.scalars(select(Dismissal)).all() == []


def test_a_dismissal_of_another_checklist_does_not_exist(designer, begin, store):
    dismisses(designer)
    made = store.scalars(select(Dismissal)).one()
    other = begin(faulty())
    token = other.visitor.token(f"{other.base}/draft/check")
    gone = other.visitor.post(f"{other.base}/draft/dismissals/{made.id}/removals", data={"csrf_token": token})
    assert gone.status_code == 404


def test_dismissals_are_for_designers(designer, store, visitors):
    editor = a_person(store, Role.EDITOR)
    store.commit()
    visitor = visitors().signs_in(editor)
    token = visitor.token("/office/")
    answer = visitor.post(f"{designer.base}/draft/dismissals", data={"csrf_token": token})
    assert answer.status_code == 404


def test_a_draft_that_is_thrown_away_takes_its_dismissals_along(designer, store):
    dismisses(designer)
    token = designer.visitor.token(f"{designer.base}/draft/settings")
    designer.visitor.post(
        f"{designer.base}/draft/discards", data={"csrf_token": token, "edition": designer.seal}
    )
    assert store.scalars(select(Dismissal)).all() == []


def test_a_visit_that_takes_longer_than_its_programme_allows_is_pointed_out(designer, store):
    designer.sends("/check", "/versions")
    wave = a_wave(store, version=designer.versions[0])
    wave.programme.name, wave.programme.longest_minutes = "Short visits", 1
    store.commit()
    designer.visitor.sends(f"{designer.base}/drafts", _from=designer.base)
    designer.sends("/questions/greeted", help__en="Look at the floor. " * 60)
    page = designer.opens("/check").text
    assert "the programme “Short visits” allows 1." in page


def test_the_trail_says_what_was_dismissed_where_and_why(designer, store, visitors):
    dismisses(designer)
    owner = a_person(store, Role.OWNER)
    store.commit()
    page = visitors().signs_in(owner).get("/office/trail/").text
    assert "Finding of a checklist dismissed" in page
    assert "This may ask two things at once." in page
    assert REASON in page
