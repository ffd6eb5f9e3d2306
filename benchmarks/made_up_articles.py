"""Articles of made-up words in the proportions of a real help centre, for measurements of time."""

import random
from collections.abc import Iterator
from pathlib import Path

from ingestion.sources.source import Skipped
from knowledge_base.article import Article

# Ranks of the words used: those below are stop words in a real language, which no index keeps.
_MOST_FREQUENT, _RAREST = 100, 20_000
_PARAGRAPH = (20, 90)
_SECTIONS = (2, 6)
_TITLE = (4, 8)
_SHORT_TITLE, _SHORT = (2, 4), (3, 7)


class MadeUpSource:
    """Articles whose words are as frequent as their rank says (Zipf)."""

    def __init__(self, articles: int, seed: int) -> None:
        self._articles = articles
        self._seed = seed

    def read(self) -> Iterator[Article | Skipped]:
        """Yield the articles; the same seed gives the same ones."""
        chance = random.Random(self._seed)
        for number in range(self._articles):
            title = made_up_words(chance, chance.randint(*_TITLE))
            sections = (_section(chance) for _ in range(chance.randint(*_SECTIONS)))
            yield Article(f"made-up-{number}", title, "\n\n".join(sections), f"{number}.md")


def write_short_articles(folder: Path, articles: int, seed: int) -> None:
    """Write articles of one short sentence each into a new folder, the same for a seed."""
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    for number in range(articles):
        title = made_up_words(chance, chance.randint(*_SHORT_TITLE))
        text = made_up_words(chance, chance.randint(*_SHORT))
        front_matter = f"---\nid: made-up-{number}\ntitle: {title}\n---\n"
        (folder / f"{number}.md").write_text(f"{front_matter}\n{text}.\n", encoding="utf-8")


def made_up_words(chance: random.Random, count: int) -> str:
    """Return `count` words, the frequent ones more often."""
    span = _RAREST / _MOST_FREQUENT
    ranks = (int(_MOST_FREQUENT * span ** chance.random()) for _ in range(count))
    return " ".join(_word(rank) for rank in ranks)


def _section(chance: random.Random) -> str:
    heading = made_up_words(chance, 3)
    paragraphs = (f"{made_up_words(chance, chance.randint(*_PARAGRAPH))}." for _ in range(3))
    return "\n\n".join((f"## {heading}", *paragraphs))


def _word(rank: int) -> str:
    syllables = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "za")
    return "".join(syllables[int(digit)] for digit in str(rank))
