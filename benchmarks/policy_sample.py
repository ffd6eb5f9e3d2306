"""Draws the annotated sentences from those that look as if they hold a policy.

The same seed, help centres and reading of sentences give the same draw. The filter is wide on
purpose: what it lets through by mistake is annotated with no fact.

    python -m benchmarks.policy_sample "$CANDOR_BENCH_DATA" > sample.jsonl

A further sample has a seed of its own, and leaves out what was annotated before:

    python -m benchmarks.policy_sample "$CANDOR_BENCH_DATA" --sentences 160 --seed 11
        --halves develop --without benchmarks/policy_annotations.{develop,report}.jsonl
"""

import argparse
import json
import random
import re
from calendar import month_name
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ingestion.sources.folder import FolderSource
from knowledge_base.article import Article
from knowledge_base.statements import statements

SENTENCES = 420
SEED = 3
MAX_ARTICLE_BYTES = 5_000_000

_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|sixty|ninety|hundred|thousand)"
)
_MONTH = rf"(?:{'|'.join(month_name[1:])})"
_TIME = r"(?:seconds?|minutes?|mins?|hours?|days?|nights?|weeks?|months?|quarters?|years?)"
_SIZE = r"(?:[kmgtp]i?b(?:ps)?|bytes?|mm|cm|km|kg|lbs?|inch(?:es)?|v?cpus?|v?cores?)"
_LIMIT = (
    r"(?:at least|at most|up to|(?:more|less|fewer|greater|larger|longer) than|within|maximum"
    r"|minimum|limit(?:ed)? (?:of|to|is)|exceeds?|no later than)"
)
_GRANTED = r"(?:refunded|refundable|eligible|allowed|permitted|covered|transferable|entitled)"
_FROM = r"(?:by|on|until|till|from|before|after|since|through|between|as of|starting|effective)"
FILTER = re.compile(
    "|".join(
        (
            r"[$€£¥]\s?\d|\d\s?[$€£¥%](?!\w)|\d\s(?:usd|eur|gbp|per ?cent|percent)\b",
            rf"(?<![\w.])\d[\d,.]*[\s-]?{_SIZE}\b",
            rf"(?<![\w.:])\d[\d,.]*[\s-]+(?:(?:business|working|calendar)[\s-]+)?{_TIME}\b",
            rf"\b(?:one|{_WORD})[\s-]+(?:(?:business|working|calendar)[\s-]+)?{_TIME}\b",
            rf"\b{_LIMIT}\s(?:\w+\s){{0,3}}(?:\d[\d,.]*|{_WORD})(?![\w.])",
            rf"\b{_FROM} (?:the )?(?:{_MONTH} \d|\d\d?(?:st|[nr]d|th)? {_MONTH}\b)",
            r"\b(?:at|by|until|before|after|between|from) \d\d?(?::\d\d)?\s?[ap]\.?m\b",
            r"\bfor free\b|\b(?:is|are) free\b|\bfree (?:of charge|trial|plan|shipping|for|with)\b",
            r"\bno (?:\w+ )?(?:charge|fee|cost)s?\b",
            r"\bnon-?(?:refund|transfer|return|negoti)|\bno refunds?\b",
            rf"(?:\bnot|n't)[ -]?(?:be )?{_GRANTED}\b|\bineligible\b",
            r"\bnot (?:available|included) (?:for|in|on|to|with)\b",
            r"\bonly (?:available|applies|apply|eligible)\b|\b(?:available|eligible) only\b",
        )
    ),
    re.IGNORECASE,
)


class Half(StrEnum):
    """What a sentence is for."""

    DEVELOP = "develop"
    REPORT = "report"
    DEVELOP2 = "develop2"
    """Drawn later, to develop with as well."""


HALVES = (Half.DEVELOP, Half.REPORT)


class Candidate(NamedTuple):
    """A sentence that the filter lets through; see `Drawn`."""

    article: str
    start: int
    end: int
    digest: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence of a help centre, by its place."""

    id: str
    help_centre: str
    article: str
    start: int
    """Code points into the article's normalised body, like `end` (exclusive)."""
    end: int
    digest: str
    """Of the sentence's text: another reading of the article, or another copy of it, shows."""
    half: Half


def main() -> None:
    """Print the sample, a row of JSON a sentence."""
    arguments = _arguments()
    known = frozenset(name for path in arguments.without for name in _ids(path))
    candidates = {
        path.name: [one for one in sorted(_candidates(path)) if _id(path.name, one) not in known]
        for path in (arguments.bench_data / "help_centres").iterdir()
    }
    for row in draw(candidates, arguments.sentences, arguments.seed, arguments.halves):
        print(json.dumps(asdict(row)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of help_centres/")
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--halves", type=Half, nargs="+", default=HALVES, help="in turn")
    parser.add_argument(
        "--without", type=Path, nargs="+", default=(), help="files of sentences to leave out"
    )
    return parser.parse_args()


def _ids(annotations: Path) -> Iterator[str]:
    for line in annotations.open(encoding="utf-8"):
        yield json.loads(line)["id"]


def digest(text: str) -> str:
    """Return twelve digits that another text will hardly have."""
    return sha256(text.encode()).hexdigest()[:12]


def articles(help_centre: Path) -> Iterator[Article]:
    """Yield the articles of a help centre that can be read."""
    for read in FolderSource(help_centre, MAX_ARTICLE_BYTES).read():
        if isinstance(read, Article):
            yield read


def draw(
    candidates: Mapping[str, Sequence[Candidate]],
    sentences: int,
    seed: int,
    halves: Sequence[Half],
) -> tuple[Drawn, ...]:
    """Return a stratified sample of `sentences` candidates, each stratum dealt out to `halves`.

    A help centre with fewer candidates than its share gives all it has; the others share the rest.
    """
    drawn: list[Drawn] = []
    by_size = sorted(candidates, key=lambda name: (len(candidates[name]), name))
    for place, name in enumerate(by_size):
        share = (sentences - len(drawn)) // (len(by_size) - place)
        places = candidates[name]
        chosen = random.Random(f"{seed} {name}").sample(places, min(share, len(places)))
        drawn.extend(_halved(name, chosen, halves))
    return tuple(sorted(drawn, key=lambda row: (row.help_centre, row.article, row.start)))


def _halved(
    help_centre: str, chosen: Sequence[Candidate], halves: Sequence[Half]
) -> Iterator[Drawn]:
    named = sorted((_id(help_centre, one), one) for one in chosen)
    for number, (name, one) in enumerate(named):
        yield Drawn(name, help_centre, *one, half=halves[number % len(halves)])


def _id(help_centre: str, place: Candidate) -> str:
    return digest(f"{help_centre}/{place.article}#{place.start}-{place.end}")


def _candidates(help_centre: Path) -> Iterator[Candidate]:
    """Yield what the filter lets through; a text that comes several times, the first time only."""
    seen: set[str] = set()
    for article in articles(help_centre):
        for said in statements(article.body):
            text = article.body[said.start : said.end]
            if FILTER.search(text) and text not in seen:
                seen.add(text)
                yield Candidate(article.id, said.start, said.end, digest(text))


if __name__ == "__main__":
    main()
