"""Small talk: greetings and thanks get a friendly word, not a search."""

from dataclasses import dataclass
from typing import ClassVar

from app.answer import Outcome
from app.guardrails.guardrail import ALLOW, Action, Decision
from app.wording import words

_GREETINGS = frozenset(
    words("hi hello hey hiya howdy greetings morning afternoon evening good day yo")
)
_THANKS = frozenset(words("thanks thank thx ty cheers appreciated appreciate grateful"))
_FAREWELLS = frozenset(words("bye goodbye ciao farewell later"))
_FILLERS = frozenset(
    words(
        """
    a again all and answer answered are awesome brilliant cleared doing done everyone fixed folks
    for got great have help helped helpful helping how i it it's lot lots lovely me much my nice
    now ok okay perfect question questions really see so solved sorted super team that that's the
    there this to today up very was way weekend well wonderful worked works you your
    """
    )
)


@dataclass(frozen=True, slots=True)
class SmallTalkGuardrail:
    """Answers a message that is nothing but a greeting, thanks or a goodbye."""

    name: ClassVar[str] = "small_talk"

    def check(self, question: str) -> Decision:
        """Return a friendly reply where no word of the message asks anything."""
        said = frozenset(words(question))
        if not said <= _GREETINGS | _THANKS | _FAREWELLS | _FILLERS:
            return ALLOW
        for kind, reply in _REPLIES:
            if said & kind:
                return Decision(
                    Action.REPLY, reason="small talk", outcome=Outcome.ANSWERED, text=reply
                )
        return ALLOW


_REPLIES = (
    (_THANKS, "You're welcome! If anything else comes up, just ask."),
    (_FAREWELLS, "Goodbye, and come back whenever you have a question."),
    (_GREETINGS, "Hello! Ask me anything that our help articles may cover."),
)
