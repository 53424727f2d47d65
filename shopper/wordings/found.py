"""What is said of work that belongs to no visit of its shopper, and of files of unsent work."""

from evaluations.models import FoundState
from shopper.language import lazy

WORDS = {
    "found_full": lazy(
        "More than %(limit)s MB of work for visits that are not yours wait in the office already. This stays on your"
        " phone; please call the office."
    ),
    "found_of_another": lazy(
        "That visit is another shopper's. Work goes to a visit of the same shopper only."
    ),
    "found_empty": lazy("Nothing of it has arrived yet, so there is nothing to take over."),
    "reason_missing": lazy("Say why."),
    "bundle_unknown": lazy(
        "This is not a file of unsent work. A phone writes one under “On this phone”, “Export”; its name ends in .zip."
    ),
    "bundle_altered": lazy(
        "This file is not as the phone wrote it, so nothing of it was brought in. Ask for it again, and send it on"
        " without unpacking or packing it."
    ),
    "bundle_damaged": lazy(
        "This file is damaged or not whole, so nothing of it was brought in. Ask the shopper to send it again."
    ),
    "bundle_too_slow": lazy("Reading this file takes too long, so nothing of it was brought in."),
    "bundle_too_large": lazy("The file is larger than %(limit)s MB, which no phone writes."),
    "bundle_too_many": lazy("The file holds more than %(limit)s files, which no phone writes."),
    "bundle_of_nobody": lazy(
        "Whose work this is, is no shopper here, so nothing was brought in. Is it a file for another agency?"
    ),
}
FOUND_STATES = {
    FoundState.OPEN: lazy("waiting"),
    FoundState.TAKEN_OVER: lazy("taken over"),
    FoundState.SET_ASIDE: lazy("set aside"),
}
