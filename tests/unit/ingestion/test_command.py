from ingestion.commands import told
from ingestion.reindex import Reindexed
from knowledge_base.generations.pins import Pins
from knowledge_base.generations.plan import Plan


def a_run(*, published: bool = True) -> Reindexed:
    plan = Plan.model_construct()  # type: ignore[call-arg] # nothing of it is told
    return Reindexed("g2", published, 3, 9, 2, plan, 1.5)


class TestTold:
    def test_says_that_a_new_generation_serves_where_no_release_decides(self) -> None:
        assert told(a_run(), Pins()).startswith("Generation g2 serves: 3 articles")

    def test_says_last_what_a_new_generation_waits_for(self) -> None:
        pins = Pins(releases=("r1-00000001",), serving=("g1",), kept=("g1",))

        *_, last = told(a_run(), pins).splitlines()

        assert "release r1-00000001 serves g1" in last
        assert "candor release create" in last

    def test_says_so_too_where_nothing_has_changed(self) -> None:
        pins = Pins(releases=("r1-00000001",), serving=("g1",), kept=("g1",))

        assert "waits" in told(a_run(published=False), pins)

    def test_says_nothing_of_waiting_where_the_release_serves_it(self) -> None:
        pins = Pins(releases=("r2-00000002",), serving=("g2",), kept=("g1", "g2"))

        assert "waits" not in told(a_run(published=False), pins)
