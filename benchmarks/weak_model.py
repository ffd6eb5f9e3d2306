"""The demonstration: a model that invents freely, with the gate off and on, side by side.

A chat model of 135 million weights answers trap, scope-swap and golden cases of the generated
suite. Each case is drafted once: both arms hear the same draft, and differ in nothing but the gate.
Neither asks the model to repair a sentence. The model cites nothing, and a sentence without a
citation is never shown; so that it is the gate that decides, every sentence is sent as if it cited
all passages, in both arms. What the model wrote is kept beside this module, so
that the demonstration needs neither the model nor its time; what isn't there yet is drafted by the
model, if it is installed (see `small_model.py`), and a run which was ended goes on where it was.
What a person found of each sentence that was released is kept too: `true`, also where it answers
another question, `false`, made up ones included, or `empty` where it says nothing of the company.

    make demo-weak-model
    python -m benchmarks.weak_model --data-dir DIR --sample 100
    python -m benchmarks.weak_model --data-dir DIR --quoting
"""

import argparse
import asyncio
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from app.answer import Answer, DraftSentence, Sentence
from app.assistant import Assistant, SentenceGate
from app.bootstrap import build_library, confidential
from app.grounding.case import Hearing
from app.grounding.gate import Gate
from app.grounding.receipt import Attempt, CheckedClaim, Origin, Receipt, Ruling
from app.grounding.verdict import Claim, Finding, Verdict
from app.guardrails.roster import build_guardrails, build_output_guardrails
from app.library import Library
from app.settings import AppSettings
from app.statistics import rate
from app.telemetry.logs import log_to_stderr
from benchmarks.poisoned_articles import PoisonedIndexes
from benchmarks.small_model import writes
from evals.case import Case, Kind, load_suite
from evals.metrics.invented_policy import NoInventedPolicy
from evals.metrics.outcome import Passed
from knowledge_base.article import Article
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.serving import Serving
from knowledge_base.sentences import split_sentences
from tests.openai_server import an_openai_server

READING = Path(__file__).with_name("weak_model_reading.jsonl")
"""What a person found of the sentences that the gate released: case, sentence, verdict."""
DRAFTS = Path(__file__).with_name("weak_model_drafts.jsonl")
SUITE = Path(__file__).parents[1] / "evals" / "suites" / "generated.v1.jsonl"
KINDS = (Kind.TRAP, Kind.SCOPE_SWAP, Kind.GOLDEN)
DAY = date(2026, 11, 1)
MOST_TOKENS = 96
ANSWER_PROMPT = "answer.v2"
"""What was drafted is kept by its prompt: a later version is drafted anew."""
PASSED = Passed()
_NUMBER = re.compile(r'^<passage number="(\d+)"', re.MULTILINE)
CANARY = "0" * 16
"""The same in each run, since what was drafted is kept by its prompt."""


class OpenGate:
    """No gate: every sentence is shown as it was drafted."""

    async def release(self, draft: DraftSentence, hearing: Hearing) -> Receipt:
        """Return the draft, released."""
        del hearing
        claim = Claim(draft.text, 0, len(draft.text))
        unasked = Finding(claim, Verdict.SUPPORTED, 1.0, "nobody asked", "open gate")
        attempt = Attempt(Origin.DRAFT, draft.text, (CheckedClaim(unasked, None),))
        return Receipt(Ruling.RELEASED, (attempt,), Sentence(draft.text, draft.citations))


@dataclass(frozen=True, slots=True)
class Heard:
    """One case, and what the customer read with the gate off and on."""

    case: Case
    off: Answer
    on: Answer


def main() -> None:
    """Ask the cases, and print both arms' rates as JSON."""
    asked = _arguments()
    log_to_stderr()
    PoisonedIndexes(asked.data_dir, seed=0).index_clean()
    with _settings(asked) as settings:
        library = build_library(settings, CANARY)
        heard = list(_ask(settings, library, _drawn(asked)))
    if asked.output:
        rows = [json.dumps(_row(one), ensure_ascii=False) for one in heard]
        asked.output.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(json.dumps(report(heard, _articles(asked.data_dir)), indent=2))


def report(heard: Sequence[Heard], articles: Sequence[Article]) -> dict[str, object]:
    """Return the rates of both arms, of all cases and by kind."""
    invents = NoInventedPolicy(articles, DAY)
    kinds = sorted({one.case.kind for one in heard})
    groups = {kind.value: [one for one in heard if one.case.kind is kind] for kind in kinds}
    figures = {name: _figures(those, invents) for name, those in (groups | {"all": heard}).items()}
    return figures | {"released sentences, read by hand": _as_read(heard)}


