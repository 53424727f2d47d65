"""Open to all: whether a report that somebody holds is genuine and current."""
