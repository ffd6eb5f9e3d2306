"""What the guardrails block: attack prompts, and ordinary questions that only look like some.

The rules were written on the rows whose sha256(id) is even; the odd ones were not looked at. Every
block of an ordinary question is a false one. A reply with a fixed text (a greeting, a refusal of a
poem) isn't a block; it is counted beside them.

    python -m benchmarks.screening "$CANDOR_BENCH_DATA"
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.guardrails.guardrail import Action
from app.guardrails.roster import build_guardrails
from app.guardrails.screening import Screening
from app.settings import AppSettings
from app.statistics import rate

SUITES = Path(__file__).resolve().parent.parent / "evals" / "suites"
_QUESTIONS = ("wixqa", "techqa", "rhobank")


@dataclass(frozen=True, slots=True)
class Message:
    """Something that a customer or an attacker wrote."""

    group: str
    id: str
    text: str

    @property
    def is_held_out(self) -> bool:
        """Tell whether the rules were written without a look at it."""
        return int(sha256(self.id.encode()).hexdigest(), 16) % 2 == 1


def main() -> None:
    """Print what is blocked of each group, on the held-out half and on all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="the folder with attacks/ and benign/")
    parser.add_argument("--list", action="store_true", help="list ordinary messages blocked")
    arguments = parser.parse_args()
    settings = AppSettings()
    screening = Screening(build_guardrails(settings))
    messages = [*_messages(arguments.bench_data)]
    decisions = [screening.screen(message.text) for message in messages]
    _print_table([*zip(messages, (each.action for each in decisions), strict=True)])
    guards = Counter(
        each.guard
        for message, each in zip(messages, decisions, strict=True)
        if message.group == "attack, all" and each.action is Action.BLOCK
    )
    print(f"attacks blocked by: {dict(guards)}")
    if arguments.list:
        for message, each in zip(messages, decisions, strict=True):
            if not message.group.startswith("attack") and each.action is Action.BLOCK:
                print(f"{message.group} {message.id}: {each.guard}, {each.reason}")


def _messages(bench_data: Path) -> Iterator[Message]:
    limit = AppSettings().max_question_chars
    for row in _rows(bench_data / "attacks" / "prompts.jsonl"):
        yield Message(f"attack: {row['source']}", row["id"], row["text"])
        length = "accepted length" if len(row["text"]) <= limit else "too long"
        yield Message(f"attack, {length}", row["id"], row["text"])
        yield Message("attack, all", row["id"], row["text"])
    for row in _rows(bench_data / "benign" / "prompts.jsonl"):
        yield Message(row["source"], row["id"], row["text"])
    for name in _QUESTIONS:
        for row in _rows(bench_data / "questions" / f"{name}.jsonl"):
            yield Message(name, row["id"], row["question"])
    for suite in sorted(SUITES.glob("*.jsonl")):
        for row in _rows(suite):
            yield Message(suite.stem, row["id"], row["question"])


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _print_table(decided: Iterable[tuple[Message, Action]]) -> None:
    groups: dict[str, list[tuple[Message, Action]]] = defaultdict(list)
    for message, action in decided:
        groups[message.group].append((message, action))
    for group, members in groups.items():
        held_out = [action for message, action in members if message.is_held_out]
        everything = [action for _, action in members]
        print(f"{group}: held out {_told(held_out)}; all {_told(everything)}")


def _told(actions: list[Action]) -> str:
    if not actions:
        return "none"
    blocked = rate(actions.count(Action.BLOCK), len(actions))
    return (
        f"{blocked.successes} of {blocked.n} blocked = {100 * blocked.value:.1f} % "
        f"({100 * blocked.low:.1f}-{100 * blocked.high:.1f}), "
        f"{actions.count(Action.REPLY)} fixed replies"
    )


if __name__ == "__main__":
    main()
