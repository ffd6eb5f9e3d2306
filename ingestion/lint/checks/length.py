"""Articles and sections that are too long to cite well."""

from collections.abc import Iterator
from itertools import pairwise

from ingestion.lint.finding import Finding, Level, Rule
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.manuscript import Manuscript
from knowledge_base.lines import LineKind, read_lines

MAX_ARTICLE_WORDS = 2500
MAX_SECTION_WORDS = 800

LONG_ARTICLE = Rule(
    "long-article",
    Level.NOTE,
    f"An article has more than {MAX_ARTICLE_WORDS} words, or {MAX_SECTION_WORDS} without a "
    "heading between them: it is hard to find and to cite.",
    "Make an article of each subject, or give each part its heading.",
)


class LengthCheck:
    """Counts words."""

    rules = (LONG_ARTICLE,)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the articles in force that are too long, else their longest section that is."""
        for manuscript in centre.manuscripts:
            may_be_long = len(manuscript.article.body.split()) > MAX_SECTION_WORDS
            if may_be_long and centre.is_in_force(manuscript):
                yield from _judge(manuscript)


def _judge(manuscript: Manuscript) -> Iterator[Finding]:
    words = _words(manuscript.article.body)
    if words > MAX_ARTICLE_WORDS:
        yield Finding(LONG_ARTICLE, f"the article has {words} words", (manuscript.top(),))
        return
    words, start, end = max(_sections(manuscript))
    if words > MAX_SECTION_WORDS:
        message = f"{words} words stand below one heading"
        yield Finding(LONG_ARTICLE, message, (manuscript.place(start, end),))


def _sections(manuscript: Manuscript) -> Iterator[tuple[int, int, int]]:
    """Yield the number of words of each section, with the place of its first line."""
    body = manuscript.article.body
    starts = (0, *(start for start, _ in manuscript.headings), len(body))
    for start, end in pairwise(starts):
        line_end = body.find("\n", start)
        yield _words(body[start:end]), start, line_end if line_end >= 0 else len(body)


def _words(text: str) -> int:
    """Return the number of words outside of code, which is shown rather than cited."""
    lines = (line for line in read_lines(text) if line.kind is not LineKind.CODE)
    return sum(len(text[line.content : line.end].split()) for line in lines)
