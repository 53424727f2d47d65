"""The client's own area: released results of the own client, and nothing else."""

from shopper.portal import appearance, dashboard, editions, locations, visits
from shopper.portal.blueprint import bp

__all__ = ["appearance", "bp", "dashboard", "editions", "locations", "visits"]
