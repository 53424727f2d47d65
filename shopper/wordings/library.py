"""What is refused about the touchpoint library."""

from shopper.language import lazy

WORDS = {
    "bad_library": lazy("The touchpoint library cannot be read: at “%(where)s”, %(reason)s."),
    "phase_does_not_fit": lazy("The touchpoint “%(touchpoint)s” is not met in that phase."),
    "own_touchpoint_without_name": lazy("Enter a name by which your colleagues find it."),
    "own_touchpoint_name_too_long": lazy("The name is too long: at most %(limit)s characters."),
    "own_touchpoint_name_taken": lazy(
        "There is already an own touchpoint named “%(name)s”. Choose another name, or archive that one."
    ),
    "own_library_full": lazy(
        "The library is full: it holds at most %(limit)s own touchpoints. Archive one that is no longer used."
    ),
    "own_touchpoint_asks_nothing": lazy("This touchpoint asks nothing yet, so there is nothing to save."),
    "own_touchpoint_is_archived": lazy("“%(name)s” was archived meanwhile. Put it back before changing it."),
    "own_touchpoint_changed": lazy(
        "%(who)s changed “%(name)s” after you opened it. Nothing was overwritten; look at it again."
    ),
}
