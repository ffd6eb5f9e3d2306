"""Follow-ups: what the conversation left unsaid is filled in, without a model.

"And in the EU?" is nothing to search for. A question counts as a follow-up when it opens like one,
or points back ("how long does that take?") with little content of its own. It is completed from
the last stand-alone query: a scope value of the same kind is swapped, otherwise the earlier words
are carried over. A question that stands alone is left as it is.
"""

import re
from collections.abc import Sequence

from app.answer import Exchange
from app.wording import FUNCTION_WORDS, POINTERS, content_words, words
from knowledge_base.scope import Scopes

_OPENER = re.compile(
    r"^\W*(?:(?:and|but|so|or|ok(?:ay)?|then|also)\b[\s,]*)+"
    r"|^\W*(?:(?:what|how) about|what if|(?:is (?:it|that) |does (?:it|that) )?(?:the )?same)\b",
    re.IGNORECASE,
)
_QUESTION_WORDS = frozenset(
    words("how what when where which who why can could do does did is are will would should")
)
_MOST_CARRIED_WORDS = 12
_FEW, _SOME = 2, 4
"""Content words: a question with a pointer and no more than these can't stand alone."""


def completed(question: str, history: Sequence[Exchange], scopes: Scopes) -> str:
    """Return `question` as a query that stands alone, filled in from the earlier exchanges."""
    earlier = ""
    for exchange in history:
        earlier = exchange.query or _completed(exchange.question, earlier, scopes)
    return _completed(question, earlier, scopes)


def _completed(question: str, earlier: str, scopes: Scopes) -> str:
    if not earlier or not _is_follow_up(question, scopes):
        return question
    named = scopes.named_in(question)
    swapped = scopes.swapped(earlier, named)
    if named and not _own_words(question, scopes):
        return swapped if swapped != earlier else f"{earlier} {_values(named)}"
    if _asks_by_itself(question):
        return _joined(question, swapped)
    return f"{swapped} {question}"


def _is_follow_up(question: str, scopes: Scopes) -> bool:
    own = _own_words(question, scopes)
    if _OPENER.match(question):
        return len(own) <= _SOME
    if _points_back(question, own):
        return True
    return len(own) == 0 or (len(own) == 1 and not _asks_by_itself(question))


def _points_back(question: str, own: Sequence[str]) -> bool:
    """Tell whether a pointer in the question has nothing in the question itself to point at."""
    said = words(question)
    pointer = next((at for at, word in enumerate(said) if word in POINTERS), None)
    if pointer is None:
        return False
    before = sum(word not in FUNCTION_WORDS for word in said[:pointer])
    return len(own) <= _FEW or (before < _FEW and len(own) <= _SOME)


def _own_words(question: str, scopes: Scopes) -> tuple[str, ...]:
    values = {word for value in scopes.named_in(question).values() for word in words(str(value))}
    return tuple(word for word in content_words(question) if word not in values)


def _asks_by_itself(question: str) -> bool:
    """Tell whether it is a whole question: "how long does that take?", not "and rentals?"."""
    asked = words(_OPENER.sub("", question))
    return bool(asked) and asked[0] in _QUESTION_WORDS


def _joined(question: str, earlier: str) -> str:
    known = set(words(question))
    carried = [word for word in dict.fromkeys(content_words(earlier)) if word not in known]
    return " ".join((question, *carried[:_MOST_CARRIED_WORDS]))


def _values(named: dict[str, tuple[str, ...]]) -> str:
    return " ".join(value for values in named.values() for value in values)
