"""Why a version is withdrawn."""

from __future__ import annotations

from wtforms import TextAreaField

from evaluations.designing.withdrawing import LONGEST_REASON
from shopper.forms import Form
from shopper.language import lazy


class WithdrawalForm(Form):
    """The reason, for whoever planned on it; the domain says which reasons there may be."""

    reason = TextAreaField(lazy("Why?"), render_kw={"maxlength": LONGEST_REASON, "rows": 3})
