"""The forms of the office, a module per noun."""
