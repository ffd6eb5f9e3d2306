"""Whom `candor impact` finds after a change of policy, beside whom it should find.

200 conversations are held with the assistant over the sample help centre, kept in a real store, and
the articles are edited and reindexed twice meanwhile: once before the change that is asked about,
and once for it: twelve values, two statements without a number that were shown before, and one
article that is removed. Every other article gets a new first line, so that all places move.

What should be found is known without receipts or policy facts: the quoting answerer shows nothing
but the articles' own words, so an answer relied on an edited statement if, and only if, it shows
that statement, and on the removed article if it shows a line that stands nowhere else.

    python -m benchmarks.impact_story
"""

import argparse
import asyncio
import json
import random
import re
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.bootstrap import build_assistant
from app.impact.cases import affected_cases
from app.impact.edition import editions_in, read_edition
from app.impact.inquiry import Inquiry
from app.live_turn import TurnTimes
from app.setting_choices import Masking
from app.settings import AppSettings
from app.statistics import rate
from app.store.database import open_database
from app.store.sql_conversations import SqlConversations
from app.store.sql_reliances import SqlReliances
from app.turns import Turns
from benchmarks.reindexing import silent_reindexing
from ingestion.bootstrap import open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.bootstrap import open_embedder
from knowledge_base.sample import SAMPLE_ARTICLES

ROOT = Path(__file__).parents[1]
SUITES = ROOT / "evals" / "suites"
CONVERSATIONS = 200
EDITS = 12
REWORDINGS = 2
REMOVED = "gift-wrapping"
SEED = 20261128


@dataclass(frozen=True, slots=True)
class Edit:
    """A statement that is replaced in one article's file."""

    file: Path
    """Below the folder of articles."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Told:
    """One answer as the customer read it."""

    turn: str
    texts: tuple[str, ...]
    phase: int
    """Number of the edition that was asked, from 0."""


def main() -> None:
    """Tell the story and print what was found of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=CONVERSATIONS)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_tell(Path(folder), asked.conversations, random.Random(asked.seed)))


