"""The customer's journey that a checklist looks at: what it stops at, what weighs how much, what it leaves out."""

from evaluations.designing.journeys.gaps import RULES, Gap, Rule, gaps
from evaluations.designing.journeys.mapping import JourneyMap, Stop, journey_of

__all__ = ["RULES", "Gap", "JourneyMap", "Rule", "Stop", "gaps", "journey_of"]
