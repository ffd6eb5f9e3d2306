"""Fakes: stand-ins that pass the same contract tests as the real things."""

import asyncio
import time
import zlib
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from app.answer import Answer, DraftSentence, Exchange, Question, Sentence, Usage
from app.assistant import Assistant
from app.errors import NotFoundError
from app.grounding.case import Hearing
from app.grounding.gate import Opinion, Repair
from app.grounding.receipt import Attempt, CheckedClaim, Origin, Receipt, Ruling
from app.grounding.sources import Sources
from app.grounding.verdict import Claim, Finding, Place, Verdict
from app.library import OpenGeneration
from app.telemetry.spending import Spending, payer
from knowledge_base.article import Article, Passage
from knowledge_base.embedding.embedder import Vectors, unit_rows
from knowledge_base.errors import NoGenerationError
from knowledge_base.generations.ledger import Facts
from knowledge_base.policy.reader import FactReader
from knowledge_base.searching.search import RankedArticle, SearchResult


class FixedSearch:
    """Finds the same passages for every query, and remembers what it was asked."""

    def __init__(self, passages: Sequence[Passage] = ()) -> None:
        self._passages = tuple(passages)
        self.asked: list[tuple[str, date, dict[str, str]]] = []

    def search(
        self, query: str, *, limit: int = 10, at: date, scope: Mapping[str, str] | None = None
    ) -> SearchResult:
        """Return the fixed passages, `limit` at most."""
        self.asked.append((query, at, dict(scope or {})))
        passages = self._passages[:limit]
        articles = {one.article.id: one for one in reversed(passages)}
        ranked = tuple(
            RankedArticle(one.article, one.score, in_force=one.in_force)
            for one in reversed(articles.values())
        )
        return SearchResult(passages, ranked)


class ScriptedAnswerer:
    """Drafts what it was told to, whatever is asked; a usage in the script is charged."""

    model = "scripted"
    prompt = "answer.v0"
    prompt_fingerprint = "0"

    def __init__(self, *script: DraftSentence | Usage | Exception) -> None:
        self._script = script
        self.passages: tuple[Passage, ...] = ()

    async def draft(
        self, question: Question, passages: Sequence[Passage]
    ) -> AsyncGenerator[DraftSentence, None]:
        """Yield the script, raising the errors in it."""
        del question
        self.passages = tuple(passages)
        for line in self._script:
            if isinstance(line, Exception):
                raise line
            if isinstance(line, Usage):
                payer().charge(line)
            else:
                yield line


class WordForWordGate:
    """Releases a sentence that stands in its cited words as it is, and nothing else."""

    async def release(self, draft: DraftSentence, hearing: Hearing) -> Receipt:
        """Return a receipt with the sentence where one of its citations says it."""
        cited = [one for one in draft.citations if one.passage in hearing.passages]
        holds = any(draft.text in citation.quote for citation in cited)
        verdict = Verdict.SUPPORTED if holds else Verdict.NOT_ENOUGH_INFO
        claim = Claim(draft.text, 0, len(draft.text))
        finding = Finding(claim, verdict, float(holds), "as scripted", "words")
        attempt = Attempt(Origin.DRAFT, draft.text, (CheckedClaim(finding, None),))
        if not holds:
            return Receipt(Ruling.DROPPED, (attempt,), None)
        return Receipt(Ruling.RELEASED, (attempt,), Sentence(draft.text, draft.citations))


class ScriptedVerifier:
    """Finds what it was told of a sentence; of any other one whether a source has its words."""

    def __init__(
        self, script: Mapping[str, Verdict] | None = None, otherwise: Verdict | None = None
    ) -> None:
        self._script = script or {}
        self._otherwise = otherwise

    def verify(self, sentence: str, sources: Sources, asked: Question) -> tuple[Finding, ...]:
        """Return one finding about the whole sentence."""
        del asked
        found = _where(sentence, sources)
        usual = Verdict.SUPPORTED if found else Verdict.NOT_ENOUGH_INFO
        verdict = self._script.get(sentence, self._otherwise or usual)
        support = float(verdict is Verdict.SUPPORTED)
        place = found or Place(0, 0, len(sources.listed[0].text))
        claim = Claim(sentence, 0, len(sentence))
        return (Finding(claim, verdict, support, "as scripted", "script", place),)


class ScriptedRepairer:
    """Writes what it was told to, and remembers what was wrong with the drafts."""

    def __init__(self, outcome: DraftSentence | Exception | None) -> None:
        self._outcome = outcome
        self.objections: list[Sequence[Finding]] = []

    async def repair(
        self,
        draft: DraftSentence,
        objections: Sequence[Finding],
        passages: Sequence[Passage],
        asked: Question,
    ) -> Repair:
        """Return the scripted sentence, or raise the scripted error."""
        del draft, passages, asked
        self.objections.append(objections)
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return Repair(self._outcome)


class ScriptedJudge:
    """Thinks of every sentence what it was told to."""

    def __init__(self, verdict: Verdict | Exception | str) -> None:
        self._verdict = verdict

    async def judge(self, sentence: str, passages: Sequence[Passage], asked: Question) -> Opinion:
        """Return the scripted verdict, or raise the scripted error."""
        del passages, asked
        if isinstance(self._verdict, Exception):
            raise self._verdict
        claim = Claim(sentence, 0, len(sentence))
        finding = Finding(claim, self._verdict, 0.5, "as scripted", "judge")  # type: ignore[arg-type] # or nonsense
        return Opinion(finding)


