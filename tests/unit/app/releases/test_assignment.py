from collections import Counter
from hashlib import sha256

import pytest

from app.releases.assignment import Assignment, drawn
from app.releases.pointer import Arm, Serving
from app.statistics import rate

OLD, NEW = "r1-00000001", "r2-00000002"


def a_serving(share: float) -> Serving:
    return Serving(arms=(Arm(release=OLD, weight=1 - share), Arm(release=NEW, weight=share)))


def conversations(count: int) -> list[str]:
    return [sha256(str(number).encode()).hexdigest()[:32] for number in range(count)]


class TestDrawn:
    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
    def test_gives_each_release_its_share(self, share: float) -> None:
        counts = Counter(drawn(a_serving(share), one) for one in conversations(5_000))

        found = rate(counts[NEW], 5_000)
        assert found.low <= share <= found.high

    def test_gives_a_conversation_the_same_release_always(self) -> None:
        first = [drawn(a_serving(0.5), one) for one in conversations(100)]

        assert first == [drawn(a_serving(0.5), one) for one in conversations(100)]

    def test_gives_nothing_where_no_release_decides(self) -> None:
        assert drawn(Serving(), "c" * 32) is None


class TestAssignment:
    @pytest.mark.parametrize("release", [OLD, NEW])
    def test_keeps_the_release_of_a_conversation_that_goes_on(self, release: str) -> None:
        assignment = Assignment(lambda: a_serving(0.5))

        kept = {assignment.release_of(one, release) for one in conversations(50)}

        assert kept == {release}

    def test_draws_anew_where_the_release_does_not_serve_any_more(self) -> None:
        assignment = Assignment(lambda: Serving(arms=(Arm(release=OLD, weight=1),)))

        assert assignment.release_of("c" * 32, NEW) == OLD
        assert assignment.release_of("c" * 32, "unreleased-00000000") == OLD
