"""Faithfulness: the share of released sentences whose words and numbers the cited spans hold.

A sentence is held when each of its numbers stands in the spans that it cites, with the same
unit where it has one, and when enough of its content words stand there too.
This check is written apart from the assistant's gate, which it measures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answer import Answer, Sentence
from evals.case import Case
from evals.metrics.score import Score
from evals.wording import STOP_WORDS, content_words, normalise, same_word

HELD_WORDS = 0.75  # set before the first run: one content word in four may be the writer's own
_UNIT_REACH = 3  # words after a number in which its unit may stand: "5 full business days"
_BREAK = "."
_TOKEN = re.compile(r"[.;:!?](?=\s|$)|[$€£]|%|\d+(?:[.:/-]\d+)*|[^\W\d_]+")
_SMALL_NUMBERS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
    """.split()  # noqa: SIM905 - a list of words reads as words
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_SMALL_NUMBERS, start=2)} | _TENS
_CURRENCY_NAMES = {"$": "usd", "€": "eur", "£": "gbp"} | {
    "dollar": "usd",
    "euro": "eur",
    "pound": "gbp",
}
_CANONICAL = _NUMBER_WORDS | _CURRENCY_NAMES | {"percent": "%"}
_CURRENCIES = frozenset(_CURRENCY_NAMES.values())
_MEASURES = _CURRENCIES | frozenset(
    """
    % day night week month year hour minute km mile kg g cm mm litre
    """.split()  # noqa: SIM905 - as above
)


@dataclass(frozen=True, slots=True)
class _Number:
    value: str
    units: tuple[str, ...]
    """Words near the number that may be its unit, nearest first."""

    @property
    def measure(self) -> str | None:
        """The unit of measure among them, where there is one."""
        return next((unit for unit in self.units if unit in _MEASURES), None)


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
    spans = _cited_words(sentence)
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


def _cited_words(sentence: Sentence) -> str:
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
    return f" {_BREAK} ".join((*quotes, *written_days))


def _unheld_numbers(sentence: str, spans: str) -> tuple[str, ...]:
    held = _numbers(spans)
    return tuple(
        " ".join((number.value, *number.units[:1]))
        for number in _numbers(sentence)
        if not any(_same_number(number, other) for other in held)
    )


def _same_number(number: _Number, other: _Number) -> bool:
    if number.value != other.value:
        return False
    if not number.units or not other.units:
        return True
    if number.measure and other.measure:
        return number.measure == other.measure
    return any(same_word(left, right) for left in number.units for right in other.units)


def _numbers(text: str) -> tuple[_Number, ...]:
    tokens = [_token(token) for token in _TOKEN.findall(normalise(text))]
    return tuple(
        _Number(token, _units(tokens, place))
        for place, token in enumerate(tokens)
        if token[0].isdigit()
    )


def _token(word: str) -> str:
    singular = word.removesuffix("s")
    if word in ";:!?":
        return _BREAK
    if known := _CANONICAL.get(word) or _CANONICAL.get(singular):
        return known
    return singular if singular in _MEASURES else word


def _units(tokens: Sequence[str], place: int) -> tuple[str, ...]:
    after: list[str] = []
    for token in tokens[place + 1 : place + 1 + _UNIT_REACH]:
        if token == _BREAK or token[0].isdigit() or token in STOP_WORDS:
            break
        after.append(token)
    before = tokens[place - 1] if place else ""
    return tuple(after) if before not in _CURRENCIES or after[:1] == ["%"] else (before,)
