"""What is said while a checklist is drafted, checked and published."""

from __future__ import annotations

import re

from evaluations.designing.checking import Problem
from evaluations.designing.comparing import Difference
from evaluations.document.tree import Channel, Document, Effect, Kind, Lens, Phase, Stage
from shopper.filters import number, wording
from shopper.language import NAMES, Lazy, current_language, lazy
from shopper.language import gettext as _
from shopper.wordings.checking import FINDINGS, REASONS

WORDS = {
    "checklist_without_name": lazy("Enter a name."),
    "checklist_name_too_long": lazy("The name is too long: at most %(limit)s characters."),
    "does_not_fit": lazy("This does not fit here: %(where)s, %(reason)s."),
    "too_many_touchpoints": lazy("A checklist holds at most %(limit)s touchpoints."),
    "too_many_in_touchpoint": lazy("A touchpoint holds at most %(limit)s questions."),
    "key_taken": lazy("The short name %(key)s is in use in this checklist already."),
    "kind_is_fixed": lazy(
        "The kind of a question cannot change. Remove this question and add one of the other kind."
    ),
    "draft_changed": lazy(
        "%(who)s saved this draft after you opened it. Load the page again to see how it stands."
    ),
    "version_is_published": lazy(
        "Version %(number)s is published and cannot change any more. Open a new draft to go on."
    ),
    "draft_is_open": lazy(
        "A draft of version %(number)s is open. Publish it or throw it away first, then an old version can be restored."
    ),
    "picture_missing": lazy(
        "The question %(question)s shows a picture that is not kept here: %(picture)s. Add it, or take it out."
    ),
    "picture_arrived_empty": lazy("Choose a picture first."),
    "one_of_the_pictures": lazy("“%(file)s”: %(why)s None of the chosen pictures was added."),
    "pictures_too_large": lazy(
        "That was more than the %(limit)s MB that go at once, so nothing was added. Choose fewer or smaller pictures."
    ),
    "too_many_pictures": lazy("A question shows at most %(limit)s pictures."),
    "picture_there_already": lazy("This question shows that picture already."),
    "not_ready": lazy("Not published: %(count)s things stand in the way. They are listed below."),
    "version_is_withdrawn": lazy(
        "Version %(number)s is withdrawn. Put it back into use, or restore it on its own page all the same."
    ),
    "version_withdrawn_already": lazy("%(who)s has withdrawn version %(number)s already."),
    "version_withdrawn": lazy("Version %(number)s was withdrawn. Choose another one."),
    "version_in_plan": lazy(
        "Version %(number)s was not withdrawn: waves were planned on it meanwhile. They are named below: %(waves)s."
    ),
    "withdrawal_without_reason": lazy("Say why, for whoever planned on it."),
    "finding_is_gone": lazy("This finding does not stand any more. Look through what is left."),
    "dismissed_without_reason": lazy("Say why it may be left as it is."),
    "dismissal_too_long": lazy("The reason is too long: at most %(limit)s characters."),
    "nothing_changed": lazy("This draft says exactly what version %(number)s says, so it was not published."),
}

