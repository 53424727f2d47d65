"""Checklists in the office: starting, drafting, checking, publishing, and reading what was published."""

from shopper.admin.checklists import (
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
    translations,
    versions,
)
from shopper.admin.checklists.blueprint import bp

__all__ = [
    "bp",
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
    "translations",
    "versions",
]
