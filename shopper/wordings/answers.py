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
    "answer_not_a_list": lazy("The answer is a list of choices."),
    "answer_chosen_twice": lazy("A choice stands twice in the answer: “%(value)s”."),
    "answer_too_few_chosen": lazy("At least %(least)s choices are asked for, not %(count)s."),
    "answer_too_many_chosen": lazy("At most %(most)s choices are asked for, not %(count)s."),
    "answer_not_a_number": lazy(
        "The answer is a number as text, such as “12.5”, with at most 15 digits; “%(value)s” is none."
    ),
    "answer_too_precise": lazy("“%(value)s” has too many decimals: at most %(decimals)s."),
    "answer_out_of_range": lazy("“%(value)s” is outside of the range that is asked for."),
    "answer_not_money": lazy("The answer is an amount with its currency."),
    "answer_other_currency": lazy("The amount is asked for in %(currency)s, not “%(value)s”."),
    "answer_no_duration": lazy("A duration is from 0 to 359999.9 seconds, not “%(value)s”."),
    "answer_not_a_date": lazy("The answer is a day, written as 2026-03-14, not “%(value)s”."),
    "answer_not_a_time": lazy("The answer is a time of day, written as 09:30, not “%(value)s”."),
    "answer_not_as_asked": lazy("“%(value)s” does not have the form that is asked for."),
    "answer_not_a_place": lazy("The answer is a place with its coordinates, or that it was not given."),
    "answer_not_asked": lazy("This is an instruction to read; it takes no answer."),
    "answer_na_not_allowed": lazy("“Not applicable” is not allowed here."),
    "answer_not_observed_not_allowed": lazy("“Did not observe” is not allowed here."),
    "document_not_json": lazy("This checklist is not JSON: %(reason)s."),
    "answers_not_json": lazy("The answers are not JSON: %(reason)s."),
    "answers_not_an_object": lazy("The answers are one JSON object: for each question's key, its answer."),
    "answered_twice": lazy("“%(key)s” is given twice."),
    "unknown_question": lazy("This checklist has no question “%(key)s”."),
}