class Hanging:
    """A repairer and a judge that never come back."""

    async def repair(
        self,
        draft: DraftSentence,
        objections: Sequence[Finding],
        passages: Sequence[Passage],
        asked: Question,
    ) -> Repair:
        """Wait for ever."""
        del draft, objections, passages, asked
        await asyncio.Event().wait()
        return Repair(None)

    async def judge(self, sentence: str, passages: Sequence[Passage], asked: Question) -> Opinion:
        """Wait for ever."""
        del sentence, passages, asked
        await asyncio.Event().wait()
        raise AssertionError


def _where(sentence: str, sources: Sources) -> Place | None:
    for number, source in enumerate(sources.listed):
        start = source.text.find(sentence)
        if start >= 0:
            return Place(number, start, start + len(sentence))
    return None


class FixedLibrary:
    """Hands out the same generation always."""

    def __init__(self, opened: OpenGeneration) -> None:
        self._opened = opened

    def current(self) -> OpenGeneration:
        """Return the one generation."""
        return self._opened


class FixedOpening:
    """Opens the same assistant always, for `ServedAssistant`."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def of_settings(self) -> Assistant:
        """Return the one assistant."""
        return self._assistant

    def of_release(self, release: str) -> Assistant:
        """Return the one assistant."""
        del release
        return self._assistant


class ScriptedAssistant:
    """Answers every question with the same script.

    An event in it is waited for, and a usage is charged.
    """

    def __init__(
        self, *script: Sentence | Receipt | Answer | Usage | Exception | asyncio.Event
    ) -> None:
        self.script = script
        self.asked: list[tuple[str, tuple[Exchange, ...], date | None]] = []
        self.releases: list[str | None] = []
        self.was_stopped = False

    async def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        at: date | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
        release: str | None = None,
        *,
        spending: Spending | None = None,
    ) -> AsyncGenerator[Sentence | Answer, None]:
        """Yield the script, raising the errors in it and handing its receipts on."""
        self.asked.append((question, tuple(history), at))
        self.releases.append(release)
        account = spending or Spending()
        try:
            for line in self.script:
                if isinstance(line, Usage):
                    account.charge(line)
                    continue
                if isinstance(line, Exception):
                    raise line
                if isinstance(line, asyncio.Event):
                    await line.wait()
                elif isinstance(line, Receipt):
                    if on_receipt is not None:
                        on_receipt(line)
                else:
                    yield line
        except asyncio.CancelledError:
            self.was_stopped = True
            raise


class FixedArticles:
    """Has the same articles in one generation, or nothing published at all."""

    def __init__(self, *articles: Article, generation: str | None = "g1") -> None:
        self._articles = {article.id: article for article in articles}
        self.generation = generation

    def current(self) -> str:
        """Return the one generation."""
        if self.generation is None:
            raise NoGenerationError("No index is published yet: run `candor reindex`.")
        return self.generation

    def warning(self) -> str | None:
        """Return nothing: the generation is whole."""
        return None

    def article(self, article: str, generation: str | None = None) -> Article:
        """Return one of the articles."""
        if generation not in (None, self.current()) or article not in self._articles:
            raise NotFoundError("There is no such article.")
        return self._articles[article]

    def all(self, generation: str | None = None) -> Mapping[str, Article]:
        """Return all articles."""
        if generation not in (None, self.current()):
            raise NotFoundError("There is no such generation.")
        return self._articles

    def facts(self, article: str, generation: str) -> Facts:
        """Return what one of the articles promises."""
        return FactReader().read(self.article(article, generation))

    def titled(self, words: str, limit: int) -> tuple[Article, ...]:
        """Return the articles whose titles hold `words`."""
        self.current()
        found = (each for each in self._articles.values() if words in each.title)
        return tuple(found)[:limit]


class HashEmbedder:
    """Embeds a text as the sum of one fixed random vector a word: alike words, alike vectors."""

    def __init__(self, dimensions: int = 64, name: str = "hash") -> None:
        self._dimensions = dimensions
        self._name = name
        self.asked: list[str] = []

    @property
    def fingerprint(self) -> str:
        """Name of the fake."""
        return f"{self._name}-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given."""
        self.asked += texts
        rows = [sum(map(self._word, ("", *text.casefold().split()))) for text in texts]
        return unit_rows(np.array(rows, dtype=np.float64).reshape(len(texts), self._dimensions))

    def _word(self, word: str) -> NDArray[np.float64]:
        seed = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        return np.random.default_rng(seed).normal(size=self._dimensions)


def one_vector(texts: Sequence[str]) -> Vectors:
    """Embed all texts alike."""
    return unit_rows(np.ones((len(texts), 2)))


class RecordedProgress:
    """Remembers of each step how many pieces were done, and of how many."""

    def __init__(self) -> None:
        self.steps: dict[str, tuple[int, int | None]] = {}
        self._step = ""

    def begin(self, step: str, total: int | None) -> None:
        """Begin a step."""
        self._step = step
        self.steps[step] = (0, total)

    def advance(self, pieces: int = 1) -> None:
        """Count pieces of the present step."""
        done, total = self.steps[self._step]
        self.steps[self._step] = (done + pieces, total)


class PatientClock:
    """A clock that jumps ahead in place of waiting, and remembers how long it would have waited."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def now(self) -> float:
        """Return the seconds that went by, slept through or not."""
        return time.monotonic() + sum(self.waited)

    def sleep(self, seconds: float) -> None:
        """Jump."""
        self.waited.append(seconds)
