"""Headings that say nothing, or that nothing stands below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.article_file import MARKDOWN
from ingestion.lint.finding import Finding, Level, Place, Rule
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.manuscript import Manuscript
from ingestion.markup.links import without_comments
from knowledge_base.markdown_code import code_spans

_HEADING = re.compile(r"^ {0,3}(?P<signs>#{1,6})(?:[ \t]+(?P<text>[^\n]*?))?[ \t#]*$", re.MULTILINE)

EMPTY_HEADING = Rule(
    "empty-heading",
    Level.WARNING,
    "A heading has no words, or nothing stands below it.",
    "Write what the heading promises, or take it out.",
)


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    start: int
    end: int


class HeadingCheck:
    """Looks below each heading."""

    rules = (EMPTY_HEADING,)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the headings without text, of the file where it is Markdown, else of the body."""
        for manuscript in centre.manuscripts:
            text = _markdown(manuscript)
            headings = tuple(_headings(text))
            for number, heading in enumerate(headings):
                message = _fault(text, headings, number)
                if message and centre.is_in_force(manuscript):
                    yield Finding(EMPTY_HEADING, message, (_place(manuscript, heading),))


def _markdown(manuscript: Manuscript) -> str:
    """Return the article's Markdown, comments and front matter blanked, every offset kept."""
    if manuscript.text is None or not manuscript.path.lower().endswith(tuple(MARKDOWN)):
        return manuscript.article.body
    front = re.sub(r"[^\n]", " ", manuscript.text[: manuscript.content_start])
    return front + without_comments(manuscript.text[manuscript.content_start :])


def _headings(text: str) -> Iterator[_Heading]:
    code = code_spans(text)
    for match in _HEADING.finditer(text):
        in_code = any(start <= match.start() < end for start, end in code)
        if not in_code and (len(match["signs"]) > 1 or _is_alone(text, *match.span())):
            yield _Heading(len(match["signs"]), match["text"] or "", *match.span())


def _is_alone(text: str, start: int, end: int) -> bool:
    """Tell whether blank lines are around a line: `#` begins a comment where it is a shell's."""
    before = text[:start].rstrip(" \t").splitlines()[-1:]
    behind = text[end + 1 :].partition("\n")[0]
    return not "".join(before).strip() and not behind.strip()


def _fault(text: str, headings: tuple[_Heading, ...], number: int) -> str | None:
    heading = headings[number]
    if not heading.text:
        return "the heading has no words"
    following = headings[number + 1] if number + 1 < len(headings) else None
    end = following.start if following else len(text)
    is_title = heading.level == 1 and number == 0
    if text[heading.end : end].strip() or (following and following.level > heading.level):
        return None
    return None if is_title else f"nothing stands below {heading.text!r}"


def _place(manuscript: Manuscript, heading: _Heading) -> Place:
    if _markdown(manuscript) is manuscript.article.body:
        return manuscript.place(heading.start, heading.end)
    return manuscript.place_in_file(heading.start, heading.end)
