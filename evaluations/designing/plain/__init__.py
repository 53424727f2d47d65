"""Checklists as people write them down: a pasted script, or a plain table of touchpoints and questions."""
