"""What an article's file says to a model, or hides from its readers."""

import re
from collections.abc import Iterator

from ingestion.lint.finding import Finding, Level, Rule
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.manuscript import Manuscript
from knowledge_base.planted.hidden_text import (
    HiddenText,
    Hiding,
    decoded_tags,
    find_hidden_text,
    without_zero_width,
)
from knowledge_base.planted.instructions import Suspicion, find_instructions

MOST_IN_FILE = 100
"""Of more instructions, or more hidden texts, in one file the first ones are told."""
MIN_COMMENT_WORDS = 8
"""Shorter comments steer tools and mark places."""

_DIRECTIVE = re.compile(
    r"\b(?:MD\d{3}|\w*lint\w*|prettier|vale|cspell)\b|^\s*[\w-]+-(?:disable|enable|ignore)\b",
    re.IGNORECASE,
)
"""What comments say to tools that check or format a file."""
_MARKUP = re.compile(r"<[^<>]*>|!?\[[^\[\]]*\]\([^()]*\)|https?://\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?=[\s<])|\n|-->|\Z")
_WORD = re.compile(r"[^\W\d_]{2,}")

INSTRUCTION = Rule(
    "instruction",
    Level.ERROR,
    "Words in an article tell a model what to do.",
    "Take them out, and find out who put them there.",
)
HIDDEN_TEXT = Rule(
    "hidden-text",
    Level.WARNING,
    "A file holds text that its page doesn't show, or shows as something else.",
    "Show it, or take it out.",
)
HIDDEN_COMMENT = Rule(
    "hidden-comment",
    Level.NOTE,
    "A comment holds sentences that readers don't see and nothing is answered from.",
    "Publish them, or keep them outside of the article.",
)


class HiddenContentCheck:
    """Searches files as they were written, and titles and bodies where there is no file."""

    rules = (INSTRUCTION, HIDDEN_TEXT, HIDDEN_COMMENT)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield instructions, hidden or not, and other hidden text."""
        for manuscript in centre.manuscripts:
            if manuscript.text is None:
                yield from _in_body(manuscript)
            else:
                yield from _in_file(manuscript, manuscript.text)


def _in_body(manuscript: Manuscript) -> Iterator[Finding]:
    if find_instructions(manuscript.article.title):
        yield Finding(INSTRUCTION, "the title speaks to a model", (manuscript.top(),))
    for found in find_instructions(manuscript.article.body)[:MOST_IN_FILE]:
        place = manuscript.place(found.start, found.end)
        yield Finding(INSTRUCTION, found.reason.value, (place,))


def _in_file(manuscript: Manuscript, text: str) -> Iterator[Finding]:
    hidden = find_hidden_text(text)[:MOST_IN_FILE]
    instructions = find_instructions(text)[:MOST_IN_FILE]
    for found in instructions:
        around = [one for one in hidden if one.start < found.end and found.start < one.end]
        inside = f", hidden in {around[0].hiding.value}" if around else ""
        place = manuscript.place_in_file(found.start, found.end, _readable(text, found))
        yield Finding(INSTRUCTION, f"{found.reason.value}{inside}", (place,))
    for one in hidden:
        if not any(one.start < found.end and found.start < one.end for found in instructions):
            yield from _hidden(manuscript, one)


def _readable(text: str, found: Suspicion) -> str:
    """Return the words that look like an instruction, up to the end of their sentence."""
    end = _SENTENCE_END.search(text, found.end)
    shown, _ = without_zero_width(decoded_tags(text[found.start : end.start() if end else None]))
    return shown


def _hidden(manuscript: Manuscript, hidden: HiddenText) -> Iterator[Finding]:
    place = manuscript.place_in_file(hidden.start, hidden.end, hidden.text)
    coded: tuple[Suspicion, ...] = find_instructions(hidden.text)
    if coded:
        message = f"{coded[0].reason.value}, hidden in {hidden.hiding.value}"
        yield Finding(INSTRUCTION, message, (place,))
    elif hidden.hiding is not Hiding.COMMENT:
        yield Finding(HIDDEN_TEXT, f"hidden in {hidden.hiding.value}", (place,))
    elif _speaks(hidden.text):
        yield Finding(HIDDEN_COMMENT, "a comment holds sentences", (place,))


def _speaks(comment: str) -> bool:
    if _DIRECTIVE.search(comment):
        return False
    return len(_WORD.findall(_MARKUP.sub(" ", comment))) >= MIN_COMMENT_WORDS
