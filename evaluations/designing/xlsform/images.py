"""The pictures of a question in a workbook: the first by the name of its file, its caption and the others in `more`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluations.designing.media import Media, base_name, file_of
from evaluations.designing.xlsform.cells import Cells
from evaluations.designing.xlsform.columns import IMAGE
from evaluations.document.tree import AnyQuestion, Language
from evaluations.errors import Invalid


def read_pictures(cells: Cells, more: Mapping[str, Any], media: Media) -> dict[str, Any]:
    """What a row says of its pictures; whoever changes the cell changes the first of them."""
    said = more.get("pictures", [])
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        return {"pictures": said}  # its misfit is told with those of all fields
    known = [one for one in said if _is_here(cells, one, media)]
    first = _first(cells, media)
    if first is not None and first not in {one.get("sha256") for one in known[:1]}:
        known[:1] = [{"sha256": first}]
    return {"pictures": known} if known else {}


def written(question: AnyQuestion, languages: Sequence[Language]) -> dict[str | tuple[str, Language], str]:
    """The cells of the first picture, the same in every language."""
    return {(IMAGE, language): file_of(one.sha256) for one in question.pictures[:1] for language in languages}


def _first(cells: Cells, media: Media) -> str | None:
    names = {base_name(name): name for name in cells.wording(IMAGE).values()}
    if len(names) > 1:
        cells.fault("picture_per_language", IMAGE)
    for name in list(names.values())[:1]:
        try:
            return media.named(name)
        except Invalid as refusal:
            cells.fault(refusal.code, IMAGE, **refusal.values)
    return None


def _is_here(cells: Cells, one: Mapping[str, Any], media: Media) -> bool:
    try:
        media.hashed(str(one.get("sha256", "")))
    except Invalid as refusal:
        cells.fault(refusal.code, "more", **refusal.values)
        return False
    return True
