"""What is said to shoppers and schedulers when assigning, sending and handing in."""

from shopper.language import lazy

WORDS = {
    "not_a_shopper": lazy("%(name)s is not a shopper, so no visit can be given to them."),
    "shopper_inactive": lazy("%(name)s no longer works as a shopper. Choose somebody else."),
    "work_has_arrived": lazy(
        "Work from this visit has already arrived, so it cannot be taken back. Cancel the visit instead."
    ),
    "visit_withdrawn": lazy("This visit was called off. What you found so far can still be sent."),
    "too_large": lazy("This is more than is accepted at once: at most %(limit)s bytes."),
    "too_many_changes": lazy("At most %(limit)s changes are accepted at once."),
    "not_json": lazy("Only JSON is accepted here."),
    "unreadable_envelope": lazy("What was sent could not be read. What is on this phone is safe."),
    "bad_cursor": lazy("The number of the last change that you have must be a whole number."),
    "digest_missing": lazy("The photo came without its check sum, so it was not kept. Please send it again."),
    "digest_differs": lazy("The photo was altered on its way and was not kept. Please send it again."),
    "incomplete": lazy("Some of this visit has not arrived yet. It will be sent, and then handed in."),
    "unreadable_announcement": lazy("What the phone holds could not be read (%(where)s: %(reason)s)."),
    "unreadable_hand_in": lazy("The hand-in could not be read (%(where)s: %(reason)s)."),
    "hand_in_differs": lazy("Another visit was handed in under this number. Please hand in again."),
    "bad_change": lazy("One answer could not be read (%(where)s: %(reason)s)."),
    "unfit_text": lazy("A text holds characters that cannot be kept. Please type it again."),
    "other_evaluation": lazy("This answer belongs to another visit."),
}
