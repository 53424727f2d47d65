"""Finding in the library: by words, phase, stage, channel and lens, all at once."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from evaluations.designing.library import Entry, library
from evaluations.designing.own_questions import question_of
from evaluations.designing.own_touchpoints import entry_of
from evaluations.document.tree import AnyQuestion, Channel, Lens, Phase, Stage
from evaluations.models import OwnQuestion, OwnTouchpoint


@dataclass(frozen=True, slots=True)
class Offer:
    """A touchpoint that may be added to a journey: a built-in entry, or the entry of an own one."""

    entry: Entry
    own: OwnTouchpoint | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is not named does not matter."""

    words: str = ""
    phase: Phase | None = None
    stage: Stage | None = None
    channel: Channel | None = None
    lens: Lens | None = None

    @property
    def is_anything(self) -> bool:
        """Whether nothing in particular is looked for."""
        return self == Wanted()


FACETS: dict[str, Callable[[Entry], Iterable[StrEnum]]] = {
    "phase": lambda entry: entry.phases,
    "stage": lambda entry: (entry.stage,),
    "channel": lambda entry: (entry.channel,),
    "lens": lambda entry: lenses_of(entry),
}


def offers(own: Iterable[OwnTouchpoint]) -> list[Offer]:
    """Everything that may be added: the agency's own touchpoints, then the built-in ones."""
    return [*(Offer(entry_of(each), each) for each in own), *(Offer(entry) for entry in library())]


def found(offered: Iterable[Offer], wanted: Wanted) -> list[Offer]:
    """Those of the offers that fit everything that is wanted."""
    return [offer for offer in offered if _fits(offer, wanted)]


def counts(offered: Iterable[Offer], wanted: Wanted) -> dict[str, Counter[StrEnum]]:
    """For each facet how many offers each of its values would leave, everything else as wanted."""
    said = [offer for offer in offered if _says(offer, wanted.words)]
    return {name: Counter(_values_left(said, wanted, name)) for name in FACETS}


def found_questions(own: Iterable[OwnQuestion], wanted: Wanted) -> list[tuple[OwnQuestion, AnyQuestion]]:
    """The own questions that fit: by words and lens, for they belong to no phase, stage or channel."""
    if wanted.phase or wanted.stage or wanted.channel:
        return []
    read = [(each, question_of(each)) for each in own]
    return [(each, question) for each, question in read if _asks(each, question, wanted)]


def _asks(own: OwnQuestion, question: AnyQuestion, wanted: Wanted) -> bool:
    said = plain(" ".join([own.name, *question.text.values(), *question.help.values()]))
    fits = wanted.lens is None or wanted.lens in question.lenses
    return fits and all(word in said for word in plain(wanted.words).split())


def lenses_of(entry: Entry) -> tuple[Lens, ...]:
    """What the entry's questions tell about, in the order of the lenses."""
    carried = {lens for question in entry.questions for lens in question.lenses}.union(entry.lenses)
    return tuple(lens for lens in Lens if lens in carried)


def _values_left(offered: Iterable[Offer], wanted: Wanted, name: str) -> Iterator[StrEnum]:
    others = replace(wanted, words="", **{name: None})
    for offer in offered:
        if _fits(offer, others):
            yield from FACETS[name](offer.entry)


def _fits(offer: Offer, wanted: Wanted) -> bool:
    return all(
        getattr(wanted, name) is None or getattr(wanted, name) in values(offer.entry)
        for name, values in FACETS.items()
    ) and _says(offer, wanted.words)


def _says(offer: Offer, words: str) -> bool:
    """Whether every word stands somewhere in the offer's names, guidance or questions, in any language."""
    sought = plain(words).split()
    if not sought:
        return True
    entry = offer.entry
    wordings = (entry.name, entry.guidance, *(question.text for question in entry.questions))
    texts = [text for wording in wordings for text in wording.values()]
    said = plain(" ".join([offer.own.name if offer.own else "", *texts]))
    return all(word in said for word in sought)


def plain(text: str) -> str:
    """`text` without capitals and accents, so that neither has to be typed."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
