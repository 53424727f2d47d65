"""Files that people take away in bulk: one way of making for each kind.

Only the worker and the command line make them.
"""
