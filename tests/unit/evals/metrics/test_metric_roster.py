from evals.metrics.roster import METRICS, metrics_over
from tests.eval_builders import SUITE_DAY


class TestMetricsOver:
    def test_puts_the_headline_first_and_repeats_no_name(self) -> None:
        names = [metric.name for metric in metrics_over((), SUITE_DAY)]

        assert names[0] == "no_invented_policy"
        assert len(names) == len(set(names))
        assert {metric.name for metric in METRICS} < set(names)
