"""The form that asks for many results in one file."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from evaluations.models import Area, ExportKind
from evaluations.queries.results import WaveResult
from evaluations.reporting.exporting import Wanted
from shopper.forms import Form
from shopper.language import LANGUAGES, NAMES, lazy
from shopper.language import gettext as _
from shopper.wordings.exporting import KINDS

OFFERED = (ExportKind.ARCHIVE, ExportKind.WORKBOOK, ExportKind.CSV)


class AskForm(Form):
    """What kind of file, of which wave and area, and in which language."""

    kind = RadioField(
        lazy("What do you need?"),
        choices=[SelectChoice(kind.value, KINDS[kind]) for kind in OFFERED],
        default="archive",
    )
    wave = SelectField(lazy("Wave"), choices=[])
    area = SelectField(lazy("Area"), choices=[])
    language = SelectField(lazy("Language"), choices=[SelectChoice(code, NAMES[code]) for code in LANGUAGES])

    def offer(self, waves: tuple[WaveResult, ...], tree: tuple[tuple[Area, int], ...]) -> None:
        """Offer these waves and areas."""
        self.waves = {wave.wave_id: f"{wave.programme} · {wave.wave}" for wave in waves}
        self.areas = {area.id: area.name for area, _depth in tree}
        self.wave.choices = [
            SelectChoice("", _("All waves")),
            *(SelectChoice(str(key), name) for key, name in self.waves.items()),
        ]
        self.area.choices = [
            SelectChoice("", _("All areas")),
            *(SelectChoice(str(area.id), "\u00a0\u00a0" * depth + area.name) for area, depth in tree),
        ]

    def kind_and_wanted(self) -> tuple[ExportKind, Wanted]:
        """What was chosen."""
        return ExportKind(self.kind.data), Wanted(
            language=self.language.data, wave=_id(self.wave.data), area=_id(self.area.data)
        )

    def names_of(self, wanted: Wanted) -> tuple[str, ...]:
        """The names of what was narrowed to, as far as the reader still knows them."""
        return tuple(self._names_of(wanted))

    def _names_of(self, wanted: Wanted) -> Iterator[str]:
        if wanted.wave is not None:
            yield self.waves.get(wanted.wave, "–")
        if wanted.area is not None:
            yield self.areas.get(wanted.area, "–")


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
