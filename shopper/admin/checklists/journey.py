"""The customer's journey that a checklist looks at: as a map, as a list, and what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from evaluations.designing.journeys import Gap, JourneyMap, gaps, journey_of
from evaluations.document import canonical
from evaluations.document.tree import Document, Lens, Phase, Stage
from evaluations.models import Role, Version
from evaluations.queries import checklists as queries
from shopper import briefings, journeys, papers
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import desk_of
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.wordings.journeys import MANY, REASONS, gap_words, many_words

FILTERS: Mapping[type, str] = {Phase: "phase", Stage: "stage", Lens: "lens"}
IN_LIBRARY = {"phase_empty", "stage_empty", "one_channel", "lens_unused"}
IN_SETTINGS = {"touchpoint_heavy", "touchpoint_light", "all_weigh_alike", "no_target", "target_missing"}


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to where something can be mended or read."""

    address: str
    words: str


JumpTo = Callable[[Gap, JourneyMap], Jump | None]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is left out."""

    words: str
    jump: Jump | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """Everything that is left out in one way, and why it may matter; of several touchpoints as one sentence."""

    said: list[Said]
    each: list[Jump]
    reason: str


@bp.get("/<uuid:checklist_id>/draft/journey")
@allowed(Role.DESIGNER)
def journey(checklist_id: UUID) -> str:
    """The map of the draft, with what it leaves out and where that can be mended."""
    desk = desk_of(checklist_id)
    return _page(desk.draft, desk.document, _in_the_designer(checklist_id))


@bp.get("/<uuid:checklist_id>/draft/journey.svg")
@allowed(Role.DESIGNER)
def journey_picture(checklist_id: UUID) -> Response:
    """The map of the draft as a picture."""
    desk = desk_of(checklist_id)
    return _picture(desk.draft, desk.document)


@bp.get("/<uuid:checklist_id>/versions/<int:number>/journey")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def version_journey(checklist_id: UUID, number: int) -> str:
    """The map of a published version."""
    found = queries.version(db, checklist_id, number, reader=current_user.person)
    return _page(found, canonical.read(found.document), _in_the_version(checklist_id, number))


@bp.get("/<uuid:checklist_id>/versions/<int:number>/journey.svg")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def version_journey_picture(checklist_id: UUID, number: int) -> Response:
    """The map of a published version as a picture."""
    found = queries.version(db, checklist_id, number, reader=current_user.person)
    return _picture(found, canonical.read(found.document))


@bp.get("/<uuid:checklist_id>/draft/briefing.pdf")
@allowed(Role.DESIGNER)
def briefing(checklist_id: UUID) -> Response:
    """The draft's briefing, journey and questions on paper, marked as a draft."""
    return _on_paper(desk_of(checklist_id).draft)


@bp.get("/<uuid:checklist_id>/versions/<int:number>/briefing.pdf")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def version_briefing(checklist_id: UUID, number: int) -> Response:
    """The briefing, journey and questions of a published version on paper."""
    return _on_paper(queries.version(db, checklist_id, number, reader=current_user.person))


def _page(version: Version, document: Document, jump_to: JumpTo) -> str:
    found = journey_of(document)
    return render_template(
        "admin/checklists/journey.html",
        version=version,
        checklist=version.checklist,
        document=document,
        journey=found,
        phases=journeys.rows(found, document),
        part_of={phase: journeys.share_text(found.part_of(phase)) for phase in Phase},
        caption=journeys.caption(found),
        dashes=journeys.dashes(found),
        language=briefings.language_for(document, ""),
        drawn=Markup(journeys.picture(found, document, palette=journeys.PAGE, captioned=False)),  # noqa: S704 - it escapes
        hints=list(_hints(found, document, jump_to)),
    )


def _picture(version: Version, document: Document) -> Response:
    found = journey_of(document)
    palette = journeys.PALETTES.get(request.args.get("colours", ""), journeys.PALETTES["light"])
    drawn = journeys.picture(found, document, palette=palette)
    name = _("%(name)s %(number)s, journey map", name=version.checklist.name, number=version.number)
    return papers.attached(drawn.encode(), "image/svg+xml", name, "svg")


def _on_paper(version: Version) -> Response:
    document = canonical.read(version.document)
    told = briefings.of_version(
        version,
        language=briefings.language_for(document, request.args.get("language", "")),
        paper=request.args.get("paper", ""),
        marked=request.args.get("marking") == "yes",
    )
    name = _("%(name)s %(number)s, briefing", name=version.checklist.name, number=version.number)
    return papers.send_briefing(told, version.document, name)


def _hints(found: JourneyMap, document: Document, jump_to: JumpTo) -> Iterator[Hint]:
    names = {stop.touchpoint.key: journeys.name_of(stop, document) for stop in found.stops}
    for code, group in groupby(gaps(found), key=lambda gap: gap.code):
        alike = list(group)
        if code in MANY and len(alike) > 1:
            yield Hint(
                [Said(many_words(code, len(alike)))],
                [_named(gap, names, found, jump_to) for gap in alike],
                _why(code),
            )
        else:
            said = [
                Said(gap_words(gap, names.get(gap.touchpoint or "", "")), jump_to(gap, found))
                for gap in alike
            ]
            yield Hint(said, [], _why(code))


def _named(gap: Gap, names: Mapping[str, str], found: JourneyMap, jump_to: JumpTo) -> Jump:
    """A link with the name of the touchpoint that a gap is at, and with its share where that is the matter."""
    jump = jump_to(gap, found)
    share = f" {journeys.share_text(gap.share)}" if gap.share is not None else ""
    return Jump(jump.address if jump else "", f"{names[gap.touchpoint or '']}{share}")


def _why(code: str) -> str:
    return str(REASONS[code])


def _in_the_designer(checklist_id: UUID) -> JumpTo:
    """Where a gap of the draft can be closed."""

    def jump_to(gap: Gap, found: JourneyMap) -> Jump:
        if gap.code in IN_LIBRARY:
            wanted: dict[str, Any] = {FILTERS[type(gap.of)]: gap.of} if type(gap.of) in FILTERS else {}
            return Jump(url_for(".library", checklist_id=checklist_id, **wanted), _("Find one"))
        stops = found.in_phase(gap.of) if isinstance(gap.of, Phase) else found.stops
        key = gap.touchpoint or stops[0].touchpoint.key
        unfolded = "open" if gap.code in IN_SETTINGS else None
        return Jump(
            url_for(".touchpoint", checklist_id=checklist_id, key=key, settings=unfolded), _("Open it")
        )

    return jump_to


def _in_the_version(checklist_id: UUID, number: int) -> JumpTo:
    """Where a gap of a version can be read of; it cannot be closed there any more."""

    def jump_to(gap: Gap, _found: JourneyMap) -> Jump | None:
        if gap.touchpoint is None:
            return None
        anchor = f"t-{gap.touchpoint}"
        address = url_for(".version", checklist_id=checklist_id, number=number, _anchor=anchor)
        return Jump(address, _("Read it"))

    return jump_to
