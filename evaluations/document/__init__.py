"""A version of a checklist as typed values: everything below and above reads it."""