PROBLEMS: dict[str, Lazy] = {
    "title_missing": lazy("The checklist has no title in %(language)s."),
    "briefing_missing": lazy("The briefing is missing in %(language)s."),
    "no_briefing": lazy("There is no briefing. Shoppers read it before the visit."),
    "no_touchpoints": lazy("There is no touchpoint yet."),
    "nothing_scored": lazy("Nothing earns points, so no visit would get a score."),
    "weights_all_zero": lazy("The total goes by weights, and every touchpoint that scores has weight 0."),
    "too_many_questions": lazy("There are %(count)s questions. Answers get careless above %(limit)s."),
    "name_missing": lazy("This touchpoint has no name in %(language)s."),
    "guidance_missing": lazy("The guidance is missing in %(language)s."),
    "touchpoint_empty": lazy("This touchpoint asks nothing."),
    "weight_without_score": lazy("It has a weight, but nothing in it earns points: the weight is not used."),
    "text_missing": lazy("The question is missing in %(language)s."),
    "caption_missing": lazy("The caption of picture %(place)s is missing in %(language)s."),
    "help_missing": lazy("The help is missing in %(language)s."),
    "end_missing": lazy("The words at one end of the scale are missing in %(language)s."),
    "unit_missing": lazy("The unit is missing in %(language)s."),
    "constraint_message_missing": lazy("What is said of an answer out of bounds is missing in %(language)s."),
    "option_missing": lazy("Option %(place)s has no words in %(language)s."),
    "option_twice": lazy("Option %(place)s says the same as option %(first)s in %(language)s."),
    "question_twice": lazy("Question %(first)s of this touchpoint asks the same."),
    "asks_two_things": lazy("This may ask two things at once. One question, one issue."),
    "asks_opinion": lazy(
        "This asks for an opinion. Ask for what could be seen or heard, or make it a rating."
    ),
    "leads": lazy("The wording suggests an answer. Leave out praise and blame, and what asks for a yes."),
    "asks_by_negation": lazy(
        "It asks by a negation, so that yes and no may be mixed up. Ask for what should be there."
    ),
    "vague_measure": lazy("It leaves open how many or how long. Name a number or a time."),
    "assumes": lazy(
        "It takes for granted that something happened. Ask first whether it did, or allow “not applicable”."
    ),
    "explains_unknown_answer": lazy("A comment is asked for on “%(answer)s”, which is not an answer here."),
    "explains_retired_answer": lazy("A comment is asked for on an option that is retired."),
    "photo_on_unknown_answer": lazy("A photo is asked for on “%(answer)s”, which is not an answer here."),
    "photo_on_retired_answer": lazy("A photo is asked for on an option that is retired."),
    "photo_demanded_not_allowed": lazy("A photo is asked for on some answers, and photos may not be added."),
    "critical_on_retired_answer": lazy("It is critical on an option that is retired: that never fires."),
    "option_removed": lazy(
        "The option “%(option)s” was published and is missing here. Save the question: it comes back as retired."
    ),
    "cannot_be_critical": lazy("A question of this kind cannot be critical."),
    "critical_on_unknown_answer": lazy("It is critical on “%(answer)s”, which is not an answer here."),
    "critical_never_fires": lazy(
        "It is critical only on an option that means “not applicable”: it never fires."
    ),
    "critical_needs_range": lazy(
        "It is critical on answers; a number, an amount or a duration needs a range."
    ),
    "critical_needs_answers": lazy("It is critical on a range; this kind of question needs answers."),
    "critical_out_of_range": lazy("Its critical range lies outside of what can be answered: it never fires."),
    "internal_is_critical": lazy(
        "The client could not be told why the visit failed: an internal question cannot be critical."
    ),
    "zeroes_nothing": lazy("It would zero a touchpoint in which nothing earns points."),
    "choice_too_short": lazy("A choice needs at least two options."),
    "more_choices_than_options": lazy(
        "At least %(least)s choices are asked for, and there are only %(count)s to choose from."
    ),
    "bands_not_ascending": lazy("Band %(place)s does not end above the one before it."),
    "last_band_not_open": lazy("The last band must be open, so that every answer falls in one."),
    "depends_on_itself": lazy("It is shown only if its own answer says so: it would never be asked."),
    "depends_on_own": lazy(
        "It is shown only if “%(on)s” says so, which is asked in it: it would never be met."
    ),
    "depends_on_none": lazy(
        "It is shown only if the question “%(on)s” says so, which is not in the checklist."
    ),
    "depends_on_later": lazy("It is shown only if “%(on)s” says so, which stands after it."),
    "depends_on_follow_up": lazy(
        "It is shown only if “%(on)s” says so, which is asked days after the visit."
    ),
    "depends_on_na": lazy("It is shown only if “%(on)s” does not apply, and that always does."),
    "depends_on_no_answer": lazy(
        "It is shown only if “%(on)s” was answered, which takes no answer in words."
    ),
    "depends_on_unknown_answer": lazy(
        "It is shown only on the answer “%(answer)s” to “%(on)s”, which cannot be answered so."
    ),
    "depends_on_retired_answer": lazy(
        "It is shown only on an answer to “%(on)s” that is retired: nobody can give it any more."
    ),
    "depends_on_no_figure": lazy("It is shown only on a figure, and “%(on)s” asks for none."),
    "depends_on_out_of_range": lazy("It is shown only on a figure that “%(on)s” does not take."),
    "internal_earns_points": lazy(
        "An internal question earns points, so the client sees a score without seeing all of its reasons."
    ),
    "bonus_lost": lazy("Nothing else earns points in this touchpoint, so the bonus would be lost."),
    "kind_changed": lazy(
        "A published version asks this as another kind (%(before)s). Add it as a new question."
    ),
}

