"""How much of the false-alarm rate each look at the same reference may spend.

Looks at one reference aren't independent: a lucky reference makes all of them look worse. So the
looks' false-alarm rates are summed (the union bound, which holds under any dependence) and not
multiplied as an e-process would. Alpha spending: Lan & DeMets 1983, Biometrika 70:659, with equal
shares for the looks that are planned, and a tenth kept for all that come later.
"""

FALSE_ALARMS = 0.01
"""Rate of false alarms over all looks at one reference."""
PLANNED_LOOKS = 30
_KEPT_FOR_LATER = 0.1


def spent(look: int, alpha: float = FALSE_ALARMS, planned: int = PLANNED_LOOKS) -> float:
    """Return what the look with this number, from 1, may spend; all looks together spend alpha.

    Raises:
        ValueError: There is no such look.
    """
    if look < 1:
        raise ValueError(f"there is no look {look}")
    if look <= planned:
        return alpha * (1 - _KEPT_FOR_LATER) / planned
    later = look - planned
    return alpha * _KEPT_FOR_LATER / (later * (later + 1))
