"""The policy ledger: what all articles of a generation promise, kept with it.

The facts of an article are read when it is new or has changed, and taken over where it hasn't.
The names of plans and products are learnt from the articles around it: how often each is written
is kept too, so that only what is new is counted.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge_base import policy
from knowledge_base.article import Article
from knowledge_base.errors import DamagedGenerationError, in_one_line
from knowledge_base.generations.files import FACTS_FILE, NAMES_FILE
from knowledge_base.policy.changes import fact_changes
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.policy.names import NameUses
from knowledge_base.policy.reader import FactReader

Facts = tuple[PolicyFact, ...]
"""What an article promises, in the order of its text."""
MOST_CHANGED = 500
"""Changed articles whose facts are compared at most; more change with a rewrite, not an edit."""

_NAMES = TypeAdapter(NameUses)


class FactsRow(BaseModel):
    """An article's facts as `facts.jsonl` has them."""

    model_config = ConfigDict(frozen=True)

    article: str
    facts: Facts


class WrittenFacts(Mapping[str, Facts]):
    """The facts of each article by its id, in the lines that they are written in.

    What is asked for raises `DamagedGenerationError` where its line can't be read.
    """

    def __init__(self, lines: Mapping[str, bytes]) -> None:
        """Take the lines by article id."""
        self._lines = lines

    def __getitem__(self, article_id: str) -> Facts:
        try:
            row = FactsRow.model_validate_json(self._lines[article_id])
        except ValueError as error:
            raise _unreadable_line(article_id, in_one_line(error)) from error
        if row.article != article_id:
            raise _unreadable_line(article_id, f"they are those of {row.article}")
        return row.facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def of(self, article_ids: Iterable[str]) -> "WrittenFacts":
        """Return the facts of some of the articles."""
        return WrittenFacts({one: self._lines[one] for one in article_ids})

    def line(self, article_id: str) -> bytes:
        """Return what is written of an article."""
        return self._lines[article_id]


_NOTHING = WrittenFacts({})


class Ledger(Mapping[str, Facts]):
    """The facts of each article by its id, read when they are asked for."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        taken_over: WrittenFacts = _NOTHING,
        names: NameUses | None = None,
    ) -> None:
        """Take the articles, the facts of those that are the same as before, and the names.

        Without `names`, these are counted in the articles.
        """
        self._articles = articles
        self._taken_over = taken_over
        self._read: dict[str, Facts] = {}
        self.names = NameUses.of(articles.values()) if names is None else names
        """How often the articles write what may be names."""

    def __getitem__(self, article_id: str) -> Facts:
        if article_id in self._taken_over:
            return self._taken_over[article_id]
        if article_id not in self._read:
            self._read[article_id] = self._reader.read(self._articles[article_id])
        return self._read[article_id]

    def line(self, article_id: str) -> bytes:
        """Return what is to be written of an article."""
        if article_id in self._taken_over:
            return self._taken_over.line(article_id)
        row = FactsRow(article=article_id, facts=self[article_id])
        return row.model_dump_json().encode() + b"\n"

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)

    @cached_property
    def _reader(self) -> FactReader:
        return FactReader(self._articles.values(), self.names)


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Write the facts of all articles, and the counts of names, into a generation's folder."""
    (folder / NAMES_FILE).write_bytes(_NAMES.dump_json(ledger.names))
    with (folder / FACTS_FILE).open("wb") as lines:
        lines.writelines(map(ledger.line, ledger))


def read_ledger(folder: Path) -> dict[str, Facts]:
    """Return the facts of each article of the generation in `folder`, by its id.

    Raises:
        DamagedGenerationError: The file is missing or can't be read.
    """
    try:
        with (folder / FACTS_FILE).open("rb") as lines:
            rows = [FactsRow.model_validate_json(line) for line in lines]
    except (OSError, ValueError) as error:
        raise _unreadable(folder, "policy facts", error) from error
    return {row.article: row.facts for row in rows}


def written_facts(folder: Path, article_ids: Iterable[str]) -> WrittenFacts:
    """Return the facts of each article of the generation in `folder`, read when asked for.

    Args:
        folder: Where the generation lies.
        article_ids: Its articles, in their order.

    Raises:
        DamagedGenerationError: The file is missing or holds something else.
    """
    try:
        with (folder / FACTS_FILE).open("rb") as lines:
            return WrittenFacts(dict(zip(article_ids, lines, strict=True)))
    except (OSError, ValueError) as error:
        raise _unreadable(folder, "policy facts", error) from error


def read_names(folder: Path) -> NameUses:
    """Return how often the articles of the generation in `folder` write what may be names.

    Raises:
        DamagedGenerationError: The file is missing or can't be read.
    """
    try:
        return _NAMES.validate_json((folder / NAMES_FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise _unreadable(folder, "names", error) from error


def changed_facts(
    before: Mapping[str, Facts], after: Mapping[str, Facts], changed: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return what changed articles promise otherwise, a line a fact, by the article's id.

    "refund window 30 → 45 days, EU". Articles that promise the same are left out, and so are all
    from the 501st on.
    """
    told = {
        one: tuple(map(str, fact_changes(before[one], after[one])))
        for one in changed[:MOST_CHANGED]
    }
    return {one: lines for one, lines in told.items() if lines}


@cache
def ledger_fingerprint() -> str:
    """Return a hash of the code that reads facts: facts that other code read are read anew."""
    hashed = hashlib.sha256()
    for folder in policy.__path__:
        for file in sorted(Path(folder).glob("*.py")):
            hashed.update(file.read_bytes())
    return hashed.hexdigest()[:12]


def _unreadable_line(article_id: str, why: str) -> DamagedGenerationError:
    return DamagedGenerationError(
        f"the policy facts of article {article_id} can't be read ({why}); "
        "run `candor reindex --full`"
    )


def _unreadable(folder: Path, what: str, error: Exception) -> DamagedGenerationError:
    return DamagedGenerationError(
        f"the {what} of {folder.name} can't be read ({in_one_line(error)}); run `candor reindex`"
    )
