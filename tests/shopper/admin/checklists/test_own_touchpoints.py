"""The agency's own touchpoints: saved from a draft, offered beside the built-in ones, renamed, archived."""

import pytest
from sqlalchemy import select

from evaluations.designing import own_touchpoints
from evaluations.designing.own_touchpoints import entry_of
from evaluations.document.tree import Phase
from evaluations.models import AuditEntry, OwnTouchpoint, Role
from tests.builders import a_person
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.shopper.admin.checklists.paper import Paper, sent

OWN = "/office/checklists/own-touchpoints/"
SAVE = "/touchpoints/greeting/own-touchpoint"
SAVE_QUESTION = "/questions/greeted/own-touchpoint"


@pytest.fixture
def own(designer, store):
    """Ana saves the greeting as “Bakery welcome”."""

    def now():
        store.expire_all()
        return store.scalars(select(OwnTouchpoint).order_by(OwnTouchpoint.id)).first()

    assert designer.sends(SAVE, name="Bakery welcome", phases=["before", "during"]).status_code == 303
    return now


def test_a_library_without_own_touchpoints_says_how_to_get_one(designer):
    page = designer.visitor.get(OWN)
    assert "No own touchpoint yet" in page.text
    assert "Save in the library" in page.text


def test_without_an_own_touchpoint_a_question_has_nowhere_to_go_yet(designer):
    page = designer.opens(SAVE_QUESTION)
    assert f'href="{designer.base}/draft{SAVE}"' in page.text


@pytest.mark.parametrize("role", [Role.SCHEDULER, Role.EDITOR, Role.SHOPPER, Role.CLIENT])
def test_own_touchpoints_are_there_for_designers_only(designer, own, visitors, store, role):
    other = visitors().signs_in(a_person(store, role))
    for address in (OWN, f"{OWN}{own().id}", f"{designer.base}/draft{SAVE}"):
        assert other.get(address).status_code == 404


@pytest.mark.parametrize("address", [OWN + "0198f3a0-0000-7000-8000-000000000001", OWN + "x"])
def test_one_that_does_not_exist_is_not_found(designer, address):
    assert designer.visitor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "  "}, "Enter a name by which your colleagues find it"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"name": "bakery WELCOME"}, "already one named “bakery WELCOME”"),
        ({"name": "Another", "phases": None}, "Choose at least one phase"),
        ({"name": "Another", "phases": ["never"]}, "not a valid choice"),
    ],
)
def test_what_cannot_be_saved_is_said_in_words_and_stays_typed(designer, own, store, typed, message):
    page = designer.sends(SAVE, **typed)
    assert page.status_code == 422
    assert message in page.text
    kept = Paper(page.text, "").fields(f"{designer.base}/draft{SAVE}")
    assert kept["name"] == typed["name"].strip()
    assert len(store.scalars(select(OwnTouchpoint)).all()) == 1


def test_a_touchpoint_that_asks_nothing_is_refused(begin, store):
    designer = begin(document(touchpoint("greeting")))
    page = designer.sends(SAVE, name="Empty")
    assert (page.status_code, "asks nothing yet" in page.text) == (422, True)
    assert store.scalars(select(OwnTouchpoint)).all() == []


def test_a_full_library_says_how_much_it_holds(designer, own, monkeypatch):
    monkeypatch.setattr(own_touchpoints, "MOST", 1)
    page = designer.sends(SAVE, name="Another")
    assert (page.status_code, "at most 1 of these" in page.text) == (422, True)


def test_a_saved_touchpoint_is_in_the_list_with_who_saved_it(designer, own, store):
    assert own().name == "Bakery welcome"
    assert entry_of(own()).phases == (Phase.DURING, Phase.BEFORE)
    page = designer.visitor.get(OWN)
    assert "Bakery welcome" in page.text
    assert "by Ana" in page.text
    assert "2 questions" in page.text
    acts = store.scalars(select(AuditEntry.act).where(AuditEntry.subject_id == own().id)).all()
    assert acts == ["own_touchpoint.saved"]


