"""What stands in for an answer, and what is said beside one: the assistant's own few words."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from app.answer import Sentence

_ITEM_OR_ROW = re.compile(r"\s*(?:[-*+•]\s|\d+[.)]\s|\|)")


def not_covered(contact: str) -> str:
    """Return the notice of an abstention, with whom to ask instead."""
    return f"I couldn't find an answer to that in our help articles. Please contact {contact}."


def withheld(contact: str) -> str:
    """Return the notice that stands in for a draft of which nothing could be confirmed."""
    return f"I couldn't confirm an answer to that from our help articles. Please contact {contact}."


def out_of_budget(contact: str) -> str:
    """Return the notice that hands over where a budget lets no model write."""
    return f"I can't answer that myself just now. Please contact {contact}."


def only_known(sentences: Sequence[Sentence], contact: str) -> str:
    """Return what little could be confirmed, with whom to ask for the rest in a last paragraph."""
    return (
        f"{joined(sentences)}\n\nThis is all that I could confirm from our help articles. "
        f"Please contact {contact} for the rest."
    )


def which_one(key: str, values: Sequence[str]) -> str:
    """Return the question back to the customer where the answer depends on one of `values`."""
    *others, last = values
    choices = f"{', '.join(others)} or {last}" if others else last
    return f"The answer depends on the {key.replace('_', ' ')}. Which one is it: {choices}?"


def dated(sentence: Sentence) -> Sentence:
    """Return the sentence, introduced by its first day where its article isn't in force yet."""
    days = [
        citation.passage.article.valid_from
        for citation in sentence.citations
        if not citation.passage.in_force
    ]
    upcoming = [day for day in days if day is not None]
    if not upcoming:
        return sentence
    return replace(sentence, text=f"From {_written(max(upcoming))}: {sentence.text}")


def joined(sentences: Sequence[Sentence]) -> str:
    """Return the sentences as one text: prose runs on, lists and tables stand on their own lines.

    An item without its lead-in goes on with the list before it.
    """
    text = sentences[0].text if sentences else ""
    for before, after in pairwise(sentences):
        text += _gap(before.text, after.text) + after.text
    return text


def _gap(before: str, after: str) -> str:
    if not _is_block(before) and not _is_block(after):
        return " "
    return "\n" if _is_block(before) and "\n" not in after and _is_block(after) else "\n\n"


def _is_block(text: str) -> bool:
    return "\n" in text or _ITEM_OR_ROW.match(text) is not None


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
