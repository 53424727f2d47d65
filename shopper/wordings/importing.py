"""What is refused about files of locations, and what their columns are called."""

from shopper.language import lazy

WORDS = {
    "file_missing": lazy("Choose a file first."),
    "file_empty": lazy("The file is empty."),
    "file_too_large": lazy("The file is larger than %(limit)s MB. Remove pictures from it, or split it."),
    "file_unknown_type": lazy(
        "This is neither a CSV file nor an XLSX workbook. Save the table as one of them."
    ),
    "file_mixed_encodings": lazy(
        "From row %(row)s on, the file is written in two different encodings, so letters such as ñ would be lost."
        " Save it again as “CSV UTF-8”."
    ),
    "csv_quotes": lazy("The quotation marks in row %(row)s do not match, so its cells cannot be told apart."),
    "workbook_old": lazy(
        "This workbook is of the old kind (.xls) or has a password. Save it as .xlsx without a password."
    ),
    "workbook_macros": lazy("This workbook has macros in it. Save it as .xlsx, which has none."),
    "workbook_too_large": lazy(
        "Unpacked, this workbook is larger than %(limit)s MB. Copy the table into a new one."
    ),
    "sheet_damaged": lazy(
        "This workbook is damaged, or it is not one. Open it in your spreadsheet program and save it again as .xlsx."
    ),
    "sheet_too_heavy": lazy(
        "This file needs too much memory to be read. Copy the table alone into a new workbook or save it as CSV."
    ),
    "sheet_too_slow": lazy(
        "Reading this file takes too long. Copy the table alone into a new workbook or save it as CSV."
    ),
    "sheet_stray_cell": lazy(
        "Cell %(cell)s is filled, far away from the table. Delete it, or copy the table into a new sheet."
    ),
    "sheet_too_many_rows": lazy("The table has more than %(limit)s rows. Split it into several files."),
    "sheet_too_many_columns": lazy(
        "The table has more than %(limit)s columns. Remove those that are not needed."
    ),
    "sheet_too_much_text": lazy(
        "The table holds more than %(limit)s characters. Remove columns that are not needed."
    ),
    "sheet_no_rows": lazy("There is no row below the heading."),
    "columns_unknown": lazy("These columns do not fit the file. Choose them again."),
    "column_twice": lazy("Two columns cannot both give this. Choose one of them."),
    "code_column_missing": lazy("Choose the column with the code: it tells which location a row is about."),
    "code_twice": lazy("Row %(row)s has the same code."),
    "row_too_wide": lazy(
        "The row has %(cells)s cells, the heading %(columns)s. A text with a separator in it needs quotation marks."
    ),
    "cell_is_error": lazy("The cell shows an error of the spreadsheet, not a value."),
    "kind_unknown": lazy(
        "“%(said)s” is no kind of location. There are: store, phone line, web address, mailbox."
    ),
    "degrees_unreadable": lazy("“%(said)s” is not a number of degrees, such as 40.4168."),
    "active_unreadable": lazy("“%(said)s” is neither yes nor no."),
    "zone_missing": lazy("There is no time zone, and neither coordinates nor other locations to tell it."),
    "import_has_problems": lazy("%(count)s rows cannot be taken. Nothing was imported."),
    "import_overtaken": lazy(
        "Locations were changed meanwhile, so this import would do something else now. Look at it again; nothing was"
        " imported yet."
    ),
    "import_closed": lazy("This import was finished already."),
    "import_not_last": lazy("Only the last import can be undone."),
    "import_used": lazy("It cannot be undone: what it brought was changed or used since."),
}
FIELDS = {
    "code": lazy("Code"),
    "name": lazy("Name"),
    "kind": lazy("Kind"),
    "area": lazy("Area"),
    "address": lazy("Address"),
    "city": lazy("Town"),
    "contact": lazy("Number, web address or mailbox"),
    "time_zone": lazy("Time zone"),
    "latitude": lazy("Latitude"),
    "longitude": lazy("Longitude"),
    "mon": lazy("Monday"),
    "tue": lazy("Tuesday"),
    "wed": lazy("Wednesday"),
    "thu": lazy("Thursday"),
    "fri": lazy("Friday"),
    "sat": lazy("Saturday"),
    "sun": lazy("Sunday"),
    "active": lazy("Active"),
}
"""The headings of the columns, in the order in which they are written."""
ABOUT = {
    "code": lazy("The shop number that the client uses; it tells which location a row is about."),
    "kind": lazy("Store, phone line, web address, or mailbox or account; empty means store."),
    "area": lazy("The way to it, such as North / Leeds. Areas that are missing are made."),
    "contact": lazy("What a location that is no store is reached by."),
    "time_zone": lazy("Such as Europe/Madrid. Where it is empty it is proposed from the coordinates."),
    "latitude": lazy("In degrees, such as 40.4168."),
    "longitude": lazy("West of Greenwich with a minus, such as -3.7038."),
    "mon": lazy(
        "Such as 9:30-14:00, 17:00-20:30; or “closed”. Empty means not known. The same for the other days."
    ),
    "active": lazy("Yes or no; no takes the location out of planning."),
}
"""What a column holds, where its name does not say it."""
OBSTACLES = {
    "changed": lazy("was changed since"),
    "gone": lazy("is no longer there"),
    "visits": lazy("has visits"),
    "locations": lazy("has other locations in it"),
    "areas": lazy("has other areas in it"),
    "person_areas": lazy("was given to a client user"),
    "person_locations": lazy("was given to a client user"),
}
USED = lazy("is in use")
"""What stands in the way of undoing an import, by the table that names the thing; USED is for any other."""
