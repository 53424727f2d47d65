"""The form for what a programme settles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from evaluations.fieldwork.entering import LONGEST_NAME
from evaluations.fieldwork.programmes import LONGEST_LOCKOUT, LONGEST_REPORT_HOURS, LONGEST_VISIT, Settings
from evaluations.models import Capture, Programme, Release
from shopper.admin.forms.checklists.fields import CountField, NumberField, named, offered
from shopper.admin.forms.reviews import RETURN_HOURS_WORDS
from shopper.forms import Form
from shopper.language import NAMES, lazy
from shopper.wordings.planning import CAPTURES

RELEASES = {
    Release.AT_APPROVAL: lazy("as soon as it is approved"),
    Release.WITH_WAVE: lazy("with its wave: all at once, by a button on the wave's page"),
}


class ProgrammeForm(Form):
    """Name, way to capture, release, language, target and deadlines."""

    capture = RadioField(lazy("Visits are captured"), choices=named(CAPTURES))
    name = StringField(
        lazy("Name of the programme"), [DataRequired(lazy("Enter a name.")), Length(max=LONGEST_NAME)]
    )
    release = RadioField(lazy("The client sees a result"), choices=named(RELEASES))
    report_language = SelectField(lazy("Language of the reports"), choices=[])
    target = NumberField(lazy("Target of the total, in percent"), highest=100, needed=False)
    shows_targets = BooleanField(lazy("Show targets to the client, and what missed them"))
    report_hours = CountField(
        lazy("Hours after the visit's last day"), lowest=0, highest=LONGEST_REPORT_HOURS
    )
    return_hours = SelectField(
        lazy("What is sent back is due after"), coerce=int, choices=offered(*RETURN_HOURS_WORDS.items())
    )
    lockout_days = CountField(
        lazy("Days before the same shopper returns to a location"), lowest=0, highest=LONGEST_LOCKOUT
    )
    longest_minutes = CountField(
        lazy("Longest visit to report, in minutes"), lowest=1, highest=LONGEST_VISIT, needed=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report_language.choices = offered(("", lazy("The checklist's first")), *NAMES.items())

    @classmethod
    def of(cls, programme: Programme) -> ProgrammeForm:
        """The form as sent, or filled from what is settled now."""
        target = None if programme.target is None else Decimal(programme.target)
        return cls.read(
            name=programme.name,
            release=programme.release.value,
            report_language=programme.report_language or "",
            target=target,
            shows_targets=programme.shows_targets,
            report_hours=programme.report_hours,
            return_hours=programme.return_hours,
            lockout_days=programme.lockout_days,
            capture=programme.capture.value,
            longest_minutes=programme.longest_minutes,
        )

    @property
    def settings(self) -> Settings:
        """What was entered."""
        return Settings(
            name=self.name.data or "",
            release=Release(self.release.data),
            report_language=self.report_language.data or None,
            target=self.target.data,
            shows_targets=self.shows_targets.data,
            report_hours=self.report_hours.data,
            return_hours=self.return_hours.data,
            lockout_days=self.lockout_days.data,
            capture=Capture(self.capture.data),
            longest_minutes=self.longest_minutes.data,
        )
