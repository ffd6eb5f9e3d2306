"""A server goes on answering while another generation is published, taken back, or damaged."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import httpx

from app.answer import Answer, Exchange, Sentence
from app.grounding.receipt import Receipt
from app.library import Library, OpenGeneration, PublishedLibrary
from app.published_articles import open_articles
from app.telemetry.spending import Spending
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.publication import take_back
from knowledge_base.generations.serving import Serving
from knowledge_base.scope import Scopes
from knowledge_base.searching.search import SearchIndex
from tests.fakes import FixedArticles, HashEmbedder, ScriptedAnswerer
from tests.generations import flip
from tests.live_server import Api, an_answer, serving
from tests.patience import until
from tests.reindexed import editions, reindex_edition

DAY = date(2026, 11, 1)
THINKING_SECONDS = 0.2
ASKING_AT_ONCE = 6
HEARD = 2 * ASKING_AT_ONCE
"""So many answers before edition 2 is published, and to what was asked after it."""


def open_library(data_dir: Path) -> PublishedLibrary:
    def opened(generation_id: str) -> OpenGeneration:
        generation = Generation.open(data_dir, generation_id)
        search = SearchIndex(generation, HashEmbedder())
        return OpenGeneration(generation.id, search, Scopes([]), ScriptedAnswerer())

    return PublishedLibrary(Serving(data_dir).generation_id, opened)


async def a_while() -> None:
    await asyncio.sleep(THINKING_SECONDS)


class EditionAssistant:
    """Answers with the editions of what it finds before and after some thought."""

    def __init__(self, library: Library, think: Callable[[], Awaitable[object]] = a_while) -> None:
        self._library = library
        self._think = think

    async def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        at: date | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
        release: str | None = None,
        *,
        spending: Spending | None = None,
    ) -> AsyncGenerator[Sentence | Answer]:
        """Yield one answer that names the editions, and the generation."""
        del history, at, on_receipt, release, spending
        opened = await asyncio.to_thread(self._library.current)
        before = opened.search.search(question, at=DAY)
        await self._think()
        after = opened.search.search(question, at=DAY)
        found = (*before.passages, *after.passages)
        said = editions(" ".join(passage.article.body for passage in found))
        yield replace(an_answer(), text=" ".join(sorted(said)), generation=opened.id)


@dataclass(frozen=True)
class Heard:
    """An answer, and when its question was asked."""

    asked: float
    status: int
    said: str


async def keep_asking(api: Api, heard: list[Heard], until: asyncio.Event) -> None:
    while not until.is_set():
        asked = time.monotonic()
        response = await api.ask("which rule is told in a shop?")
        heard.append(Heard(asked, response.status_code, response.json().get("text", "")))


def after(heard: Sequence[Heard], moment: float) -> list[str]:
    """Return what was said to the questions that were asked after a moment."""
    return [one.said for one in heard if one.asked > moment]


async def published_meanwhile(data_dir: Path) -> tuple[list[Heard], float]:
    """Publish edition 2 beside many questions; return what was heard, and when it was published."""
    heard: list[Heard] = []
    done = asyncio.Event()
    async with serving(EditionAssistant(open_library(data_dir)), data_dir) as api:
        asking = [keep_asking(api, heard, done) for _ in range(ASKING_AT_ONCE)]
        asked = asyncio.gather(*asking)
        await until(lambda: len(heard) >= HEARD or asked.done())
        await asyncio.to_thread(reindex_edition, data_dir, "2")
        published = time.monotonic()
        await until(lambda: len(after(heard, published)) >= HEARD or asked.done())
        done.set()
        await asked
    return heard, published


class TestPublishingWhileServing:
    async def test_loses_no_request_and_mixes_no_answer(self, tmp_path: Path) -> None:
        reindex_edition(tmp_path, "1")

        heard, published = await published_meanwhile(tmp_path)

        assert {one.status for one in heard} == {200}
        assert {one.said for one in heard} == {"1", "2"}
        assert set(after(heard, published)) == {"2"}

    async def test_ends_an_answer_on_the_generation_that_it_began_with(
        self, tmp_path: Path
    ) -> None:
        first = reindex_edition(tmp_path, "1")
        begins, is_published = asyncio.Event(), asyncio.Event()

        async def think() -> None:
            begins.set()
            await is_published.wait()

        assistant = EditionAssistant(open_library(tmp_path), think)
        answer = asyncio.ensure_future(anext(assistant.answer("which rule?")))
        await begins.wait()

        await asyncio.to_thread(reindex_edition, tmp_path, "2")
        is_published.set()

        said = await answer
        assert isinstance(said, Answer)
        assert (said.generation, said.text) == (first.generation, "1")


class TestServingADamagedGeneration:
    async def test_answers_from_the_one_before_and_says_so(self, tmp_path: Path) -> None:
        reindex_edition(tmp_path, "1")
        second = reindex_edition(tmp_path, "2")
        flip(tmp_path / "generations" / second.generation / "articles.jsonl")

        answer, ready = await asked_after_start(tmp_path)

        assert answer.json()["text"] == "1"
        assert ready.status_code == 200
        assert "articles.jsonl has other content" in ready.json()["warning"]

    async def test_follows_a_rollback(self, tmp_path: Path) -> None:
        first = reindex_edition(tmp_path, "1")
        reindex_edition(tmp_path, "2")
        take_back(tmp_path)

        answer, ready = await asked_after_start(tmp_path)

        assert answer.json()["text"] == "1"
        assert ready.json() == {"status": "ready", "generation": first.generation}


class KeptArticles(FixedArticles):
    """Names the generation that serves from a data folder."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._kept = open_articles(data_dir)

    def current(self) -> str:
        return self._kept.current()

    def warning(self) -> str | None:
        return self._kept.warning()


async def asked_after_start(data_dir: Path) -> tuple[httpx.Response, httpx.Response]:
    """Start a server, and return an answer and its readiness."""
    assistant = EditionAssistant(open_library(data_dir))
    async with serving(assistant, data_dir, library=KeptArticles(data_dir)) as api:
        return await api.ask("which rule?"), await api.http.get("/readyz")
