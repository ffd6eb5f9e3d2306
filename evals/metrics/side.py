"""The right side of a limit: whether a yes or no to a customer's own case is the right one.

The case says which side is right. What an answer asserts can be read where it says yes or no; one
that quotes the rule leaves the side to the customer, and of any other one it can't be known here.
"""

import re

from app.answer import Answer, Outcome, Sentence
from evals.case import Case, Side
from evals.metrics.score import Score

_SAID = re.compile(r"(?:^|(?<=[.!?:]\s)|(?<=\n))\W*(?P<side>yes|no)\s*[,.;:!–—-]", re.IGNORECASE)


class RightSide:
    """Whether an answer that says yes or no says the right one."""

    name = "right_side"

    def score(self, case: Case, answer: Answer) -> Score:
        """Return 1 for the right side; not applicable where none is asked for or asserted."""
        if case.side is None:
            return Score.not_applicable(self.name, "the case asks for no yes or no")
        if answer.outcome is not Outcome.ANSWERED:
            return Score.not_applicable(self.name, "nothing was answered")
        said = {Side(found["side"].lower()) for found in _SAID.finditer(answer.text)}
        if len(said) == 1:
            return Score.passed(
                self.name, right=said == {case.side}, reason=f"says {said.pop()}, is {case.side}"
            )
        if said:
            return Score.unscored(self.name, "the answer says yes and no")
        if all(_is_quote(sentence) for sentence in answer.sentences):
            return Score.not_applicable(self.name, "the answer quotes the rule and takes no side")
        return Score.unscored(self.name, "the answer's side can't be read without a judge")


def _is_quote(sentence: Sentence) -> bool:
    """Tell whether each line stands in a cited article: a table's head stands above its rows."""
    bodies = [_plain(citation.passage.article.body) for citation in sentence.citations]
    return all(any(_plain(line) in body for body in bodies) for line in sentence.text.split("\n"))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
