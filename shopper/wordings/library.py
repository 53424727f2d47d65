"""What is refused about the touchpoint library."""

from shopper.language import lazy

WORDS = {
    "bad_library": lazy("The touchpoint library cannot be read: at “%(where)s”, %(reason)s."),
    "phase_does_not_fit": lazy("The touchpoint “%(touchpoint)s” is not met in that phase."),
    "kept_without_name": lazy("Enter a name by which your colleagues find it."),
    "kept_name_too_long": lazy("The name is too long: at most %(limit)s characters."),
    "kept_name_taken": lazy(
        "There is already one named “%(name)s” in the library. Choose another name, or archive that one."
    ),
    "kept_is_archived": lazy("“%(name)s” was archived meanwhile. Put it back before changing it."),
    "kept_changed": lazy(
        "%(who)s changed “%(name)s” after you opened it. Nothing was overwritten; look at it again."
    ),
    "own_library_full": lazy(
        "The library is full: it holds at most %(limit)s of these. Archive one that is no longer used."
    ),
    "own_touchpoint_asks_nothing": lazy("This touchpoint asks nothing yet, so there is nothing to save."),
    "template_without_language": lazy("Choose at least one language."),
    "source_speaks_otherwise": lazy("It is written in none of these languages. Choose one that it has."),
    "nothing_newer": lazy("The library holds nothing newer of this."),
}
