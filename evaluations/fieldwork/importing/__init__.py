"""Locations from a file: opened with care, compared with what is there, applied as a whole, undone, and written."""
