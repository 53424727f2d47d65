"""What is left of a text, a photo and an answer for the client."""

from dataclasses import replace
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from evaluations.document.answers import answered
from evaluations.models import Withholding
from evaluations.queries.capture import Contents, PhotoPlacement
from evaluations.queries.withheld import BLOCK, Withheld, masked, pieces, without
from evaluations.reporting import withholding
from evaluations.reporting.branding import Shows

PICTURE = UUID(int=7)
PHOTO = PhotoPlacement(
    PICTURE, "till", "Anna at the till", "aa", "image/jpeg", 1, 2, 3, "camera", None, None, True
)
FOUND = Contents(
    answers={"told": answered("Anna was kind."), "greeted": answered("yes")},
    comments={"greeted": "Anna said hello."},
    photos={"till": [PHOTO]},
    outcome_note="Anna locked up.",
)


def passage(words: str, start: int = 0, register: str = "") -> Withholding:
    return Withholding(register=register, words=words, start=start)


def kept(sha256: str | None) -> Withheld:
    return Withheld(pictures={PICTURE: Withholding(register=f"picture:{PICTURE}", sha256=sha256)})


def test_a_block_tells_neither_the_words_nor_how_long_they_were() -> None:
    assert masked("Anna said hello.", [passage("Anna")]) == f"{BLOCK} said hello."
    assert masked("Anna-Maria said hello.", [passage("Anna-Maria")]) == f"{BLOCK} said hello."
    assert masked("Anna", [passage("Anna")]) == BLOCK


def test_what_overlaps_or_touches_is_one_block() -> None:
    assert masked("Anna Berg said hello.", [passage("Anna "), passage("Berg", 5)]) == f"{BLOCK} said hello."
    assert masked("one two three", [passage("two three", 4), passage("one two")]) == BLOCK


def test_in_a_text_that_was_changed_since_the_words_stay_withheld_wherever_they_stand() -> None:
    assert masked("Then Anna met Anna.", [passage("Anna")]) == f"Then {BLOCK} met {BLOCK}."
    assert masked("Nobody was there.", [passage("Anna")]) == "Nobody was there."


@given(
    st.text("ab é👍", max_size=20),
    st.lists(st.tuples(st.text("ab é", min_size=1, max_size=3), st.integers(0, 20))),
)
def test_whatever_is_withheld_no_other_sign_is_lost(text: str, wanted: list[tuple[str, int]]) -> None:
    found = pieces(text, [passage(words, start) for words, start in wanted])
    assert "".join(piece for piece, _ in found) == text
    assert all(piece for piece, _ in found)
    assert all(words not in text or any(apart for _, apart in found) for words, _ in wanted)


def test_every_text_of_an_evaluation_can_be_withheld() -> None:
    registers = ("answer:told", "comment:greeted", f"photo:{PICTURE}", "visit:outcome")
    left = without(FOUND, Withheld(passages={name: (passage("Anna", register=name),) for name in registers}))
    assert left.answers["told"].value == f"{BLOCK} was kind."
    assert left.answers["greeted"] == FOUND.answers["greeted"]
    assert left.comments == {"greeted": f"{BLOCK} said hello."}
    assert left.photos["till"][0].caption == f"{BLOCK} at the till"
    assert left.outcome_note == f"{BLOCK} locked up."
    assert "Anna" not in repr(left)


def test_a_hidden_photo_is_counted_and_a_blurred_one_is_another_picture() -> None:
    hidden = without(FOUND, kept(None))
    assert (hidden.photos, hidden.photos_kept) == ({"till": []}, {"till": 1})
    blurred = without(FOUND, kept("bb"))
    assert (blurred.photos, blurred.photos_kept) == ({"till": [replace(PHOTO, sha256="bb")]}, {})
    other = Withheld(pictures={uuid4(): Withholding(sha256=None)})
    assert without(FOUND, other).photos == FOUND.photos


def test_a_brand_may_show_neither_photos_nor_comments() -> None:
    left = withholding.contents(FOUND, Withheld(), Shows(photos=False, comments=False))
    assert (left.photos, left.photos_kept, left.comments) == ({}, {"till": 1}, {})
    assert withholding.contents(FOUND, Withheld(), Shows()) is FOUND
