import pytest

from knowledge_base.retry_after import asked_wait_seconds

NOON = "Sat, 28 Nov 2026 12:00:00 GMT"


class TestAskedWaitSeconds:
    @pytest.mark.parametrize(
        ("asked", "seconds"),
        [
            ("3", 3.0),
            ("0.7", 0.7),
            ("Sat, 28 Nov 2026 12:00:30 GMT", 30.0),
            ("Sat, 28 Nov 2026 12:00:30 -0000", 30.0),
            ("Sat, 28 Nov 2026 11:00:00 GMT", 0.0),
        ],
    )
    def test_reads_seconds_and_a_date_by_the_clock_of_the_server(
        self, asked: str, seconds: float
    ) -> None:
        assert asked_wait_seconds({"retry-after": asked, "date": NOON}) == seconds

    def test_reads_a_date_by_its_own_clock_where_the_server_tells_none(self) -> None:
        asked = {"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"}

        assert asked_wait_seconds(asked) > 1e9

    @pytest.mark.parametrize("asked", ["", "soon", "-3", "inf", "nan"])
    def test_is_nothing_where_nothing_can_be_read(self, asked: str) -> None:
        assert asked_wait_seconds({"retry-after": asked, "date": NOON}) == 0.0
