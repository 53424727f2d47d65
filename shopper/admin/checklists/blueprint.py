"""The one blueprint of all checklist pages, and the words that their templates use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from evaluations.document.tree.question import MOST_PICTURES
from evaluations.photos.pictures import MOST_BYTES
from shopper.admin.checklists import both_words, telling
from shopper.admin.forms.checklists.many import ManyForm
from shopper.wordings import designing
from shopper.wordings.usage import WAVE_STAGES

bp = Blueprint("checklists", __name__, url_prefix="/office/checklists")


@bp.context_processor
def words() -> dict[str, Any]:
    """Names of kinds, phases and the like, for the templates."""
    return {
        "words": {
            "kinds": designing.KINDS,
            "kind_icons": designing.KIND_ICONS,
            "phases": designing.PHASES,
            "phases_in_short": designing.PHASES_IN_SHORT,
            "phases_to_add": designing.PHASES_TO_ADD,
            "stages": designing.STAGES,
            "channels": designing.CHANNELS,
            "lenses": designing.LENSES,
            "effects": designing.EFFECTS,
            "wave_stages": WAVE_STAGES,
        },
        "many_blank": ManyForm.blank,
        "most_pictures": MOST_PICTURES,
        "most_picture_bytes": MOST_BYTES,
        "problem_words": designing.problem_words,
        "reason_words": designing.reason_words,
        "clash_label": both_words.clash_label,
        "value_words": both_words.value_words,
        "language_name": designing.language_name,
        "language_within": designing.language_within,
        "worth_words": telling.worth_words,
        "trait_words": telling.trait_words,
        "band_words": telling.band_words,
        "critical_words": telling.critical_words,
    }
