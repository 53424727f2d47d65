"""What is said where an answer, a checklist's file or a file of answers cannot be read."""

from shopper.language import lazy

WORDS = {
    "answer_malformed": lazy("This is not an answer: it needs a state, and a value where it is answered."),
    "answer_not_yes_no": lazy("The answer is yes or no, not “%(value)s”."),
    "answer_unknown_option": lazy("“%(value)s” is not one of the choices."),
    "answer_not_on_scale": lazy("The rating is a whole number from %(lo)s to %(hi)s, not “%(value)s”."),
    "answer_not_text": lazy("The answer is a text."),
    "answer_too_long": lazy("The text is too long: at most %(max_length)s characters fit."),
    "answer_is_photos": lazy("This question is answered by its photos and carries no value."),
    "answer_not_asked": lazy("This is an instruction to read; it takes no answer."),
    "answer_na_not_allowed": lazy("“Not applicable” is not allowed here."),
    "answer_not_observed_not_allowed": lazy("“Did not observe” is not allowed here."),
    "document_not_json": lazy("This checklist is not JSON: %(reason)s."),
    "answers_not_json": lazy("The answers are not JSON: %(reason)s."),
    "answers_not_an_object": lazy("The answers are one JSON object: for each question's key, its answer."),
    "answered_twice": lazy("“%(key)s” is given twice."),
    "unknown_question": lazy("This checklist has no question “%(key)s”."),
}
