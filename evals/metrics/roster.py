"""The metrics that every run reports, whether a judge is set or not.

Latency and cost aren't among them: a result has them as they were measured, in their own units.
Each value is better the higher it is; the invented-policy rate, say, is what `no_invented_policy`
lacks to 1.
"""

from collections.abc import Collection
from datetime import date

from evals.metrics.abstention import AbstentionPrecision, AbstentionRecall, NoFalseRefusal
from evals.metrics.citation_quality import CitationPrecision, CitationRecall
from evals.metrics.citations import GoldCited, GoldRetrieved
from evals.metrics.context import ContextPrecision, ContextRecall, RetrievedNdcg
from evals.metrics.facts import AllFacts, FactsStated, NoForbiddenFact
from evals.metrics.faithfulness import Faithfulness
from evals.metrics.invented_policy import NoInventedPolicy
from evals.metrics.outcome import Abstained, ExpectedOutcome, NoFalseAbstention, Passed
from evals.metrics.relevance import AnswerRelevance
from evals.metrics.score import Metric
from evals.metrics.side import RightSide
from evals.metrics.wrong_scope import NoWrongScope
from knowledge_base.article import Article

METRICS: tuple[Metric, ...] = (
    Passed(),
    AllFacts(),
    FactsStated(),
    NoForbiddenFact(),
    NoWrongScope(),
    RightSide(),
    ExpectedOutcome(),
    Abstained(),
    AbstentionPrecision(),
    AbstentionRecall(),
    NoFalseAbstention(),
    NoFalseRefusal(),
    GoldCited(),
    CitationPrecision(),
    CitationRecall(),
    GoldRetrieved(k=1),
    GoldRetrieved(k=5),
    RetrievedNdcg(k=5),
    ContextPrecision(),
    ContextRecall(),
    Faithfulness(),
)
"""What needs the case and its answer alone."""


def metrics_over(articles: Collection[Article], day: date) -> tuple[Metric, ...]:
    """Return all metrics of a run, the headline first.

    Args:
        articles: Every article of the help centre that is asked about, in force or not.
        day: The day that a case without its own is asked as of.
    """
    return (NoInventedPolicy(articles, day), *METRICS, AnswerRelevance(articles))
