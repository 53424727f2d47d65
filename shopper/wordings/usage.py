"""How far the waves are that use a version."""

from evaluations.queries.usage import WaveStage
from shopper.language import lazy

WAVE_STAGES = {
    WaveStage.TO_BEGIN: lazy("not begun yet"),
    WaveStage.UNDER_WAY: lazy("under way"),
    WaveStage.DONE: lazy("fieldwork done"),
    WaveStage.CALLED_OFF: lazy("called off"),
}
