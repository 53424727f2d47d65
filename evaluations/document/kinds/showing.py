"""What is shown, not told: photos and signatures, the place where one stands, a sentence to read."""

from __future__ import annotations

from evaluations.document import sent, tree
from evaluations.document.kinds.reader import Reader


class Photo(Reader[tree.Photo | tree.Signature]):
    """Answered by the photos, or the drawn signature, attached to it: the answer itself carries no value."""

    def refuse(self) -> None:
        if self.value is not None:
            raise self._invalid("answer_is_photos")


class Place(Reader[tree.Place]):
    """Where the phone was, or that the shopper did not let it say: then it is blank."""

    def refuse(self) -> None:
        place = self.value
        if not isinstance(place, sent.Place) or (place.lat is None) != place.denied:
            raise self._invalid("answer_not_a_place")

    def is_blank(self) -> bool:
        return isinstance(self.value, sent.Place) and self.value.denied


class Instruction(Reader[tree.Instruction]):
    """A sentence to read, which takes no answer."""

    def refuse(self) -> None:
        raise self._invalid("answer_not_asked")
