"""What is refused about clients, areas and locations."""

from shopper.language import lazy

WORDS = {
    "needed": lazy("This cannot be left empty."),
    "text_too_long": lazy("This is too long: at most %(longest)s characters fit."),
    "colour_unreadable": lazy("Enter a colour as #rrggbb, such as #0b6e6e."),
    "client_name_taken": lazy("There is already a client named “%(name)s”."),
    "area_name_taken": lazy("There is already an area named “%(name)s” at this place."),
    "area_inside_itself": lazy("An area cannot lie inside itself or inside an area that it contains."),
    "area_too_deep": lazy("Areas may lie in one another %(deepest)s deep, no deeper."),
    "area_not_empty": lazy("“%(name)s” is not empty. Move or remove the areas and locations in it first."),
    "area_in_use": lazy("“%(name)s” is given to a client user. Take it from them first."),
    "unfit_for_kind": lazy(
        "A location of this kind has no such thing. Leave it empty, or choose another kind."
    ),
    "phone_unreadable": lazy("Enter a telephone number, such as +34 91 123 45 67."),
    "web_unreadable": lazy("Enter the address of a page, such as https://www.example.com/shop."),
    "mailbox_unreadable": lazy("Enter one e-mail address, or the name of one account."),
    "hours_unreadable": lazy("Enter times such as 9:30-14:00, 17:00-20:30, or “closed”."),
    "hours_too_many": lazy("A day can have up to %(most)s spans of opening hours."),
    "hours_overlap": lazy("The hours of this day overlap with one another or with those of the next day."),
    "location_code_taken": lazy("Another location of this client has the code “%(taken)s”."),
    "time_zone_unknown": lazy("“%(name)s” is not a time zone. Choose one from the list."),
    "coordinate_missing": lazy("Enter latitude and longitude, or neither."),
    "latitude_out_of_range": lazy("Latitude lies between −90 and 90."),
    "longitude_out_of_range": lazy("Longitude lies between −180 and 180."),
}
