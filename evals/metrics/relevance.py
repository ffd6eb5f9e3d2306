"""Answer relevance: how much of what a question asks about its answer speaks of.

The question's content words are weighed by how rare they are in the help centre (the logarithm of
its articles over those with the word: Spärck Jones 1972), and count where a form of them stands in
the answer, or in the title or headings that it cites.
It sees words only: an answer in other words than the question's is worth less than it should be,
and one that repeats the question without answering it is worth more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from math import log

from app.answer import Answer
from evals.case import Case
from evals.metrics.score import Score
from evals.wording import content_words, same_word
from knowledge_base.article import Article

_SHOWN_WORDS = 5


class AnswerRelevance:
    """The weighed share of a question's words that its answer takes up."""

    name = "answer_relevance"

    def __init__(self, articles: Iterable[Article]) -> None:
        """Take all articles of the help centre, which say how rare a word is."""
        self._articles = tuple(articles)

    def score(self, case: Case, answer: Answer) -> Score:
        """Return the share; not applicable without a sentence, or a word to look for."""
        if not answer.sentences:
            return Score.not_applicable(self.name, "no sentence was released")
        weights = {word: self._weight(word) for word in content_words(case.question)}
        if not (total := sum(weights.values())):
            return Score.not_applicable(self.name, "the question has no word to look for")
        said = frozenset(content_words(" ".join(_said(answer))))
        missed = [w for w in weights if w not in said and not any(same_word(w, o) for o in said)]
        value = 1 - sum(weights[word] for word in missed) / total
        rarest = sorted(missed, key=lambda word: -weights[word])[:_SHOWN_WORDS]
        return Score.measured(self.name, value, f"not taken up: {', '.join(rarest) or 'nothing'}")

    @cached_property
    def _articles_with(self) -> Mapping[str, int]:
        return Counter(
            word
            for article in self._articles
            for word in frozenset(content_words(f"{article.title} {article.body}"))
        )

    def _weight(self, word: str) -> float:
        return log((1 + len(self._articles)) / (1 + self._articles_with.get(word, 0)))


def _said(answer: Answer) -> Iterator[str]:
    for sentence in answer.sentences:
        yield sentence.text
        for citation in sentence.citations:
            yield citation.passage.article.title
            yield from citation.passage.chunk.heading_path
