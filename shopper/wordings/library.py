"""What is refused about the touchpoint library."""

from shopper.language import lazy

WORDS = {
    "bad_library": lazy("The touchpoint library cannot be read: at “%(where)s”, %(reason)s."),
    "phase_does_not_fit": lazy("The touchpoint “%(touchpoint)s” is not met in that phase."),
}
