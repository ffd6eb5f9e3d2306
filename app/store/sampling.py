"""Samples of turns: their ids are random, so those that come first are a sample that stays."""

from sqlalchemy import ColumnElement, false, true

from app.store.tables import TurnRow

_ID_PREFIX_DIGITS = 8


def is_sampled(share: float) -> ColumnElement[bool]:
    """Say of the random ids of turns which of them fall into the first `share`."""
    if share <= 0:
        return false()
    first_left_out = round(share * 16**_ID_PREFIX_DIGITS)
    if first_left_out >= 16**_ID_PREFIX_DIGITS:
        return true()
    return TurnRow.id < f"{first_left_out:0{_ID_PREFIX_DIGITS}x}"
