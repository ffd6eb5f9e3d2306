"""Cutting articles into chunks: along headings first, then between blocks, then inside them.

LangChain's Markdown splitters give no offsets and rewrite white space, so the cutting along
headings and blocks is done here, on the lines of the normalised body. Its recursive splitter
takes over where no structure is left: inside one overlong sentence or line.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingestion.sections import (
    Block,
    Section,
    Unit,
    count_words,
    read_blocks,
    read_sections,
    split_unit,
)
from knowledge_base.article import Article, Chunk

_VERSION = "headings-v2"
_SLACK = 1.15


@dataclass(frozen=True, slots=True)
class Chunker:
    """Cuts an article's body into chunks of about `target_words` words.

    A chunk never reaches across a heading, unless a section is shorter than `merge_words`: it then
    goes together with the next one under the same parent, and both headings stand in the text.
    """

    target_words: int = 120
    """Size that a chunk is filled up to: with its title and headings, most fit into the 256 tokens
    that the bundled embedding model reads."""
    overlap_words: int = 0
    """Most words that a chunk repeats from the end of the one before, in the same section."""
    merge_words: int = 40
    """Sections shorter than this are merged; 0 merges none."""

    @property
    def fingerprint(self) -> str:
        """Name of the way of cutting: articles of one hash and fingerprint have the same chunks."""
        return (
            f"{_VERSION}(target_words={self.target_words},overlap_words={self.overlap_words},"
            f"merge_words={self.merge_words})"
        )

    def cut(self, article: Article) -> tuple[Chunk, ...]:
        """Return the chunks of `article` in order; `chunk.text == body[start:end]` for each.

        Together they hold all of the body but headings with nothing below them. A body of
        headings alone is one chunk.
        """
        body = article.body
        sections = self._merged(body, read_sections(body))
        if not sections:
            return _chunks(article, (), [(0, len(body))] if body.strip() else [])
        return tuple(
            chunk
            for section in sections
            for chunk in _chunks(article, section.path, self._spans(body, section))
        )

    @property
    def _limit(self) -> int:
        """Most words of a chunk: so much above the target is better than a cut for a few words."""
        return math.ceil(self.target_words * _SLACK)

    def _merged(self, body: str, sections: Sequence[Section]) -> list[Section]:
        merged: list[Section] = []
        for section in sections:
            together = _together(merged[-1], section) if merged else None
            if together and self._may_merge(body, merged[-1], section):
                merged[-1] = together
            else:
                merged.append(section)
        return merged

    def _may_merge(self, body: str, first: Section, second: Section) -> bool:
        words = [count_words(body[section.start : section.end]) for section in (first, second)]
        return min(words) < self.merge_words and sum(words) <= self.target_words

    def _spans(self, body: str, section: Section) -> list[tuple[int, int]]:
        if count_words(body[section.start : section.end]) <= self._limit:
            return [(section.start, section.end)]
        blocks = [self._cut_block(body, block) for block in _blocks(body, section)]
        words = sum(block.words for block in blocks)
        size = words / math.ceil(words / self._limit) if words else 0.0
        chunks = _Packer(size, self._limit).pack(blocks)
        return [
            (self._overlapping(chunks, index), units[-1].end) for index, units in enumerate(chunks)
        ]

    def _cut_block(self, body: str, block: Block) -> Block:
        units = [
            part
            for unit in block.units
            for part in (
                split_unit(body, unit, self._limit) if unit.words > self._limit else [unit]
            )
        ]
        return replace(block, units=tuple(units))

    def _overlapping(self, chunks: Sequence[Sequence[Unit]], index: int) -> int:
        """Return where chunk `index` begins, with the end of the one before that it repeats."""
        start = chunks[index][0].start
        room = self.overlap_words
        for unit in reversed(chunks[index - 1][1:] if index else ()):
            room -= unit.words
            if room < 0:
                break
            start = unit.start
        return start


class _Packer:
    """Fills chunks with whole blocks as far as they fit, else with their units."""

    def __init__(self, size: float, limit: int) -> None:
        self._size = size
        self._limit = limit
        self._chunks: list[list[Unit]] = []
        self._units: list[Unit] = []
        self._words = 0
        self._lead_in = 0
        """Number of units at the end that belong to what comes next."""

    def pack(self, blocks: Sequence[Block]) -> list[list[Unit]]:
        for block in blocks:
            stretches = [block.units] if block.words <= self._limit else [(u,) for u in block.units]
            for units in stretches:
                self._add(units)
            chained = self._lead_in if len(block.units) == 1 else 0
            self._lead_in = chained + 1 if block.leads_in else 0
        self._close(keep=0)
        return self._chunks

    def _add(self, units: Sequence[Unit]) -> None:
        words = sum(unit.words for unit in units)
        if self._units and not self._fits(words):
            self._close(keep=self._lead_in if self._lead_in < len(self._units) else 0)
        self._units.extend(units)
        self._words += words

    def _fits(self, words: int) -> bool:
        return self._words + words <= self._limit and self._words + words / 2 <= self._size

    def _close(self, *, keep: int) -> None:
        cut = len(self._units) - keep
        if cut:
            self._chunks.append(self._units[:cut])
        self._units = self._units[cut:]
        self._words = sum(unit.words for unit in self._units)


def _blocks(body: str, section: Section) -> list[Block]:
    return read_blocks(body, section.start, section.end)


def _together(first: Section, second: Section) -> Section | None:
    """Return the section that both make, or None if they have no parent in common.

    Where the second doesn't lie below the first's heading, that heading becomes part of the text.
    """
    shared = _shared(first.path, second.path)
    if len(shared) == len(first.path):
        return replace(first, end=second.end)
    if len(shared) == len(first.path) - 1 and first.head < first.start:
        return Section(shared, first.head, first.head, second.end)
    return None


def _shared(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return first[:length]


def _chunks(
    article: Article, path: tuple[str, ...], spans: Sequence[tuple[int, int]]
) -> tuple[Chunk, ...]:
    return tuple(
        Chunk(article.id, path, start, end, article.body[start:end]) for start, end in spans
    )
