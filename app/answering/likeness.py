"""When two questions ask the same, so that the answer to one may be tried for the other.

Nearly the same is not the same: "before" for "after", "Summit" for "Basecamp", "from A to B" for
"from B to A" are close in any embedding. So nothing but what carries no meaning may differ:
politeness, articles, the forms of "to do" and "to be", a plural ending, spelling of case.
"""

import re

from app.answer import Question
from app.wording import words

_EMPTY = frozenset(
    words(
        """
        a an and are be do does hello hey hi is just kindly let me my okay our please so thank
        thanks the there we you your
        """
    )
)
_OPENING = re.compile(
    r"^\W*(?:hello|hi|hey|thanks|please)?\W*(?:(?:can|could|would) you (?:please )?tell me\b"
    r"|i(?:'d| would) like to know\b|i want to know\b)",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<!s)(?<!u)(?<!i)s$")


def asks_the_same(one: Question, other: Question) -> bool:
    """Say whether two questions differ in nothing that could change the answer.

    Only questions that stand alone are compared: what a conversation adds isn't in their words.
    """
    return (
        one.at == other.at
        and dict(one.scope) == dict(other.scope)
        and _stands_alone(one)
        and _stands_alone(other)
        and gist(one.text) == gist(other.text)
    )


def gist(text: str) -> tuple[str, ...]:
    """Return the words of a question that carry meaning, in order, plural endings cut."""
    said = words(_OPENING.sub("", text.replace("’", "'")))
    return tuple(_PLURAL.sub("", word) for word in said if word not in _EMPTY)


def _stands_alone(question: Question) -> bool:
    return question.query == question.text
