"""The pictures of a question: at most three, each once, and not written where there are none."""

import pytest
from pydantic import ValidationError

from evaluations.document import canonical
from evaluations.document.tree import Picture, YesNo
from tests.evaluations.designing.documents import document, touchpoint, yes_no

NAMES = [f"{n:x}" * 64 for n in range(1, 5)]


def with_pictures(*names: str) -> YesNo:
    return yes_no(pictures=tuple(Picture(sha256=name) for name in names))


def test_a_document_without_pictures_says_nothing_of_them_and_keeps_its_hash():
    text = canonical.write(document(touchpoint("greeting", yes_no())))
    assert "pictures" not in text
    assert canonical.write(canonical.read(text)) == text


def test_a_document_with_pictures_is_read_again_as_it_was():
    picture = Picture(sha256=NAMES[0], caption={"en": "A tidy window", "es": "Un escaparate ordenado"})
    whole = document(touchpoint("greeting", yes_no(pictures=(picture,))))
    assert canonical.read(canonical.write(whole)) == whole


@pytest.mark.parametrize(
    "names", [NAMES, [NAMES[0], NAMES[0]], ["short"], [NAMES[0].upper().replace("1", "G")]]
)
def test_more_than_three_the_same_twice_or_no_hash_is_refused(names: list[str]):
    with pytest.raises(ValidationError):
        with_pictures(*names)
    assert len(with_pictures(*NAMES[:3]).pictures) == 3