def test_an_own_touchpoint_is_found_and_added_like_a_built_in_one(designer, own):
    page = designer.opens("/library?q=bakery")
    assert "Bakery welcome" in page.text
    assert "Own touchpoints" in page.text
    answer = designer.sends(
        "/library?q=bakery", "/draft/placements", own=str(own().id), entry=None, phase="before"
    )
    assert answer.location.endswith("/touchpoints/greeting_2")
    added = designer.document.touchpoints[1]
    assert (added.phase, added.name) == (Phase.BEFORE, {"en": "Greeting"})
    assert [question.key for question in added.questions] == ["greeted_2", "warmth_2"]


def test_an_own_touchpoint_that_is_in_the_journey_is_marked_and_a_second_one_gives_pause(designer, own):
    shelf, pause = "/library?q=bakery", "It has the name of touchpoint"
    designer.sends("/touchpoints/greeting", "/draft/touchpoints/greeting/removals")
    assert "in the journey" not in designer.opens(shelf).text
    for _ in range(2):
        assert pause not in designer.opens("/check").text
        designer.sends(shelf, "/draft/placements", own=str(own().id), entry=None, phase="before")
        assert "in the journey" in designer.opens(shelf).text
    assert pause in designer.opens("/check").text


@pytest.mark.parametrize("named", ["nothing", "0198f3a0-0000-7000-8000-000000000001", "archived"])
def test_what_is_not_in_the_library_is_not_added(designer, own, named):
    before, own_id = designer.document, str(own().id)
    if named == "archived":
        sent(designer.visitor, OWN + own_id, f"{OWN}{own_id}/archives")
        named = own_id
    answer = designer.sends("/library", "/draft/placements", own=named, entry=None)
    assert answer.status_code in (404, 409)
    assert designer.document == before


def test_an_own_touchpoint_is_replaced_by_what_is_on_the_desk(designer, own):
    designer.sends("/questions/greeted", text__en="Did somebody greet you?")
    answer = designer.sends(SAVE, "/draft/touchpoints/greeting/replacements")
    assert answer.status_code == 303
    assert entry_of(own()).questions[0].text == {"en": "Did somebody greet you?"}
    assert set(entry_of(own()).phases) == {Phase.BEFORE, Phase.DURING}
    assert own().name == "Bakery welcome"


def test_a_question_is_saved_back_in_place_of_the_one_that_it_came_from(designer, own):
    designer.sends("/questions/greeted", text__en="Did somebody greet you?")
    page = designer.opens(SAVE_QUESTION)
    assert Paper(page.text, f"{designer.base}/draft{SAVE_QUESTION}").forms[-1][1][-1] == ("place", "greeted")
    answer = designer.sends(SAVE_QUESTION)
    assert answer.location.endswith("/touchpoints/greeting#question-greeted")
    assert "Saved in the library as “Bakery welcome”" in designer.visitor.get(answer.location).text
    assert [question.text["en"] for question in entry_of(own()).questions] == [
        "Did somebody greet you?",
        "How was the warmth?",
    ]


def test_a_question_is_saved_as_a_further_one(designer, own):
    assert designer.sends("/questions/queue/own-touchpoint", place="").status_code == 303
    assert [question.key for question in entry_of(own()).questions] == ["greeted", "warmth", "queue"]


@pytest.mark.parametrize("place", ["missing", None])
def test_a_place_that_is_not_there_is_refused(designer, own, place):
    assert designer.sends(SAVE_QUESTION, place=place).status_code == 422
    assert own().edition == 1


@pytest.mark.parametrize("named", ["", "x:1", "0198f3a0-0000-7000-8000-000000000001:1", "0:0"])
def test_a_question_cannot_go_where_nothing_is(designer, own, named):
    assert designer.sends(SAVE_QUESTION, own=named).status_code == 404


