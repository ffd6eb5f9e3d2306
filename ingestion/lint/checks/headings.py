"""Headings that say nothing, or that nothing stands below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.article_file import MARKDOWN
from ingestion.lint.finding import Finding, Level, Place, Rule
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.manuscript import Manuscript
from ingestion.markup.links import without_comments
from knowledge_base.planted.markdown_code import CodeSpans

_HEADING = re.compile(r"^ {0,3}(?P<signs>#{1,6})(?P<text>[ \t].*)?$", re.MULTILINE)

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
    if manuscript.text is None or not _is_markdown(manuscript):
        return manuscript.article.body
    front = re.sub(r"[^\n]", " ", manuscript.text[: manuscript.content_start])
    return front + without_comments(manuscript.text[manuscript.content_start :])


def _headings(text: str) -> Iterator[_Heading]:
    code = CodeSpans(text)
    for match in _HEADING.finditer(text):
        if match.start() not in code and (
            len(match["signs"]) > 1 or _is_alone(text, *match.span())
        ):
            text_of = (match["text"] or "").strip("# \t")
            yield _Heading(len(match["signs"]), text_of, *match.span())


def _is_alone(text: str, start: int, end: int) -> bool:
    """Tell whether blank lines are around a line: `#` begins a comment where it is a shell's."""
    before = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    behind = text[end + 1 : text.find("\n", end + 1)] if text.find("\n", end + 1) > 0 else ""
    return not before.strip() and not behind.strip()


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
    if _is_markdown(manuscript):
        return manuscript.place_in_file(heading.start, heading.end)
    return manuscript.place(heading.start, heading.end)


def _is_markdown(manuscript: Manuscript) -> bool:
    return manuscript.text is not None and manuscript.path.lower().endswith(tuple(MARKDOWN))
