"""The customer: greets or doesn't, says what it is about, and types as people do."""

import random
import re

from evals.generators.asking import Asking

_OPENERS = ("", "", "", "Hi, ", "Hello, ", "Hey, ", "Hi there. ", "Quick question: ")
_CLOSERS = ("", "", "", "", " Thanks!", " Thank you.", " Thanks in advance.")
_FORMAL = (
    "Dear team, I would be grateful for your help. {} Kind regards",
    "Good morning, could you please help me with the following? {} Many thanks in advance.",
    "To whom it may concern: {} I look forward to your reply.",
)
_CHATTY = ("hey!! {} cheers", "hiya, {} ta", "ok so {} thx", "sorry to bother you but {} thank u")
_LONG_WORD = re.compile(r"\b[a-z]{6,}\b")
_FIRST_PERSON = re.compile(r"I\b")


def ask(asking: Asking, chance: random.Random, *, wording: int = 0) -> str:
    """Return a question for the fact, with what it is about and perhaps a greeting."""
    question = asking.wordings[wording % len(asking.wordings)]
    return greeted(with_context(question, asking, chance), chance)


def with_context(question: str, asking: Asking, chance: random.Random) -> str:
    """Return the question behind a sentence that says what it is about, where there is one."""
    if not asking.contexts:
        return question
    context = chance.choice(asking.contexts)
    if context.endswith(":"):
        return f"{context} {question[:1].lower()}{question[1:]}"
    return f"{context} {question}"


def greeted(question: str, chance: random.Random) -> str:
    """Return the question with a greeting or thanks, or as it is."""
    opener, closer = chance.choice(_OPENERS), chance.choice(_CLOSERS)
    if opener.endswith(": ") and "question" in question[:12].lower():
        opener = ""
    if opener.endswith(", ") and not _FIRST_PERSON.match(question):
        question = question[:1].lower() + question[1:]
    return f"{opener}{question}{closer}"


def formal(question: str, chance: random.Random) -> str:
    """Return the question as a letter asks it."""
    return chance.choice(_FORMAL).format(question)


def chatty(question: str, chance: random.Random) -> str:
    """Return the question as a chat asks it: small letters, no full stop."""
    return chance.choice(_CHATTY).format(question.lower().rstrip("?."))


def mistyped(question: str, chance: random.Random) -> str:
    """Return the question with two letters swapped in up to two long words.

    Numbers and words with a capital letter stay as they are.
    """
    words = [found.span() for found in _LONG_WORD.finditer(question)]
    for start, end in chance.sample(words, min(2, len(words))):
        at = chance.randrange(start + 1, end - 2)
        question = f"{question[:at]}{question[at + 1]}{question[at]}{question[at + 2 :]}"
    return question