async def _tell(folder: Path, conversations: int, drawn: random.Random) -> None:
    settings = AppSettings(data_dir=folder / "data", masking=Masking.RULES, model=None)
    articles = folder / "articles"
    shutil.copytree(SAMPLE_ARTICLES, articles)
    earlier, *edits = drawn_edits(articles, drawn, EDITS + 1)
    questions = _questions()
    shares = (conversations * 2 // 10, conversations * 6 // 10)
    sizes = (*shares, conversations - sum(shares))

    apply(articles, [Edit(earlier.file, earlier.old, earlier.new)])
    generations, told = [_publish(settings, articles)], []
    told += await _converse(settings, questions, drawn, sizes[0], 0)
    apply(articles, [Edit(earlier.file, earlier.new, earlier.old)])
    generations.append(_publish(settings, articles))
    told += await _converse(settings, questions, drawn, sizes[1], 1)
    removed = next(articles.rglob(f"{REMOVED}.md"))
    own_lines = lines_of(removed) - set().union(
        *(lines_of(one) for one in articles.rglob("*.md") if one != removed)
    )
    edits += _rewordings(articles, told, drawn, {one.file for one in edits})
    apply(articles, edits)
    removed.unlink()
    for file in articles.rglob("*.md"):
        _with_new_first_line(file)
    generations.append(_publish(settings, articles))
    told += await _converse(settings, questions, drawn, sizes[2], 2)

    statements = {flat(one.old) for one in edits}
    truth = {
        one.turn
        for one in told
        if one.phase < len(sizes) - 1
        and any(any(words in flat(text) for words in statements | own_lines) for text in one.texts)
    }
    _report(settings, generations, told, truth, edits)


def _report(
    settings: AppSettings,
    generations: Sequence[str],
    told: Sequence[Told],
    truth: set[str],
    edits: Sequence[Edit],
) -> None:
    engine = open_database(settings.data_dir)
    before, after = (read_edition(settings.data_dir, one) for one in generations[1:])
    affected = Inquiry(SqlReliances(engine), editions_in(settings.data_dir)).of_change(
        before, after
    )
    engine.dispose()
    found = {one.reliance.turn for one in affected}
    texts = {one.turn: one.texts for one in told}
    changed = {one.file.stem for one in edits} | {REMOVED}
    same_article = [
        one.turn for one in told if one.phase < len(generations) - 1 and one.turn not in truth
    ]
    extra_rate = rate(len(found - truth), len(same_article))
    missed_rate = rate(len(truth - found), len(truth))
    cases = list(affected_cases(sorted(SUITES.glob("*.v*.jsonl")), before, after))
    print(f"answers {len(told)}, edits {len(edits)}, articles changed {len(changed)}")
    print(f"relied on it: {len(truth)}; listed: {len(found)}")
    print(f"missed {missed_rate.successes} of {missed_rate.n} (95 % up to {missed_rate.high:.3f})")
    print(f"extra {extra_rate.successes} of {extra_rate.n} (95 % up to {extra_rate.high:.3f})")
    grounds = sorted({(one.ground.value, one.is_stated) for one in affected})
    print(f"grounds {grounds}; golden cases listed {len(cases)}")
    for turn in sorted(truth - found):
        print("  missed:", texts[turn])
    for one in affected:
        if one.reliance.turn not in truth:
            print("  extra:", one.told, "|", one.reliance.shown)


def drawn_edits(articles: Path, drawn: random.Random, wanted: int) -> list[Edit]:
    """Return edits of the generated suite, each to a statement that stands once, none near another.

    Every statement is in an article of its own or doesn't hold another one.
    """
    files = {one: one.read_text(encoding="utf-8") for one in sorted(articles.rglob("*.md"))}
    rows = _rows("generated-mutations.v1")
    drawn.shuffle(rows)
    edits: list[Edit] = []
    for row in rows:
        old, new = row["edit"]["old"], row["edit"]["new"]
        where = [one for one, text in files.items() if text.count(old) == 1]
        nowhere_else = sum(flat(old) in flat(text) for text in files.values()) == 1
        is_free = all(one.old != old for one in edits)
        if len(where) == 1 and nowhere_else and is_free and where[0].stem != REMOVED:
            edits.append(Edit(where[0].relative_to(articles), old, new))
        if len(edits) == wanted:
            break
    return edits


def apply(articles: Path, edits: Sequence[Edit]) -> None:
    """Make the edits in the files."""
    for edit in edits:
        file = articles / edit.file
        text = file.read_text(encoding="utf-8")
        assert text.count(edit.old) == 1, edit  # noqa: S101 — a story that isn't told measures nothing
        file.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


def flat(text: str) -> str:
    """Return the words of a statement, whatever marks its list or table makes of them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def lines_of(file: Path) -> set[str]:
    """Return the statements of an article's file that are long enough to be its own."""
    body = file.read_text(encoding="utf-8").split("---", 2)[-1]
    sentences = re.split(r"(?<=[.!?])\s|\n", body)
    return {words for one in sentences if len((words := flat(one)).split()) > 3}  # noqa: PLR2004


def _rewordings(
    articles: Path, told: Sequence[Told], drawn: random.Random, edited: Collection[Path]
) -> list[Edit]:
    """Return edits to two sentences that were shown and that name no number."""
    files = {one: one.read_text(encoding="utf-8") for one in sorted(articles.rglob("*.md"))}
    texts = sorted({text for one in told for text in one.texts if not re.search(r"\d", text)})
    drawn.shuffle(texts)
    edits: list[Edit] = []
    for text in texts:
        where = [one for one, body in files.items() if flat(text) in flat(body)]
        is_whole = len(where) == 1 and files[where[0]].count(text) == 1
        if is_whole and where[0].stem != REMOVED and where[0].relative_to(articles) not in edited:
            edits.append(Edit(where[0].relative_to(articles), text, "This works otherwise now."))
    return edits[:REWORDINGS]


def _with_new_first_line(file: Path) -> None:
    _, front, body = file.read_text(encoding="utf-8").split("---", 2)
    greeting = "Thank you for reading what our team wrote down here."
    file.write_text(f"---{front}---\n\n{greeting}\n{body}", encoding="utf-8")


def _publish(settings: AppSettings, articles: Path) -> str:
    ingestion = IngestionSettings(data_dir=settings.data_dir)
    sources = open_sources(ingestion, [articles])
    run = silent_reindexing(settings.data_dir, open_embedder(settings)).run(sources)
    return run.generation


async def _converse(
    settings: AppSettings, questions: Sequence[str], drawn: random.Random, wanted: int, phase: int
) -> list[Told]:
    engine = open_database(settings.data_dir)
    store = SqlConversations(engine)
    times = TurnTimes(grace_seconds=60)
    turns = Turns(build_assistant(settings), store, times=times, now=lambda: datetime.now(UTC))
    told = []
    for _ in range(wanted):
        conversation = None
        for question in drawn.sample(questions, drawn.choice((1, 1, 2, 3))):
            turn = await turns.start(question, conversation)
            conversation = turn.conversation
            async for _event in turns.follow(turn.id):
                pass
            kept = store.turn(turn.id)
            told.append(Told(turn.id, tuple(one.text for one in kept.sentences), phase))
    await turns.close()
    engine.dispose()
    return told


def _questions() -> list[str]:
    kinds = {"golden", "metamorphic"}
    return [row["question"] for row in _rows("generated.v1") if row["kind"] in kinds]


def _rows(suite: str) -> list[dict[str, Any]]:
    lines = (SUITES / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
