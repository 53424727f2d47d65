"""One moment of contact: its name, where it stands in the journey, and what it weighs."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField

from evaluations.designing.depending import before_touchpoint
from evaluations.document.tree import Channel, Document, Phase, Stage, Touchpoint
from shopper.admin.forms.checklists.conditions import ConditionalForm
from shopper.admin.forms.checklists.fields import NumberField, WordingField, named
from shopper.forms import Form
from shopper.language import lazy
from shopper.wordings.designing import CHANNELS, PHASES, STAGES


class NewTouchpointForm(Form):
    """A name and a phase: the rest has sensible values."""

    name = WordingField(
        lazy("Name"), longest=200, needed=lazy("Name the touchpoint in at least one language.")
    )
    phase = SelectField(lazy("Phase"), choices=named(PHASES), default=Phase.DURING.value)


class TouchpointForm(ConditionalForm):
    """Everything about a touchpoint but its questions."""

    name = WordingField(
        lazy("Name"), longest=200, needed=lazy("Name the touchpoint in at least one language.")
    )
    guidance = WordingField(lazy("Guidance to the shopper"))
    phase = SelectField(lazy("Phase"), choices=named(PHASES))
    stage = SelectField(lazy("Stage"), choices=named(STAGES))
    channel = SelectField(lazy("Channel"), choices=named(CHANNELS))
    weight = NumberField(lazy("Weight"))
    target = NumberField(lazy("Target, in percent"), highest=100, needed=False)

    @classmethod
    def of(cls, touchpoint: Touchpoint, *, sent: bool, formdata: Any = None) -> TouchpointForm:
        """The form as sent (`formdata` in place of the request's), or filled from `touchpoint` when another was."""
        values = {name: getattr(touchpoint, name) for name in Touchpoint.model_fields}
        values |= {name: values[name].value for name in ("phase", "stage", "channel")}
        values |= cls.filled(touchpoint)
        if formdata is not None:
            return cls(formdata=formdata, **values)
        return cls(**values) if sent else cls(formdata=None, **values)

    def look_back(self, document: Document, touchpoint: Touchpoint) -> None:
        """Offer the questions of `document` that stand before `touchpoint`."""
        self.look(document, before_touchpoint(document, touchpoint.key), touchpoint.show_if)

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return {
            "name": self.name.data,
            "guidance": self.guidance.data,
            "phase": Phase(self.phase.data),
            "stage": Stage(self.stage.data),
            "channel": Channel(self.channel.data),
            "weight": self.weight.data,
            "target": self.target.data,
            "show_if": self.condition(),
        }
