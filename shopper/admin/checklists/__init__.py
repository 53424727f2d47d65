"""Checklists in the office: starting, drafting, checking, publishing, and reading what was published."""

from shopper.admin.checklists import (
    drafts,
    files,
    index,
    library,
    own_touchpoints,
    preview,
    publishing,
    questions,
    refusals,
    saving,
    settings,
    touchpoints,
    versions,
    withdrawing,
)
from shopper.admin.checklists.blueprint import bp

__all__ = [
    "bp",
    "drafts",
    "files",
    "index",
    "library",
    "own_touchpoints",
    "preview",
    "publishing",
    "questions",
    "refusals",
    "saving",
    "settings",
    "touchpoints",
    "versions",
    "withdrawing",
]
