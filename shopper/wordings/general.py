"""Refusals that belong to no single area."""

from shopper.language import lazy

WORDS = {
    "not_found": lazy("This page does not exist, or it is not meant for you."),
    "wrong_state": lazy(
        "It is %(being)s now and cannot become %(wanted)s. Load the page again to see how it stands."
    ),
    "bad_document": lazy("This checklist cannot be read: at %(where)s, %(reason)s."),
}