KINDS = {
    Kind.YES_NO: lazy("Yes or no"),
    Kind.SINGLE_CHOICE: lazy("Single choice"),
    Kind.SEVERAL_CHOICES: lazy("Several choices"),
    Kind.RATING: lazy("Rating"),
    Kind.NUMBER: lazy("Number"),
    Kind.MONEY: lazy("Amount of money"),
    Kind.DURATION: lazy("Duration"),
    Kind.DATE: lazy("Date"),
    Kind.TIME: lazy("Time of day"),
    Kind.SHORT_TEXT: lazy("Short text"),
    Kind.NARRATIVE: lazy("Narrative"),
    Kind.PHOTO: lazy("Photo"),
    Kind.SIGNATURE: lazy("Signature"),
    Kind.PLACE: lazy("Place"),
    Kind.INSTRUCTION: lazy("Instruction"),
}
KIND_ICONS = {
    Kind.YES_NO: "checks",
    Kind.SINGLE_CHOICE: "list-check",
    Kind.SEVERAL_CHOICES: "checkbox",
    Kind.RATING: "star",
    Kind.NUMBER: "hash",
    Kind.MONEY: "coins",
    Kind.DURATION: "stopwatch",
    Kind.DATE: "calendar-event",
    Kind.TIME: "clock",
    Kind.SHORT_TEXT: "message",
    Kind.NARRATIVE: "file-text",
    Kind.PHOTO: "camera",
    Kind.SIGNATURE: "signature",
    Kind.PLACE: "map-pin",
    Kind.INSTRUCTION: "info-circle",
}
PATTERN_FLAWS = {
    "pattern_too_long": lazy("The pattern is too long: at most 200 characters."),
    "pattern_not_allowed": lazy(
        "The pattern holds a sign that is not understood here. A backslash goes before a sign that is meant as itself."
    ),
    "pattern_not_closed": lazy("A bracket of the pattern lacks its other half."),
    "pattern_repeats_repetition": lazy("The pattern repeats what repeats already, such as (a+)+."),
    "pattern_too_open": lazy(
        "The pattern leaves too much open. Say how many, such as {1,20}, in place of * or +."
    ),
}
PHASES = {
    Phase.BEFORE: lazy("Before the purchase"),
    Phase.DURING: lazy("During the purchase"),
    Phase.AFTER: lazy("After the purchase"),
}
PHASES_IN_SHORT = {
    Phase.BEFORE: lazy("Before"),
    Phase.DURING: lazy("During"),
    Phase.AFTER: lazy("After"),
}
PHASES_TO_ADD = {
    Phase.BEFORE: lazy("Add before the purchase"),
    Phase.DURING: lazy("Add during the purchase"),
    Phase.AFTER: lazy("Add after the purchase"),
}
STAGES = {
    Stage.AWARENESS: lazy("Awareness"),
    Stage.CONSIDERATION: lazy("Consideration"),
    Stage.PURCHASE: lazy("Purchase"),
    Stage.USE: lazy("Use"),
    Stage.LOYALTY: lazy("Loyalty"),
}
CHANNELS = {
    Channel.STORE: lazy("Store"),
    Channel.PHONE: lazy("Phone"),
    Channel.WEB: lazy("Web or app"),
    Channel.EMAIL: lazy("E-mail"),
    Channel.MESSAGE: lazy("Message"),
    Channel.SOCIAL: lazy("Social media"),
    Channel.POST: lazy("Post"),
    Channel.PRINT: lazy("Print or outdoor"),
    Channel.EVENT: lazy("Event"),
    Channel.PERSON: lazy("Person to person"),
}
LENSES = {
    Lens.RELEVANCE: lazy("Relevance"),
    Lens.USEFULNESS: lazy("Usefulness"),
    Lens.SIMPLICITY: lazy("Simplicity"),
    Lens.ATTRACTIVENESS: lazy("Attractiveness"),
    Lens.CONSISTENCY: lazy("Consistency"),
}
EFFECTS = {
    Effect.FAILS_VISIT: lazy("The visit fails"),
    Effect.ZEROES_TOUCHPOINT: lazy("The touchpoint scores 0"),
    Effect.CAPS_TOTAL: lazy("The total is capped"),
}
FIELDS = {
    "title": lazy("title"),
    "languages": lazy("languages"),
    "briefing": lazy("briefing"),
    "scoring": lazy("score"),
    "name": lazy("name"),
    "phase": lazy("phase"),
    "stage": lazy("stage"),
    "channel": lazy("channel"),
    "guidance": lazy("guidance"),
    "weight": lazy("weight"),
    "target": lazy("target"),
    "text": lazy("wording"),
    "help": lazy("help"),
    "required": lazy("required"),
    "na_allowed": lazy("not applicable"),
    "not_observed_allowed": lazy("did not observe"),
    "explain_on": lazy("explanations"),
    "photo_on": lazy("photos demanded"),
    "explain_min": lazy("length of explanations"),
    "photos_allowed": lazy("photos"),
    "lenses": lazy("lenses"),
    "critical": lazy("critical rule"),
    "bonus": lazy("bonus"),
    "kind": lazy("kind"),
    "points": lazy("points"),
    "favourable": lazy("good answer"),
    "options": lazy("options"),
    "lo": lazy("scale"),
    "hi": lazy("scale"),
    "lo_text": lazy("words at the ends"),
    "hi_text": lazy("words at the ends"),
    "min_length": lazy("length"),
    "max_length": lazy("length"),
    "min_count": lazy("number of photos"),
    "max_count": lazy("number of photos"),
    "min_choices": lazy("number of choices"),
    "max_choices": lazy("number of choices"),
    "minimum": lazy("range"),
    "maximum": lazy("range"),
    "earliest": lazy("range"),
    "latest": lazy("range"),
    "pattern": lazy("form of the answer"),
    "constraint_message": lazy("words on what is out of bounds"),
    "bands": lazy("bands"),
    "decimals": lazy("decimals"),
    "unit": lazy("unit"),
    "currency": lazy("currency"),
    "internal": lazy("internal"),
    "due_days": lazy("day of the follow-up"),
    "show_if": lazy("condition"),
    "origin": lazy("where it was taken from"),
    "pictures": lazy("reference pictures"),
}