def test_which_of_several_is_chosen_by_the_address(designer, own, store):
    designer.sends("/touchpoints/till/own-touchpoint", name="At the till")
    other = store.scalars(select(OwnTouchpoint).where(OwnTouchpoint.name == "At the till")).one()
    assert "In “Bakery welcome”" in designer.opens(SAVE_QUESTION).text
    assert "In “At the till”" in designer.opens(f"{SAVE_QUESTION}?own={other.id}").text
    assert "In “Bakery welcome”" in designer.opens(f"{SAVE_QUESTION}?own=nothing").text


@pytest.mark.parametrize(
    ("path", "to"), [(SAVE_QUESTION, None), (SAVE, "/draft/touchpoints/greeting/replacements")]
)
def test_who_saves_into_what_another_designer_changed_is_told_and_can_try_again(
    designer, own, colleague, path, to
):
    send = designer.fills(path, to)
    colleague.sends("/questions/queue/own-touchpoint", place="")
    page = send()
    assert page.status_code == 409
    assert "Ben changed “Bakery welcome” after you opened it" in page.text
    assert len(entry_of(own()).questions) == 3
    address = f"{designer.base}{to}" if to else f"{designer.base}/draft{path}"
    again = designer.visitor.post(address, data=Paper(page.text, address).fields(address))
    assert again.status_code == 303


def test_renaming_refuses_in_words_what_cannot_be(designer, own, colleague):
    address = OWN + str(own().id)
    page = sent(designer.visitor, address, name="  ")
    assert (page.status_code, "Enter a name" in page.text) == (422, True)
    typed = Paper(designer.visitor.get(address).text, address).fields(address)
    sent(colleague.visitor, address, name="Welcome at the counter")
    page = designer.visitor.post(address, data=typed)
    assert (page.status_code, "Ben changed" in page.text) == (409, True)
    assert own().name == "Welcome at the counter"


def test_one_is_renamed_and_read_with_its_questions(designer, own):
    answer = sent(designer.visitor, OWN + str(own().id), name="Welcome at the counter")
    assert answer.status_code == 303
    page = designer.visitor.get(answer.location)
    assert "Welcome at the counter" in page.text
    assert "Was it greeted?" in page.text
    assert "None" not in page.text


def test_archiving_asks_first_and_can_be_taken_back(designer, own):
    address = OWN + str(own().id)
    assert "Take it out of the library?" in designer.visitor.get(address).text
    answer = sent(designer.visitor, address, f"{address}/archives")
    assert "Archived touchpoints" in designer.visitor.get(answer.location).text
    assert "Bakery welcome" not in designer.opens("/library").text
    page = designer.visitor.get(address)
    assert "Rename" not in page.text
    assert sent(designer.visitor, address, f"{address}/restorations").status_code == 303
    assert "Bakery welcome" in designer.opens("/library").text


def test_putting_back_is_refused_while_another_has_the_name(designer, own):
    address = OWN + str(own().id)
    sent(designer.visitor, address, f"{address}/archives")
    designer.sends(SAVE, name="Bakery welcome")
    page = sent(designer.visitor, address, f"{address}/restorations")
    assert page.status_code == 422
    assert "already one named “Bakery welcome”" in page.text
    back = Paper(page.text, address).fields(f"{address}/restorations")
    back["name"] = "Welcome of before"
    assert designer.visitor.post(f"{address}/restorations", data=back).status_code == 303
    assert "Welcome of before" in designer.opens("/library").text
    assert designer.visitor.get(f"{address}/restorations").location == address


def test_no_name_and_no_phase_are_told_at_once(designer):
    page = designer.sends(SAVE, name="", phases=None).text
    assert "Enter a name by which your colleagues find it." in page
    assert "Choose at least one phase." in page


def test_one_in_another_language_only_is_shown_without_gaps(begin, visitors, ben, store):
    designer = begin(
        document(touchpoint("greeting", yes_no(text={"es": "¿Le saludaron?"}), name={"es": "Saludo"}))
    )
    designer.sends(SAVE, name="Saludo")
    own_id = store.scalars(select(OwnTouchpoint)).one().id
    page = designer.visitor.get(f"{OWN}{own_id}")
    assert "¿Le saludaron?" in page.text
    assert "None" not in page.text
    assert "¿Le saludaron?" in designer.opens("/library?q=saludaron").text
