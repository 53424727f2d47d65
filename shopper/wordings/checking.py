"""What the question check says: findings that give pause, and why each of them matters for what is measured."""

from __future__ import annotations

from shopper.language import Lazy, lazy

FINDINGS: dict[str, Lazy] = {
    "no_way_out": lazy("It asks for what may not happen at a visit, and “not applicable” cannot be chosen."),
    "critical_without_points": lazy("It is critical in a touchpoint in which nothing earns points."),
    "explanation_without_minimum": lazy(
        "A comment is demanded, and one letter would do: ask for at least %(least)s characters."
    ),
    "never_asked": lazy(
        "Its condition contradicts itself: whatever is answered before, this is never asked."
    ),
    "always_asked": lazy("Its condition always holds: whatever is answered before, this is asked."),
    "options_overlap": lazy(
        "Options %(first)s and %(place)s overlap: an answer at the border belongs to both."
    ),
    "options_gap": lazy("Between options %(first)s and %(place)s something is left out."),
    "band_unreachable": lazy("No answer can fall in band %(place)s."),
    "points_out_of_reach": lazy("Points stand on answers that can never earn them."),
    "takes_too_long": lazy(
        "It takes about %(minutes)s minutes, and the programme “%(programme)s” allows %(limit)s."
    ),
    "touchpoint_without_score": lazy("Nothing in it earns points, so it gets no score."),
    "target_without_score": lazy("It has a target, and nothing in it earns points."),
    "hardly_counts": lazy("It makes up %(percent)s %% of the total: what happens here does not show there."),
    "touchpoint_twice": lazy("It has the name of touchpoint %(first)s of the journey."),
    "rating_without_ends": lazy("The scale has no words at its ends."),
    "scale_leans": lazy("The scale has more steps on one side than on the other."),
    "agree_scale": lazy("It asks how far somebody agrees with a statement."),
}

REASONS: dict[str, Lazy] = {
    "no_way_out": lazy(
        "Where it did not happen, the shopper answers all the same, and a No lowers the score of a blameless store."
    ),
    "critical_without_points": lazy(
        "The visit can fail here, and its touchpoint shows no score: the client sees the fall and not where it was."
    ),
    "explanation_without_minimum": lazy(
        "“Bad” explains nothing: an editor sends it back, which costs a day, or the client gets no reason."
    ),
    "never_asked": lazy("What is never asked measures nothing, and its points would never be possible."),
    "always_asked": lazy("A condition that changes nothing hides that the question is asked of everybody."),
    "options_overlap": lazy(
        "Two shoppers who saw the same would choose differently, and the points would follow the choice."
    ),
    "options_gap": lazy("Who saw just that finds no true answer and takes a wrong one."),
    "band_unreachable": lazy(
        "Its points can never be given, and who reads the bands is told something untrue."
    ),
    "points_out_of_reach": lazy(
        "They count among what is possible, or seem to: the best visit could not reach its full score."
    ),
    "takes_too_long": lazy(
        "The longer it takes, the shorter the comments and the more careless the last answers."
    ),
    "touchpoint_without_score": lazy(
        "The client sees a dash in its place on the journey, and no later wave can tell whether it got better."
    ),
    "target_without_score": lazy(
        "A target that nothing is measured against is never reached and never missed."
    ),
    "hardly_counts": lazy(
        "Shoppers spend time on it, and a change from very bad to very good would stay below what the total shows."
    ),
    "touchpoint_twice": lazy("In reports, and from wave to wave, nobody can tell the two apart."),
    "rating_without_ends": lazy(
        "One shopper takes 1 for the best and the other for the worst; only words say which end is which."
    ),
    "scale_leans": lazy("Answers follow the steps that are offered: more shades of praise make more praise."),
    "agree_scale": lazy(
        "People tend to agree with what they are told, whatever it says. Ask for the thing itself, in its own words."
    ),
    "asks_two_things": lazy("Where one is so and the other is not, there is no true answer."),
    "asks_opinion": lazy(
        "Two shoppers who saw the same would answer differently: that measures the shopper."
    ),
    "leads": lazy("People tend to say what seems to be expected of them."),
    "asks_by_negation": lazy("“No, it was not dirty”: many a Yes to a negation means No."),
    "vague_measure": lazy("What is soon to one is late to another; a figure is the same for all."),
    "assumes": lazy("Where it did not happen, the shopper has to invent an answer."),
    "too_many_questions": lazy(
        "Towards the end of a long list people answer alike down the page. Every question costs the others attention."
    ),
    "question_twice": lazy("What is asked twice counts twice, and bores."),
    "no_briefing": lazy(
        "Shoppers who know no scenario each play another one, and their visits do not compare."
    ),
    "weight_without_score": lazy("The other weights are spread anew, so the shares are not what was meant."),
    "bonus_lost": lazy("The client would look for points that are not there."),
    "internal_earns_points": lazy("A score that cannot be explained is disputed."),
    "critical_never_fires": lazy("It looks like a safeguard and is none."),
    "critical_out_of_range": lazy("It looks like a safeguard and is none."),
}
"""Why it matters; what stands in the way of publishing, and what is only missing in a language, explains itself."""
