"""Faithfulness: the share of released sentences whose words and numbers the cited spans hold.

A sentence is held when each of its numbers stands in the spans that it cites, with the same
unit where it has one, and when enough of its content words stand there too.
This check is written apart from the assistant's gate, which it measures.
"""

from app.answer import Answer, Sentence
from evals.case import Case
from evals.metrics.numbers import BREAK, numbers, same_number
from evals.metrics.score import Score
from evals.wording import content_words, same_word

HELD_WORDS = 0.75  # set before the first run: one content word in four may be the writer's own


class Faithfulness:
    """The share of an answer's sentences that their cited spans hold."""

    name = "faithfulness"

    def score(self, case: Case, answer: Answer) -> Score:  # noqa: ARG002 - the port's signature
        """Return the share; not applicable where no sentence was released."""
        if not answer.sentences:
            return Score.not_applicable(self.name, "no sentence was released")
        flaws = [flaw for flaw in map(unfaithful, answer.sentences) if flaw]
        held = len(answer.sentences) - len(flaws)
        return Score.counted(self.name, held, len(answer.sentences), "; ".join(flaws))


def unfaithful(sentence: Sentence) -> str | None:
    """Return what the cited spans don't hold of a sentence, or None when they hold it."""
    if not sentence.citations:
        return f"no citation: {sentence.text}"
    spans = cited_words(sentence)
    if invented := _unheld_numbers(sentence.text, spans):
        return f"numbers {', '.join(invented)} not in the cited words: {sentence.text}"
    share = held_words(sentence.text, spans)
    if share < HELD_WORDS:
        return f"{share:.0%} of the words in the cited ones: {sentence.text}"
    return None


def held_words(sentence: str, spans: str) -> float:
    """Return the share of a sentence's content words that stand in the spans; 1 without any."""
    words = content_words(sentence)
    if not words:
        return 1.0
    held = set(content_words(spans))
    kept = [word for word in words if word in held or any(same_word(word, o) for o in held)]
    return len(kept) / len(words)


def cited_words(sentence: Sentence) -> str:
    """Return the cited spans, and the first day that a rule which isn't in force yet is said with.

    That day stands in the article's front matter, outside its body and so outside every span.
    """
    quotes = [citation.quote for citation in sentence.citations]
    first_days = [
        citation.passage.article.valid_from
        for citation in sentence.citations
        if not citation.passage.in_force
    ]
    written_days = [f"{day.day} {day:%B %Y}" for day in first_days if day]
    return f" {BREAK} ".join((*quotes, *written_days))


def _unheld_numbers(sentence: str, spans: str) -> tuple[str, ...]:
    held = numbers(spans)
    return tuple(
        " ".join((number.value, *number.units[:1]))
        for number in numbers(sentence)
        if not any(same_number(number, other) for other in held)
    )
