"""The designer's forms: starting, settings, touchpoints, and one form per kind of question."""
