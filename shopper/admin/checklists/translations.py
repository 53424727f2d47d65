"""The texts of a draft in two languages side by side, edited where they stand, and taken out and in as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from evaluations.designing import texts as domain
from evaluations.designing import texts_table
from evaluations.designing.meanwhile import saves_since
from evaluations.designing.texts import Put, Text, Written
from evaluations.document.tree import Language
from evaluations.errors import Invalid, Refusal
from evaluations.models import Role
from evaluations.tables.table import MEBIBYTE, MOST_BYTES
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, desk_of
from shopper.admin.checklists.seal import NONE, seal_of
from shopper.admin.files import TYPES, UNFIT
from shopper.database import db, keep_despite_refusal
from shopper.errors import status_of, words_of
from shopper.filters import wording
from shopper.language import gettext as _
from shopper.language import ngettext
from shopper.permissions import allowed
from shopper.uploads import accepts
from shopper.wordings.texts import in_words, place_of, place_words

TEXT, BASE = "text-", "base-"
MOST_SHOWN = 200
Page = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """The two languages: the one that is read, and the one that is written."""

    original: Language
    translation: Language

    @property
    def turned(self) -> Pair:
        """The other way round."""
        return Pair(self.translation, self.original)


@dataclass(frozen=True, slots=True)
class Row:
    """One text as the page shows it; what was typed and could not be kept stands in its box."""

    text: Text
    original: str
    translation: str
    base: str
    theirs: str | None = None

    @property
    def is_longer(self) -> bool:
        """Whether the translation may not fit where the original does."""
        return domain.is_much_longer(self.original, self.translation)


@bp.route("/<uuid:checklist_id>/draft/translations", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def translations(checklist_id: UUID) -> Response | Redirect | Page:
    """Every text in two languages; what was typed is kept, and where somebody else wrote too both are shown."""
    desk = desk_of(checklist_id)
    pair = _pair(desk)
    if request.method == "GET" or pair is None:
        return _page(desk, pair), 200
    sent, who = list(_sent()), _other(desk)
    try:
        found = domain.put(desk.document, pair.translation, sent)
        desk.keep_texts(found.document)
    except Refusal as refusal:
        return _refused(desk, pair, sent, refusal)
    if "stay" in request.form:
        return _told(desk, pair, found, who)
    if found.clashes or found.gone:
        keep_despite_refusal()  # the other texts are kept
        return _page(desk, pair, sent=sent, found=found, who=who), 409
    flash(
        ngettext("%(n)s text saved.", "%(n)s texts saved.", len(found.kept))
        if found.kept
        else _("All texts are saved.")  # by themselves, before the button was pressed
    )
    return redirect(_address(desk, pair, only=request.form.get("only")), 303)


@bp.get("/<uuid:checklist_id>/draft/translations.xlsx")
@allowed(Role.DESIGNER)
def translations_table(checklist_id: UUID) -> Response:
    """The texts as a workbook: key, place, original, translation."""
    desk = desk_of(checklist_id)
    pair = _pair(desk) or Pair(desk.document.languages[0], desk.document.languages[0])
    body = texts_table.written(
        desk.document, pair.original, pair.translation, place_of=lambda text: place_words(text, desk.document)
    )
    name = UNFIT.sub(" ", f"{desk.draft.checklist.name} {pair.translation}").strip()[:80]
    answer = Response(body, content_type=TYPES["xlsx"])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer


@bp.post("/<uuid:checklist_id>/draft/translations/imports")
@allowed(Role.DESIGNER)
@accepts(MOST_BYTES)
def take_translations(checklist_id: UUID) -> Page:
    """What a table would change, to be looked at before it is kept; one with faults changes nothing."""
    desk = desk_of(checklist_id)
    pair = _pair(desk)
    if pair is None:
        return _page(desk, pair), 422
    try:
        body, file_name = _received()
        read = texts_table.read(body, desk.document, pair.original, pair.translation)
    except Refusal as refusal:
        db.rollback()
        return _page(desk_of(checklist_id), pair, file_fault=words_of(refusal)), status_of(refusal)
    page = render_template(
        "admin/checklists/translations_import.html",
        desk=desk,
        draft=desk.draft,
        checklist=desk.draft.checklist,
        document=desk.document,
        pair=pair,
        file_name=file_name,
        read=read,
        faults=[(fault, in_words(fault)) for fault in read.faults[:MOST_SHOWN]],
        unshown=max(0, len(read.faults) - MOST_SHOWN),
        place_words=place_words,
        back=_address(desk, pair),
    )
    return page, 422 if read.faults else 200


def _page(
    desk: Desk,
    pair: Pair | None,
    *,
    sent: Sequence[Written] = (),
    found: Put | None = None,
    who: str = "",
    fault: str = "",
    file_fault: str = "",
) -> str:
    only = request.values.get("only") == "missing"
    all_texts = domain.texts(desk.document)
    rows = _rows(all_texts, pair, sent, found, only=only) if pair else []
    return render_template(
        "admin/checklists/translations.html",
        desk=desk,
        draft=desk.draft,
        checklist=desk.draft.checklist,
        document=desk.document,
        pair=pair,
        parts=_parts(desk, rows),
        first_missing=next((row.text.name for row in rows if not row.translation), None),
        only=only,
        parts_of_whole=_percents(desk, all_texts),
        missing=_missing(all_texts, pair),
        gone=found.gone if found else (),
        clash_count=len(found.clashes) if found else 0,
        who=who,
        fault=fault,
        file_fault=file_fault,
        place_of=place_of,
        most_megabytes=MOST_BYTES // MEBIBYTE,
        address=lambda turned=False, **more: (
            _address(desk, pair.turned if turned else pair, **more) if pair else ""
        ),
    )


def _rows(
    all_texts: Sequence[Text], pair: Pair, sent: Sequence[Written], found: Put | None, *, only: bool
) -> list[Row]:
    """The texts of the page; those that were sent and not kept stand as they were typed."""
    kept = set(found.kept) if found else set()
    typed = {one.name: one for one in sent if one.text != one.base and one.name not in kept}
    theirs = {clash.name: clash.theirs for clash in found.clashes} if found else {}
    rows = []
    for text in all_texts:
        stands = text.wording.get(pair.translation, "")
        mine = typed[text.name].text if text.name in typed else stands
        if not only or text.lacks(pair.translation) or text.name in typed:
            original = text.wording.get(pair.original, "")
            rows.append(Row(text, original, mine, stands, theirs.get(text.name)))
    return rows


def _parts(desk: Desk, rows: Sequence[Row]) -> list[tuple[str, str | None, list[Row]]]:
    """The rows under the checklist itself, then under each touchpoint by its name and key."""
    named = {touchpoint.key: touchpoint for touchpoint in desk.document.touchpoints}
    parts = []
    for key, group in groupby(rows, key=lambda row: row.text.touchpoint):
        name = _("The checklist") if key is None else wording(named[key].name, desk.document)
        parts.append((name or _("No name yet"), key, list(group)))
    return parts


def _told(desk: Desk, pair: Pair, found: Put, who: str) -> Response:
    """What became of texts that were saved as they were typed, for the script of the page."""
    words = _("%(who)s wrote meanwhile:", who=who)
    clashes = [{"name": one.name, "theirs": one.theirs, "words": words} for one in found.clashes]
    all_texts = domain.texts(desk.document)
    return jsonify(
        edition=seal_of(desk.draft),
        clashes=clashes,
        gone=found.gone,
        percents=_percents(desk, all_texts),
        missing=_missing(all_texts, pair),
    )


def _other(desk: Desk) -> str:
    """Who else saved the draft since the sent page was made, as far as it can be told; asked before it is saved."""
    me = current_user.person.name
    since = saves_since(db, desk.draft, desk.seen) if desk.is_overtaken and desk.seen != NONE else ()
    names = (*(save.who for save in since), desk.draft.saved_by.name)
    return next((name for name in names if name != me), _("Somebody"))


def _refused(desk: Desk, pair: Pair, sent: Sequence[Written], refusal: Refusal) -> Response | Page:
    if "stay" in request.form:
        answer = jsonify(fault=words_of(refusal))
        answer.status_code = status_of(refusal)
        return answer
    return _page(desk, pair, sent=sent, fault=words_of(refusal)), status_of(refusal)


def _sent() -> Iterator[Written]:
    for name, text in request.form.items():
        if name.startswith(TEXT):
            own = name.removeprefix(TEXT)
            yield Written(own, _typed(request.form.get(BASE + own, "")), _typed(text))


def _typed(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _received() -> tuple[bytes, str]:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid("file_missing", field="file")
    body, file_name = sent.stream.read(MOST_BYTES + 1), sent.filename
    sent.close()
    return body, file_name


def _pair(desk: Desk) -> Pair | None:
    """The languages that are asked for; None where the checklist speaks only one."""
    _first, *others = desk.document.languages
    if not others:
        return None
    asked = request.values.get("to", "")
    translation = next((each for each in desk.document.languages if each == asked), others[0])
    original = next(each for each in desk.document.languages if each != translation)
    return Pair(original, translation)


def _percents(desk: Desk, all_texts: Sequence[Text]) -> Mapping[str, int]:
    return {each: int(domain.said(all_texts, each) * 100) for each in desk.document.languages}


def _missing(all_texts: Sequence[Text], pair: Pair | None) -> int:
    return sum(text.lacks(pair.translation) for text in all_texts) if pair else 0


def _address(desk: Desk, pair: Pair, *, only: str | None = None, what: str = "translations") -> str:
    more: dict[str, Any] = {"only": only} if only else {}
    return url_for(f".{what}", checklist_id=desk.draft.checklist_id, to=pair.translation, **more)
