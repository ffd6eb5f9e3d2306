"""Whether a cited span holds what the sentence before it says.

Precision asks it of every citation (after ALCE: Gao et al. 2023, arXiv:2305.14627): one counts if
the sentence falls without it, if it holds the sentence alone, or if the sentence has its words as
they are, as a list has each of its items'. Whether a span holds a sentence is decided as in
faithfulness, by words and numbers.
Recall asks it of the facts that the case knows: of those that the answer states, how many stand in
the words that their own sentence cites.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.answer import Answer, Sentence
from evals.case import Case
from evals.metrics.faithfulness import cited_words, unfaithful
from evals.metrics.score import Score
from evals.wording import normalise, states


class CitationPrecision:
    """The share of citations that their sentence needs or rests on."""

    name = "citation_precision"

    def score(self, case: Case, answer: Answer) -> Score:  # noqa: ARG002 - the port's signature
        """Return the share; not applicable where nothing is cited."""
        carrying = [flag for one in answer.sentences for flag in carrying_citations(one)]
        if not carrying:
            return Score.not_applicable(self.name, "nothing is cited")
        idle = len(carrying) - sum(carrying)
        reason = f"{idle} of {len(carrying)} citations carry nothing" if idle else ""
        return Score.counted(self.name, sum(carrying), len(carrying), reason)


class CitationRecall:
    """The share of the case's facts in an answer that stand in the words cited for them."""

    name = "citation_recall"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return the share; not applicable where no sentence states a fact of the case."""
        stated = [group for group in case.must if _sentences_with(group, answer)]
        if not stated:
            return Score.not_applicable(self.name, "no fact of the case is stated")
        loose = [
            group[0]
            for group in stated
            if not any(_cites(one, group) for one in _sentences_with(group, answer))
        ]
        reason = f"not in the cited words: {', '.join(loose)}" if loose else ""
        return Score.counted(self.name, len(stated) - len(loose), len(stated), reason)


def carrying_citations(sentence: Sentence) -> tuple[bool, ...]:
    """Return for each citation whether the sentence needs it, rests on it alone or repeats it."""
    if unfaithful(sentence):
        return tuple(False for _ in sentence.citations)
    said = normalise(sentence.text)
    return tuple(
        normalise(cited.quote) in said
        or not unfaithful(replace(sentence, citations=(cited,)))
        or bool(_without(sentence, place))
        for place, cited in enumerate(sentence.citations)
    )


def _without(sentence: Sentence, place: int) -> str | None:
    others = sentence.citations[:place] + sentence.citations[place + 1 :]
    return unfaithful(replace(sentence, citations=others))


def _sentences_with(group: Sequence[str], answer: Answer) -> list[Sentence]:
    return [one for one in answer.sentences if any(states(one.text, text) for text in group)]


def _cites(sentence: Sentence, group: Sequence[str]) -> bool:
    cited = cited_words(sentence)
    return any(states(cited, text) for text in group)
