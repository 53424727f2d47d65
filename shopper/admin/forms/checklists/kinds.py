"""One form per kind of question."""

from __future__ import annotations

from evaluations.document.tree import Kind
from shopper.admin.forms.checklists.choice import SeveralChoicesForm, SingleChoiceForm
from shopper.admin.forms.checklists.measured import DurationForm, MoneyForm, NumberForm
from shopper.admin.forms.checklists.moments import DateForm, PlaceForm, SignatureForm, TimeForm
from shopper.admin.forms.checklists.question import (
    InstructionForm,
    NarrativeForm,
    PhotoForm,
    QuestionForm,
    RatingForm,
    ShortTextForm,
    YesNoForm,
)

FORMS: dict[Kind, type[QuestionForm]] = {
    form.kind: form
    for form in (
        YesNoForm,
        SingleChoiceForm,
        SeveralChoicesForm,
        RatingForm,
        NumberForm,
        MoneyForm,
        DurationForm,
        DateForm,
        TimeForm,
        ShortTextForm,
        NarrativeForm,
        PhotoForm,
        SignatureForm,
        PlaceForm,
        InstructionForm,
    )
}
