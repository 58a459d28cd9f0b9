"""How sure is a share of so many cases?"""

from math import sqrt

from summitry.model import Rate

__all__ = ["rate"]

_Z = 1.959963984540054
"""The normal distribution's 97.5 % point."""


def rate(yes: int, n: int) -> Rate:
    """A share with its Wilson score interval of 95 % (E. B. Wilson, JASA 22, 1927).

    Args:
        yes: Cases that came true, at most n.
        n: All cases; with none the interval is all of [0, 1].

    >>> made = rate(8, 10)
    >>> round(made.low, 3), round(made.high, 3)
    (0.49, 0.943)
    """
    if n == 0:
        return Rate(0, 0, 0.0, 1.0)
    p, z2 = yes / n, _Z * _Z
    centre = p + z2 / (2 * n)
    spread = _Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = ((centre + s * spread) / (1 + z2 / n) for s in (-1, 1))
    return Rate(yes, n, max(0.0, low), min(1.0, high))
