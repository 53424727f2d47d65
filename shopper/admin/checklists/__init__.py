"""Checklists in the office: starting, drafting, checking, publishing, and reading what was published."""

from shopper.admin.checklists import (
    dismissals,
    drafts,
    driving,
    files,
    index,
    journey,
    library,
    own_touchpoints,
    pictures,
    preview,
    publishing,
    questions,
    refusals,
    saving,
    settings,
    touchpoints,
    versions,
)
from shopper.admin.checklists.blueprint import bp

__all__ = [
    "bp",
    "dismissals",
    "drafts",
    "driving",
    "files",
    "index",
    "journey",
    "library",
    "own_touchpoints",
    "pictures",
    "preview",
    "publishing",
    "questions",
    "refusals",
    "saving",
    "settings",
    "touchpoints",
    "versions",
]
