"""What is refused about clients, areas and locations."""

from shopper.language import lazy

WORDS = {
    "needed": lazy("This cannot be left empty."),
    "text_too_long": lazy("This is too long: at most %(longest)s characters fit."),
    "colour_unreadable": lazy("Enter a colour as #rrggbb, such as #0b6e6e."),
    "client_name_taken": lazy("There is already a client named “%(name)s”."),
    "area_name_taken": lazy("There is already an area named “%(name)s” at this place."),
    "area_inside_itself": lazy("An area cannot lie inside itself or inside an area that it contains."),
    "location_code_taken": lazy("Another location of this client has the code “%(taken)s”."),
    "time_zone_unknown": lazy("“%(name)s” is not a time zone. Choose one from the list."),
    "coordinate_missing": lazy("Enter latitude and longitude, or neither."),
    "latitude_out_of_range": lazy("Latitude lies between −90 and 90."),
    "longitude_out_of_range": lazy("Longitude lies between −180 and 180."),
}
