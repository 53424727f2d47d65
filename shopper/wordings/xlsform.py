"""What is found in the file of a checklist: faults for which it is refused, and what a checklist does not keep."""

from evaluations.designing.xlsform.findings import Finding
from shopper.language import lazy

WORDS = {
    "script_missing": lazy("Paste a script first."),
    "script_too_long": lazy("The script is longer than %(limit)s characters. Split it."),
    "script_too_many_lines": lazy("The script has more than %(limit)s lines. Split it."),
    "no_such_designer": lazy("No designer has the e-mail address %(email)s."),
    "file_ending_unknown": lazy("“%(ending)s” is no ending of a checklist's file; .xlsx and .json are."),
    "file_no_workbook": lazy(
        "This is neither an XLSX workbook nor a checklist as JSON. Save the form as .xlsx."
    ),
    "text_cut_off": lazy(
        "A text in row %(row)s is longer than the %(limit)s characters that are read of a text file. Send it as .xlsx."
    ),
    "checklist_has_pictures": lazy(
        "This checklist shows pictures, which such a file cannot hold. Let the file's name end in %(ending)s."
    ),
    "zip_too_slow": lazy("The ZIP took too long to open and was not read."),
    "zip_damaged": lazy("The ZIP cannot be opened."),
    "zip_too_large": lazy("Unpacked, the ZIP holds more than %(limit)s MB."),
    "zip_too_many_files": lazy("The ZIP holds more than %(limit)s files."),
    "zip_name_twice": lazy("Two files in the ZIP are called “%(name)s”."),
    "zip_without_checklist": lazy("The ZIP holds no checklist: neither a workbook (.xlsx) nor a .json file."),
    "zip_with_several": lazy("The ZIP holds %(count)s checklists. Send each by itself."),
    "file_has_faults": lazy("%(count)s things in the file cannot be kept. Nothing was imported."),
    "checklist_too_large_for_workbook": lazy(
        "A text of this checklist is too long for a cell of a workbook."
    ),
}
FAULTS = {
    "no_question_column": lazy("The table has no column called “question”."),
    "nothing_asked": lazy("No question is asked."),
    "hint_unknown": lazy("“%(hint)s” is no hint that is known here."),
    "line_without_words": lazy("The question has no words."),
    "options_missing": lazy("A choice needs two options or more, as “one of: At once / Later / Never”."),
    "options_elsewhere": lazy("Options stand here, but the question is no choice."),
    "points_unscored": lazy("A question of this kind earns no points."),
    "points_do_not_match": lazy("There are %(points)s points for %(options)s options."),
    "critical_needs_yes_no": lazy("Only a yes/no question can be critical here; set others in the designer."),
    "no_survey": lazy(
        "The workbook is neither an XLSForm, which has a sheet called “survey”, nor a table with a column “question”."
    ),
    "survey_empty": lazy("The sheet asks no question."),
    "sheet_not_kept": lazy(
        "A checklist cannot keep what this sheet is for. Remove the sheet, and what refers to it."
    ),
    "encryption_not_kept": lazy(
        "The form sends its answers encrypted to another server. A checklist cannot."
    ),
    "language_unknown": lazy("“%(language)s” is none of the languages of checklists: English and Spanish."),
    "column_twice": lazy("Another column gives the same."),
    "said_twice": lazy("Two columns give different words in the same language."),
    "cell_is_error": lazy("The cell shows an error of the spreadsheet, not a value."),
    "cell_not_yes_no": lazy("“%(said)s” is neither yes nor no."),
    "cell_no_number": lazy("“%(said)s” is no number."),
    "cell_no_whole_number": lazy("“%(said)s” is no whole number."),
    "parameters_unreadable": lazy("“%(said)s” cannot be read. Parameters are written name=value."),
    "more_no_json": lazy("The cell is no JSON object."),
    "list_name_missing": lazy("The choice belongs to no list."),
    "list_missing": lazy("There is no list “%(list)s” among the choices."),
    "choice_without_name": lazy("The choice has no name."),
    "choice_twice": lazy("The list “%(list)s” has “%(name)s” twice."),
    "type_missing": lazy("The row has no type."),
    "type_not_kept": lazy("A checklist has no question of the type “%(type)s”."),
    "kind_unknown": lazy("“%(kind)s” is no kind of question."),
    "name_missing": lazy("The question has no name."),
    "name_twice": lazy("Another question is called “%(name)s” too."),
    "group_not_closed": lazy("The group “%(name)s” is never closed."),
    "group_not_begun": lazy("A group is closed here that was never opened."),
    "media_not_kept": lazy(
        "A checklist keeps pictures of questions, no others, and no sounds. Empty this cell."
    ),
    "picture_not_here": lazy(
        "The picture “%(name)s” did not come with the file. Send a ZIP of the file and a folder “media”, or empty this."
    ),
    "picture_unreadable": lazy("“%(name)s” is not a picture that can be read."),
    "picture_altered": lazy("The picture “%(name)s” was changed on the way. Export the checklist again."),
    "picture_per_language": lazy("A question shows the same picture in every language."),
    "choice_filter_not_kept": lazy("A checklist always offers the whole list. Empty this cell."),
    "trigger_not_kept": lazy("A checklist computes nothing from other answers. Empty this cell."),
    "calculation_not_kept": lazy("A checklist computes no answers. Empty this cell, or the whole row."),
    "repeat_not_kept": lazy("A checklist asks each question once. Empty this cell."),
    "read_only_not_kept": lazy(
        "Every question of a checklist can be answered. Make it a note, or empty this cell."
    ),
    "drawing_not_kept": lazy("A checklist has photos and signatures, but no drawings."),
    "range_not_kept": lazy("A scale in steps of %(step)s cannot be kept; 1, 0.1 or 0.01 can."),
    "points_elsewhere": lazy(
        "Points stand here for yes/no and for scales. Those of choices stand beside each choice."
    ),
    "photos_not_kept": lazy("How many photos are needed can only be said of a photo question."),
    "answer_unknown": lazy("The question has no answer “%(answer)s”."),
    "critical_unreadable": lazy("“%(said)s” cannot be read. Write for example “no: fails” or “no: caps 50”."),
    "weight_of_question": lazy("Only a group has a weight. Write points here."),
    "value_too_low": lazy("It must be %(limit)s or more."),
    "value_too_high": lazy("It must be %(limit)s or less."),
    "text_too_long": lazy("The text is longer than %(limit)s characters."),
    "too_many": lazy("There may be %(limit)s at most."),
    "field_unknown": lazy("There is no “%(field)s” in a checklist."),
    "value_unknown": lazy("“%(said)s” is not known here. There are: %(expected)s."),
    "value_does_not_fit": lazy("“%(field)s” does not fit: %(reason)s."),
    "expression_too_long": lazy("The expression is too long."),
    "expression_too_deep": lazy("The expression is nested too deeply."),
    "expression_ends_early": lazy("The expression “%(expression)s” ends where something must follow."),
    "expression_unreadable": lazy("In “%(expression)s” this cannot be read: %(part)s"),
    "expression_unknown_function": lazy(
        "“%(expression)s” uses %(function)s(), which a checklist does not know."
    ),
    "expression_misused_function": lazy(
        "“%(expression)s” uses %(function)s() in a way that a checklist does not know."
    ),
    "expression_no_comparison": lazy("“%(expression)s” does not compare a question with an answer."),
    "expression_two_questions": lazy("“%(expression)s” compares two questions. Compare one with an answer."),
    "expression_unknown_question": lazy("There is no question “%(name)s”."),
    "expression_later_question": lazy("“%(name)s” is asked later; a condition looks back only."),
    "expression_follow_up": lazy("“%(name)s” is asked days after the visit; no condition can wait for it."),
    "expression_no_answer": lazy("“%(name)s” has no answer that could be compared."),
    "expression_does_not_fit": lazy("“%(name)s” cannot be compared so."),
    "expression_unknown_choice": lazy("“%(name)s” has no answer “%(choice)s”."),
    "expression_counts_choices": lazy(
        "Of “%(name)s” a condition only knows whether anything was chosen, not how many."
    ),
    "expression_number_too_long": lazy("The number has too many digits."),
    "condition_too_large": lazy(
        "Together with its groups the condition has more than %(most)s tests or %(deepest)s levels."
    ),
    "depends_on_itself": lazy("“%(name)s” is shown only if its own answer says so."),
    "depends_on_own": lazy("“%(name)s” is shown only if “%(on)s” says so, which is asked in it."),
    "depends_on_none": lazy("“%(name)s” is shown only if the question “%(on)s” says so, which is not there."),
    "depends_on_later": lazy("“%(name)s” is shown only if “%(on)s” says so, which is asked after it."),
    "depends_on_follow_up": lazy(
        "“%(name)s” is shown only if “%(on)s” says so, which is asked days after the visit."
    ),
    "constraint_not_kept": lazy(
        "“%(expression)s” cannot be kept. A checklist keeps limits of numbers, days and choices, and patterns of texts."
    ),
    "constraint_two_patterns": lazy("A text can have one pattern only."),
    "pattern_too_long": lazy("The pattern is too long."),
    "pattern_not_allowed": lazy("The pattern “%(pattern)s” has signs in it that a checklist does not allow."),
    "pattern_not_closed": lazy("In the pattern “%(pattern)s” a bracket is not closed."),
    "pattern_repeats_repetition": lazy(
        "The pattern “%(pattern)s” repeats a repetition, which can take for ever."
    ),
    "pattern_too_open": lazy("The pattern “%(pattern)s” leaves open too many ways to match."),
}

