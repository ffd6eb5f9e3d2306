"""What the customer has read already isn't said a second time."""

from collections.abc import Sequence

from app.answer import Citation, Sentence
from app.grounding.quote import quote
from app.grounding.verbatim import is_near_verbatim


def is_told(sentence: Sentence, shown: Sequence[Sentence]) -> bool:
    """Say whether an earlier sentence shows the words that this one rests on, or says the same."""
    main = sentence.citations[0]
    return any(
        earlier.text == sentence.text
        or any(_holds(one, main) and _shows(earlier, one) for one in earlier.citations)
        for earlier in shown
    )


def without_repeated_lead_in(sentence: Sentence, shown: Sequence[Sentence]) -> Sentence:
    """Return a quote without its lead-ins where the sentence before it had the same ones."""
    main, *lead_ins = sentence.citations
    repeats = shown and lead_ins and tuple(lead_ins) == shown[-1].citations[1:]
    if repeats and sentence.text == quote(main.passage, main.start, main.end).text:
        return Sentence(main.quote, sentence.citations)
    return sentence


def _holds(one: Citation, other: Citation) -> bool:
    same = one.passage.article.id == other.passage.article.id
    return same and one.start <= other.start and other.end <= one.end


def _shows(sentence: Sentence, cited: Citation) -> bool:
    return cited.quote in sentence.text or is_near_verbatim(sentence.text, cited.quote)
