import pytest

from app.drift.spending import spent


class TestSpent:
    def test_all_looks_together_spend_no_more_than_the_rate(self) -> None:
        total = sum(spent(look, 0.01, 30) for look in range(1, 100_000))

        assert 0.0099 < total <= 0.01

    def test_the_planned_looks_spend_the_same_each(self) -> None:
        assert spent(1) == spent(30)
        assert spent(31) > spent(32)

    def test_there_is_no_look_before_the_first(self) -> None:
        with pytest.raises(ValueError, match="no look 0"):
            spent(0)
