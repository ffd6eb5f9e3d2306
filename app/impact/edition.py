"""Editions: what the articles of one generation say and promise, without how they are found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from knowledge_base.article import Article
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.generations.generation import read_articles, sealed_manifest
from knowledge_base.generations.ledger import read_ledger
from knowledge_base.generations.publication import GENERATIONS, is_generation_id
from knowledge_base.policy.fact import PolicyFact


@dataclass(frozen=True, slots=True)
class Edition:
    """The articles of a generation with their policy facts."""

    generation: str
    articles: Mapping[str, Article]
    """By id."""
    facts: Mapping[str, Sequence[PolicyFact]] = field(default_factory=dict)
    """By the article's id."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Content hash of each article, by its id."""


Editions = Callable[[str], Edition | None]
"""Returns a generation's edition, None where it isn't kept any more or can't be read."""


def read_edition(data_dir: Path, generation: str) -> Edition:
    """Return the edition of a generation in the data folder.

    Raises:
        DamagedGenerationError: It is missing or can't be read.
    """
    folder = data_dir / GENERATIONS / generation
    manifest = sealed_manifest(folder)
    try:
        articles = read_articles(folder)
    except (OSError, ValueError) as error:
        raise DamagedGenerationError(
            f"the articles of generation {generation} can't be read ({error}); "
            "`candor generations list` shows those there are"
        ) from error
    return Edition(generation, articles, read_ledger(folder), manifest.articles)


def editions_in(data_dir: Path) -> Editions:
    """Return what reads the editions of the data folder, each once."""
    return cache(partial(_kept, data_dir))


def _kept(data_dir: Path, generation: str) -> Edition | None:
    if not is_generation_id(generation):
        return None
    try:
        return read_edition(data_dir, generation)
    except DamagedGenerationError:
        return None
