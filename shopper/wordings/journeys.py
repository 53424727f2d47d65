"""What a journey leaves out, in words, with why somebody may want to know; and why a briefing was not printed."""

from __future__ import annotations

from evaluations.designing.journeys import Gap
from evaluations.document.tree import Channel, Lens, Phase, Stage
from evaluations.scoring import bands
from shopper.filters import shown
from shopper.language import Lazy, lazy, ngettext
from shopper.wordings.designing import CHANNELS, LENSES, STAGES

WORDS = {
    "briefing_too_long": lazy(
        "This briefing takes too long to set in pages. Shorten it, or print its touchpoints in two checklists."
    ),
    "briefing_failed": lazy("The briefing could not be made."),
    "briefings_wait": lazy("Several briefings are being made just now. Please try again in a moment."),
}
EMPTY_PHASES = {
    Phase.BEFORE: lazy("Nothing looks at the time before the purchase."),
    Phase.DURING: lazy("Nothing looks at the purchase itself."),
    Phase.AFTER: lazy("Nothing looks at the time after the purchase."),
}
LIGHT_PHASES = {
    Phase.BEFORE: lazy("The time before the purchase carries %(share)s of the score."),
    Phase.DURING: lazy("The purchase itself carries %(share)s of the score."),
    Phase.AFTER: lazy("The time after the purchase carries %(share)s of the score."),
}
SAID: dict[str, Lazy] = {
    "stage_empty": lazy("The stage “%(of)s” is empty."),
    "one_channel": lazy("No channel is looked at but “%(of)s”."),
    "touchpoint_heavy": lazy("“%(touchpoint)s” carries %(share)s of the score."),
    "touchpoint_light": lazy("“%(touchpoint)s” carries %(share)s of the score."),
    "all_weigh_alike": lazy("Every touchpoint carries the same part of the score: %(share)s."),
    "touchpoint_unscored": lazy("“%(touchpoint)s” has no score."),
    "touchpoint_asks_nothing": lazy("“%(touchpoint)s” asks nothing."),
    "no_target": lazy("No touchpoint has a target."),
    "target_missing": lazy("“%(touchpoint)s” has no target."),
    "nothing_later": lazy("Nothing is asked days after the visit."),
    "no_lens": lazy("No question looks through a lens."),
    "lens_unused": lazy("No question looks at “%(of)s”."),
    "out_of_order": lazy("“%(touchpoint)s” is asked after what a customer meets later."),
}
MANY = frozenset({"touchpoint_light", "touchpoint_unscored", "touchpoint_asks_nothing", "target_missing"})
"""Of several touchpoints these are said at once."""
REASONS: dict[str, Lazy] = {
    "phase_empty": lazy(
        "A customer judges by every contact, from the first advertisement to the bill. What is left out is "
        "not measured, and nobody will miss it."
    ),
    "phase_light": lazy("Whatever happens there, the score hardly moves."),
    "stage_empty": lazy(
        "From awareness to loyalty every stage has its own touchpoints. Where none is looked at, nobody "
        "learns why customers leave the journey there."
    ),
    "one_channel": lazy(
        "Customers change between channels and expect the same promise in each. With a single one nobody sees"
        " whether it is kept elsewhere."
    ),
    "touchpoint_heavy": lazy(
        "It decides the total alone: a location can be poor everywhere else and still look good."
    ),
    "touchpoint_light": lazy(
        "It costs the shopper time and moves the total by next to nothing. If it matters, let it weigh more; "
        "if it does not, leave it out."
    ),
    "all_weigh_alike": lazy("Some touchpoints matter more to customers than others. Weights can say so."),
    "touchpoint_unscored": lazy(
        "Its answers are reported, yet the total and the client’s comparison do not see them. That may be "
        "meant: for facts and proofs it is."
    ),
    "touchpoint_asks_nothing": lazy("It stands in the journey, and no shopper will tell anything of it."),
    "no_target": lazy(
        "Without a target a report can say how a touchpoint did, and not whether that was enough."
    ),
    "target_missing": lazy(
        "Other touchpoints have one. Of this one a report cannot say whether it did well enough."
    ),
    "nothing_later": lazy(
        "What comes after the purchase, such as a promotional e-mail or an answer to a complaint, can only be"
        " seen days later. Questions can fall due then."
    ),
    "no_lens": lazy(
        "A lens tells what a question looks at: relevance, usefulness, simplicity, attractiveness or "
        "consistency. With lenses a report also shows how the brand does in each, across all touchpoints."
    ),
    "lens_unused": lazy(
        "Other lenses are used. What no question looks at has no figure of its own in the report."
    ),
    "out_of_order": lazy(
        "Shoppers go through the touchpoints in the order of the checklist. Moving it in the journey puts it in place."
    ),
}


def gap_words(gap: Gap, touchpoint: str) -> str:
    """What a gap says in the reader's language; `touchpoint` is the name of the one it is about."""
    values = {"touchpoint": touchpoint, "of": _name_of(gap), "share": share_words(gap)}
    if isinstance(gap.of, Phase):
        return (EMPTY_PHASES if gap.code == "phase_empty" else LIGHT_PHASES)[gap.of] % values
    return SAID[gap.code] % values


def many_words(code: str, count: int) -> str:
    """What is said of so many touchpoints; their names follow."""
    if code == "touchpoint_light":
        return ngettext(
            "%(n)s touchpoint carries next to nothing:", "%(n)s touchpoints carry next to nothing:", count
        )
    if code == "touchpoint_unscored":
        return ngettext("%(n)s touchpoint has no score:", "%(n)s touchpoints have no score:", count)
    if code == "touchpoint_asks_nothing":
        return ngettext("%(n)s touchpoint asks nothing:", "%(n)s touchpoints ask nothing:", count)
    return ngettext("%(n)s touchpoint has no target:", "%(n)s touchpoints have no target:", count)


def share_words(of: Gap) -> str:
    """A part of the score as a percentage with one decimal: "11.1 %"."""
    return "" if of.share is None else shown(str(bands.shown(of.share)))


def _name_of(gap: Gap) -> str:
    if isinstance(gap.of, Stage):
        return str(STAGES[gap.of])
    if isinstance(gap.of, Channel):
        return str(CHANNELS[gap.of])
    return str(LENSES[gap.of]) if isinstance(gap.of, Lens) else ""
