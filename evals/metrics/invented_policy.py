"""Invented policy, the headline: a fact in an answer that no article in force supports here.

The invented-policy rate is the share of cases that fail this metric, of all that were asked;
an abstention states nothing and so invents nothing, which is why abstention is measured beside it.

Three things count as invented:

- a wording that the case lists as wrong (`must_not`), where the case knows its answer;
- a value said of a name that stands in no article (`absent`);
- a date, code or number with a unit that neither the case (`must`) holds nor an article which is in
  force on the day and isn't for others than those whom the customer names.

The articles that are looked into are the case's gold ones and those that the answer was made from;
all only where an answer names none, since in a large help centre nearly every number stands
somewhere.

What it can't see, where the case doesn't know its answer: a value that the same articles state of
another product or rule, a policy without a value in it, and what `evals.metrics.values` doesn't
read. The customer's own numbers aren't excused, but in a case about a limit, where they are hers.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from app.answer import Answer
from evals.case import Case, Kind
from evals.metrics.article_values import ArticleValues
from evals.metrics.context import found_articles
from evals.metrics.facts import forbidden_facts
from evals.metrics.score import Score
from evals.metrics.values import Value, same_value, values
from evals.wording import states
from knowledge_base.article import Article


class NoInventedPolicy:
    """Whether an answer states no policy that doesn't exist for this customer on this day."""

    name = "no_invented_policy"

    def __init__(self, articles: Iterable[Article], day: date) -> None:
        """Take all articles of the help centre, and the day of a case without its own."""
        self._articles = ArticleValues(articles)
        self._day = day

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 where nothing is invented, else 0 with what is; never not applicable."""
        wrong = dict.fromkeys(self._invented(case, answer))
        if not answer.sentences and not wrong:
            return Score.passed(self.name, right=True, reason="nothing is stated")
        return Score.passed(self.name, right=not wrong, reason="; ".join(wrong))

    def _invented(self, case: Case, answer: Answer) -> Iterator[str]:
        yield from (f"forbidden: {wording}" for wording in forbidden_facts(case, answer))
        known = tuple(_known(case))
        for sentence in answer.sentences:
            stated = values(sentence.text)
            for name in case.absent:
                if stated and states(sentence.text, name):
                    yield f"a policy for {name}, which no article has: {sentence.text}"
            for value in stated:
                if not any(same_value(value, right) for right in known):
                    yield from self._unsupported(value, case, answer, sentence.text)

    def _unsupported(
        self, value: Value, case: Case, answer: Answer, sentence: str
    ) -> Iterator[str]:
        held = self._articles.holds(
            value,
            asked=" ".join((*case.history, case.question)),
            day=case.at or self._day,
            said_with=sentence,
            among=frozenset((*found_articles(answer), *case.articles)) if answer.passages else (),
        )
        if not held:
            yield f"{value} in no article in force: {sentence}"


def _known(case: Case) -> Iterator[Value]:
    """Yield the values that the case itself calls right, or that are the customer's own."""
    for group in case.must:
        for wording in group:
            yield from values(wording)
    if case.kind is Kind.BOUNDARY:
        yield from values(case.question)
