"""Refusals of files to take away."""

from shopper.language import lazy

WORDS = {
    "nothing_to_export": lazy("There is no released visit that fits, so there is nothing to download."),
}
