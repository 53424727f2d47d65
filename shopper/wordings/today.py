"""What is said on the office's first page and in the lists that its numbers lead to."""

from evaluations.queries.attention import Focus
from evaluations.reviewing.heaps import Part
from shopper.language import lazy

FOCUSES = {
    Focus.PRESSING: lazy("Wants a look today"),
    Focus.TODAY: lazy("Due today"),
    Focus.WEEK: lazy("Due within 7 days"),
    Focus.LATE: lazy("Overdue"),
    Focus.SILENT: lazy("Nothing heard for 12 hours"),
    Focus.UNASSIGNED: lazy("Without a shopper"),
    Focus.RETURN_LATE: lazy("Sent back and overdue"),
    Focus.FOLLOW_UP_LATE: lazy("Follow-up overdue"),
}
PARTS = {
    Part.OVERDUE: lazy("Over 72 hours"),
    Part.SOON: lazy("Due within 24 hours"),
    Part.FRESH: lazy("Have more time"),
    Part.BACK: lazy("Back from the shopper"),
    Part.MINE: lazy("Claimed by me"),
    Part.OTHERS: lazy("Claimed by others"),
    Part.LATE: lazy("With the shopper, overdue"),
}
