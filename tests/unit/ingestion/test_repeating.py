import pytest

from ingestion.repeating import interval_seconds, repeat
from knowledge_base.errors import BadInputError, CandorError, StorageError


class TestIntervalSeconds:
    @pytest.mark.parametrize(
        ("words", "seconds"), [("90s", 90), ("15m", 900), ("6h", 21_600), (" 1 d", 86_400)]
    )
    def test_reads_a_number_with_its_unit(self, words: str, seconds: int) -> None:
        assert interval_seconds(words) == seconds

    @pytest.mark.parametrize("words", ["", "15", "m", "0m", "-5m", "1.5h", "15 minutes", "5w"])
    def test_refuses_anything_else(self, words: str) -> None:
        with pytest.raises(BadInputError, match="no interval such as"):
            interval_seconds(words)


class TestRepeat:
    def test_waits_between_runs(self) -> None:
        heard: list[float | str] = []

        repeat(
            lambda: heard.append("run"),
            seconds=5,
            tell=lambda error: heard.append(str(error)),
            sleep=heard.append,
            times=iter(range(3)),
        )

        assert heard == ["run", 5, "run", 5, "run"]

    def test_tells_an_error_and_goes_on(self) -> None:
        told: list[CandorError] = []
        runs: list[int] = []

        def fail_at_first() -> None:
            runs.append(len(runs))
            if len(runs) == 1:
                raise StorageError("the disk is full")

        repeat(
            fail_at_first, seconds=5, tell=told.append, sleep=lambda _: None, times=iter(range(2))
        )

        assert [str(error) for error in told] == ["the disk is full"]
        assert runs == [0, 1]

    def test_ends_with_ctrl_c(self) -> None:
        def interrupted(_: float) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            repeat(lambda: None, seconds=5, tell=lambda _: None, sleep=interrupted)
