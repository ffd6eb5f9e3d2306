from app.answering.breaker import PAUSE_SECONDS, Breaker


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def failed(times: int, *, after: int = 3) -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(after, clock)
    for _ in range(times):
        breaker.failed()
    return breaker, clock


class TestAllows:
    def test_lets_calls_through_until_so_many_failed_in_a_row(self) -> None:
        assert failed(2)[0].allows()
        assert not failed(3)[0].allows()

    def test_lets_one_call_through_after_a_pause(self) -> None:
        breaker, clock = failed(3)

        clock.seconds = PAUSE_SECONDS

        assert [breaker.allows(), breaker.allows()] == [True, False]

    def test_lets_all_through_again_once_one_succeeded(self) -> None:
        breaker, _ = failed(3)

        breaker.succeeded()

        assert [breaker.allows(), breaker.allows()] == [True, True]

    def test_is_never_open_where_it_is_switched_off(self) -> None:
        assert failed(99, after=0)[0].allows()