def problem_words(problem: Problem) -> str:
    """What a problem says, in the reader's language."""
    values = dict(problem.values)
    if "language" in values:
        values["language"] = language_within(values["language"])
    if "before" in values:
        values["before"] = str(KINDS[values["before"]])
    if "on" in values:
        values["on"] = wording(values["on"])
    if "percent" in values:
        values["percent"] = number(values["percent"])
    return str({**PROBLEMS, **FINDINGS}[problem.code]) % values


def finding_words(code: str) -> str:
    """What a finding says wherever it is, without its figures."""
    said = {**PROBLEMS, **FINDINGS}.get(code)
    return code if said is None else re.sub(r"%\(\w+\)s", "…", str(said)).replace("%%", "%")


def reason_words(code: str) -> str:
    """Why it matters for what is measured, where that does not go without saying."""
    return str(REASONS.get(code, ""))


def language_name(language: str) -> str:
    """What a language is called, in the reader's own."""
    return {"en": _("English"), "es": _("Spanish")}.get(language, NAMES.get(language, language))


def language_within(language: str) -> str:
    """What a language is called inside a sentence: in Spanish it begins with a small letter."""
    name = language_name(language)
    return name[:1].lower() + name[1:] if current_language() == "es" else name


def thing_words(difference: Difference, document: Document) -> str:
    """The thing that differs, by the words that people know it by."""
    if difference.question:
        question = document.question(difference.question)
        return (wording(question.text, document) if question else "") or _("A question without wording")
    if difference.touchpoint:
        names = {touchpoint.key: touchpoint.name for touchpoint in document.touchpoints}
        return wording(names[difference.touchpoint], document) or _("A touchpoint without a name")
    return _("Settings of the checklist")


def field_words(difference: Difference) -> str:
    """What changed in it, in a few words."""
    return ", ".join(dict.fromkeys(str(FIELDS[name]) for name in difference.fields))
