"""What new and changed articles say to a model, so that a reindex lists it.

The linter also looks into what a file hides; here only what would be answered from is read.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from knowledge_base.article import Article
from knowledge_base.generations.plan import PlantedInstruction
from knowledge_base.planted.instructions import find_instructions

MOST_IN_ARTICLE = 20
"""Of more instructions in one article the first ones are told."""


def planted_instructions(articles: Iterable[Article]) -> Iterator[PlantedInstruction]:
    """Yield what in the articles' titles and bodies looks like an instruction to a model."""
    for article in articles:
        yield from islice(_in_article(article), MOST_IN_ARTICLE)


def _in_article(article: Article) -> Iterator[PlantedInstruction]:
    for found in find_instructions(article.title):
        yield PlantedInstruction(article=article.id, line=0, reason=found.reason.value)
    for found in find_instructions(article.body):
        line = article.body.count("\n", 0, found.start) + 1
        yield PlantedInstruction(article=article.id, line=line, reason=found.reason.value)