WORDS |= {code: FAULTS[code] for code in ("picture_not_here", "picture_unreadable", "picture_altered")}
"""What is refused where no workbook tells the row."""
NOTES = {
    "touchpoint_without_question": lazy("“%(name)s” has no question yet."),
    "file_left_out": lazy("The file “%(column)s” in the ZIP was not used."),
    "sheet_left_out": lazy("The sheet was not read."),
    "column_unknown": lazy("The column “%(column)s” was not read."),
    "row_disabled": lazy("The row is switched off and was left out."),
    "type_left_out": lazy("“%(type)s” is noted by itself, or computed, and was left out."),
    "group_in_touchpoint": lazy(
        "The group “%(label)s” lies within a touchpoint: its questions went there, its heading was left out."
    ),
    "group_of_groups": lazy("The group “%(label)s” holds groups alone: each of these became a touchpoint."),
    "moment_split": lazy("Day and time became two questions."),
    "required_message_left_out": lazy("The phone says in its own words that an answer is missing."),
    "constraint_message_left_out": lazy("The phone says in its own words what does not fit here."),
    "required_note": lazy("A note cannot be required."),
    "default_left_out": lazy("The default was left out: an answer that nobody gave is none."),
    "appearance_left_out": lazy("The appearance “%(appearance)s” was left out."),
    "parameters_left_out": lazy("The parameters %(names)s were left out."),
}


def in_words(finding: Finding) -> str:
    """What was found, in the reader's language."""
    text = FAULTS.get(finding.code) or NOTES[finding.code]
    return str(text % {"column": finding.column, **finding.values})


def with_place(finding: Finding) -> str:
    """The same in one line that begins with the place: "survey 12 type: ..."."""
    place = " ".join(str(part) for part in (finding.sheet, finding.row, finding.column) if part)
    return f"{place}: {in_words(finding)}" if place else in_words(finding)
