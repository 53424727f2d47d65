"""Quantiles of the normal and of Student's t distribution, exact and without any library.

Pages show intervals, and the web process does not load scipy. For whole degrees of freedom the
distribution of t is a finite sum (Abramowitz and Stegun, Handbook of Mathematical Functions,
26.7.3 and 26.7.4), so its quantile is found to the last digits by a few steps of Newton's rule.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
"""1.95996..., the normal quantile of every interval here."""
NEAR_ENOUGH = 1e-14


@lru_cache(maxsize=4096)
def two_sided(degrees: int, confidence: float = CONFIDENCE) -> float:
    """The t that |T| stays below with this probability; `degrees` of freedom are whole and at least 1."""
    if degrees < 1 or not 0 < confidence < 1:
        raise ValueError("at least one degree of freedom, and a probability between 0 and 1")
    t = _first_guess(degrees, confidence)
    for _step in range(100):
        change = (within(t, degrees) - confidence) / (2 * density(t, degrees))
        # The distribution is concave to the right of 0, where a step too far would leave it.
        t = t - change if change < t else t / 2
        if abs(change) <= NEAR_ENOUGH * t:
            break
    return t


def within(t: float, degrees: int) -> float:
    """The probability that |T| is at most `t`."""
    angle = math.atan2(t, math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    if degrees == 1:
        return 2 * angle / math.pi
    is_odd = degrees % 2 == 1
    term = cosine if is_odd else 1.0
    terms = [term]
    for factor in range(3 if is_odd else 2, degrees - 1, 2):
        term *= cosine * cosine * (factor - 1) / factor
        terms.append(term)
    total = sine * math.fsum(terms)
    return 2 / math.pi * (angle + total) if is_odd else total


def density(t: float, degrees: int) -> float:
    """The density of T at `t`."""
    height = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2) - 0.5 * math.log(degrees * math.pi)
    return math.exp(height - (degrees + 1) / 2 * math.log1p(t * t / degrees))


def _first_guess(degrees: int, confidence: float) -> float:
    if degrees == 1:
        return math.tan(math.pi * confidence / 2)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    return z + (z**3 + z) / (4 * degrees)