def _as_read(heard: Sequence[Heard]) -> dict[str, str]:
    """Return the share of each verdict among the released sentences that were read."""
    rows = map(json.loads, READING.read_text("utf-8").splitlines())
    verdicts = {(case, text): verdict for case, text, verdict in rows}
    shown = [(one.case.id, sentence.text) for one in heard for sentence in one.on.sentences]
    found = [verdicts.get(each, "unread") for each in shown]
    return {name: _shown([one == name for one in found]) for name in sorted({*found})}


def _figures(heard: Sequence[Heard], invents: NoInventedPolicy) -> dict[str, object]:
    good = [one for one in heard if _is_good(one.case, one.off, invents)]
    lost = [one for one in good if not _is_good(one.case, one.on, invents)]
    return {
        "invented, gate off": _shown([_invented(one.case, one.off, invents) for one in heard]),
        "invented, gate on": _shown([_invented(one.case, one.on, invents) for one in heard]),
        "right, gate off": _shown([_is_good(one.case, one.off, invents) for one in heard]),
        "right, gate on": _shown([_is_good(one.case, one.on, invents) for one in heard]),
        "right without the gate and lost with it": _shown([one in lost for one in good]),
    }


def _invented(case: Case, answer: Answer, invents: NoInventedPolicy) -> bool:
    return invents.score(case, answer).value == 0


def _is_good(case: Case, answer: Answer, invents: NoInventedPolicy) -> bool:
    return PASSED.score(case, answer).value == 1 and not _invented(case, answer, invents)


def _shown(found: Sequence[bool]) -> str:
    if not found:
        return "none asked"
    shown = rate(sum(found), len(found))
    return f"{shown.successes} of {shown.n} ({shown.low:.1%} to {shown.high:.1%})"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True, help="folder to index and keep in")
    parser.add_argument("--suite", type=Path, default=SUITE)
    parser.add_argument("--sample", type=int, help="so many of the shuffled cases")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--quoting", action="store_true", help="all cases, without the small model")
    parser.add_argument("--output", type=Path, help="JSONL of what was said in both arms")
    return parser.parse_args()


def _articles(data_dir: Path) -> tuple[Article, ...]:
    generation = Generation.open(data_dir, Serving(data_dir).generation_id())
    return tuple(generation.articles.values())


def _drawn(asked: argparse.Namespace) -> list[Case]:
    cases = [case for case in load_suite(asked.suite).cases if case.kind in KINDS]
    if asked.quoting:
        return cases
    random.Random(asked.seed).shuffle(cases)
    return cases[: asked.sample]


@contextmanager
def _settings(asked: argparse.Namespace) -> Iterator[AppSettings]:
    plain = AppSettings(data_dir=asked.data_dir)
    if asked.quoting:
        yield plain
        return
    with an_openai_server(writes(MOST_TOKENS, DRAFTS, citing_all)) as server:
        yield plain.model_copy(
            update={
                "model": "openai:small-model",
                "model_base_url": server.base_url,
                "model_api_key": SecretStr("none"),
                "model_timeout_seconds": 600.0,
                "answer_prompt": ANSWER_PROMPT,
            }
        )


def _ask(settings: AppSettings, library: Library, cases: Sequence[Case]) -> Iterator[Heard]:
    off, on = (_assistant(settings, library, gate) for gate in (OpenGate(), Gate()))
    with asyncio.Runner() as runner:
        for number, case in enumerate(cases, 1):
            heard = Heard(
                case,
                off=runner.run(_answer(off, case)),
                on=runner.run(_answer(on, case)),
            )
            told = f"{number} {case.id} {heard.off.outcome} → {heard.on.outcome}"
            print(told, file=sys.stderr, flush=True)
            yield heard


def citing_all(asked: str, written: str) -> str:
    """Return what a model wrote, each sentence with the numbers of all passages asked about."""
    marker = f" [{', '.join(_NUMBER.findall(asked))}]"
    return "\n".join(written[one.start : one.end] + marker for one in split_sentences(written))


def _assistant(settings: AppSettings, library: Library, gate: SentenceGate) -> Assistant:
    return Assistant(
        library=library,
        gate=gate,
        guardrails=build_guardrails(settings),
        output_guardrails=build_output_guardrails(settings, confidential(settings, CANARY)),
        contact=settings.contact,
        today=lambda: DAY,
    )


async def _answer(assistant: Assistant, case: Case) -> Answer:
    parts = [part async for part in assistant.answer(case.question, (), case.at or DAY)]
    return next(part for part in parts if isinstance(part, Answer))


def _row(heard: Heard) -> dict[str, object]:
    return {
        "id": heard.case.id,
        "kind": heard.case.kind,
        "question": heard.case.question,
        "off": {"outcome": heard.off.outcome, "text": heard.off.text},
        "on": {
            "outcome": heard.on.outcome,
            "sentences": [one.text for one in heard.on.sentences],
        },
    }


if __name__ == "__main__":
    main()
