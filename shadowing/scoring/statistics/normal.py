"""The two distributions every interval and probability rests on: standard normal and Student's t."""

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

# As METHOD prints it.
Z80 = 0.8416

FloatArray = npt.NDArray[np.float64]

_each_cdf = np.frompyfunc(NormalDist().cdf, 1, 1)


def cumulative(values: npt.ArrayLike) -> FloatArray:
    """Φ of every value; same shape as `values`."""
    return np.asarray(_each_cdf(np.asarray(values, dtype=float)), dtype=float)


def density(values: npt.ArrayLike) -> FloatArray:
    """φ of every value; same shape as `values`."""
    return np.asarray(np.exp(-0.5 * np.square(values)) / math.sqrt(2 * math.pi), dtype=float)


def t90(degrees: int) -> float:
    """The t with 90 % of Student's distribution within ±t. Raises ValueError below one degree."""
    if degrees < 1:
        raise ValueError("Student's t needs at least one degree of freedom")
    if degrees > 200:
        exact = NormalDist().inv_cdf(0.95)
        return exact + (exact**3 + exact) / (4 * degrees)
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _mass_within(middle, degrees) < 0.90 else (low, middle)
    return low


def _mass_within(t: float, degrees: int) -> float:
    """P(|T| < t), by the finite series that whole degrees of freedom allow."""
    theta = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(theta), math.cos(theta)
    odd = degrees % 2 == 1
    if degrees == 1:
        return 2 * theta / math.pi
    term = total = cosine if odd else 1.0
    for step in range(3 if odd else 2, degrees - 1, 2):
        term *= (step - 1) / step * cosine * cosine
        total += term
    return 2 / math.pi * (theta + sine * total) if odd else sine * total
