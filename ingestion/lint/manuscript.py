"""A manuscript: an article beside the file that it was read from."""

import re
from bisect import bisect_right
from functools import cached_property

from ingestion.errors import UnusableFileError
from ingestion.front_matter import split_front_matter
from ingestion.lint.alignment import Alignment
from ingestion.lint.finding import Place
from knowledge_base.article import Article
from knowledge_base.lines import LineKind, read_lines

LONGEST_QUOTE = 240
"""Characters of a place's words that are kept."""

_IGNORED = re.compile(r"^lint_ignore[ \t]*:(?P<rules>(?:.*)(?:\n[ \t]*-.*)*)", re.MULTILINE)
_COMMENT = re.compile(r"#.*")
_RULE_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")


class Manuscript:
    """An article, and the text of its file where it has one."""

    def __init__(self, article: Article, path: str | None = None, text: str | None = None) -> None:
        self.article = article
        self.path = path or article.path
        self.text = text

    @cached_property
    def content_start(self) -> int:
        """Where the file's text goes on behind its front matter, in code points."""
        if self.text is None:
            return 0
        try:
            return len(self.text) - len(split_front_matter(self.text)[1])
        except UnusableFileError:
            return 0

    @cached_property
    def ignored_rules(self) -> frozenset[str]:
        """The rules that the front matter takes this article out of, as `lint_ignore`."""
        match = _IGNORED.search((self.text or "")[: self.content_start])
        named = _COMMENT.sub("", match["rules"]) if match else ""
        return frozenset(_RULE_ID.findall(named))

    @cached_property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Where each heading of the body begins, and what it says."""
        body = self.article.body
        return tuple(
            (line.start, body[line.content : line.end])
            for line in read_lines(body)
            if line.kind is LineKind.HEADING
        )

    def place(self, start: int, end: int) -> Place:
        """Return the place of `body[start:end]`, with the lines of the file where they're known."""
        quote = self.article.body[start:end]
        found = self._alignment.find(start, end) if self._alignment else None
        if found is None or self.text is None:
            return Place(self.article.id, self.path, _cut(quote), heading=self.heading_at(start))
        return self._place(quote, found.start, found.end, self.heading_at(start))

    def place_in_file(self, start: int, end: int, quote: str | None = None) -> Place:
        """Return the place of a stretch of the file's text, quoted as it is or as `quote`."""
        text = self.text or ""
        return self._place(text[start:end] if quote is None else quote, start, end, "")

    def field(self, key: str) -> Place:
        """Return the place of a key of the front matter, or of the whole article."""
        pattern = re.compile(rf"^{re.escape(key)}[ \t]*:.*$", re.MULTILINE)
        match = pattern.search((self.text or "")[: self.content_start])
        return self.place_in_file(*match.span()) if match else self.top()

    def top(self) -> Place:
        """Return the place of the article as a whole: its title, at the top of its file."""
        line = None if self.text is None else 1
        return Place(self.article.id, self.path, _cut(self.article.title), line, line)

    def heading_at(self, start: int) -> str:
        """Return the heading above a place in the body, else the article's title."""
        above = [text for place, text in self.headings if place <= start]
        return above[-1] if above else self.article.title

    def _place(self, quote: str, start: int, end: int, heading: str) -> Place:
        line = bisect_right(self._line_starts, start)
        end_line = bisect_right(self._line_starts, max(start, end - 1))
        return Place(self.article.id, self.path, _cut(quote), line, end_line, heading)

    @cached_property
    def _line_starts(self) -> list[int]:
        breaks = re.finditer(r"\n", self.text or "")
        return [0, *(one.end() for one in breaks)]

    @cached_property
    def _alignment(self) -> Alignment | None:
        if self.text is None:
            return None
        return Alignment(self.article.body, self.text, self.content_start)


def _cut(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 2]} …"
