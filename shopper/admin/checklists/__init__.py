"""Checklists in the office: starting, drafting, checking, publishing, and reading what was published."""

from shopper.admin.checklists import (
    clippings,
    drafts,
    files,
    index,
    library,
    many,
    own_touchpoints,
    preview,
    publishing,
    questions,
    refusals,
    saving,
    settings,
    touchpoints,
    undoing,
    versions,
)
from shopper.admin.checklists.blueprint import bp

__all__ = [
    "bp",
    "clippings",
    "drafts",
    "files",
    "index",
    "library",
    "many",
    "own_touchpoints",
    "preview",
    "publishing",
    "questions",
    "refusals",
    "saving",
    "settings",
    "touchpoints",
    "undoing",
    "versions",
]
