"""Draws the annotated sentences from those that look as if they hold a policy.

The same seed, help centres and reading of sentences give the same draw. The filter is wide on
purpose: what it lets through by mistake is annotated with no fact.

    python -m benchmarks.policy_sample "$CANDOR_BENCH_DATA" > sample.jsonl
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from ingestion.sources.folder import FolderSource
from knowledge_base.article import Article
from knowledge_base.statements import statements

HELP_CENTRES = (
    "arduino", "plausible", "polar", "policies37", "railway", "rhobank", "techqa", "wixqa",
)  # fmt: skip
SENTENCES = 420
SEED = 3
MAX_ARTICLE_BYTES = 5_000_000

_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|sixty|ninety|hundred|thousand)"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
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
            rf"\b{_FROM} (?:the )?(?:{_MONTH} \d|\d\d?(?:st|nd|rd|th)? {_MONTH}\b)",
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence of a help centre, by its place."""

    id: str
    help_centre: str
    article: str
    start: int
    """Code points into the article's normalised body, like `end` (exclusive)."""
    end: int
    half: Half


def main() -> None:
    """Print the sample, a row of JSON a sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of help_centres/")
    folder = parser.parse_args().bench_data / "help_centres"
    candidates = {name: sorted(_candidates(folder / name)) for name in HELP_CENTRES}
    for row in draw(candidates, SENTENCES, SEED):
        print(json.dumps(asdict(row)))


def articles(help_centre: Path) -> Iterator[Article]:
    """Yield the articles of a help centre that can be read."""
    for read in FolderSource(help_centre, MAX_ARTICLE_BYTES).read():
        if isinstance(read, Article):
            yield read


def draw(
    candidates: Mapping[str, Sequence[tuple[str, int, int]]], sentences: int, seed: int
) -> tuple[Drawn, ...]:
    """Return a stratified sample of `sentences` candidates, half of each stratum to report on.

    A help centre with fewer candidates than its share gives all it has; the others share the rest.
    """
    drawn: list[Drawn] = []
    by_size = sorted(candidates, key=lambda name: (len(candidates[name]), name))
    for place, name in enumerate(by_size):
        share = (sentences - len(drawn)) // (len(by_size) - place)
        places = candidates[name]
        chosen = random.Random(f"{seed} {name}").sample(places, min(share, len(places)))
        drawn.extend(_halved(name, chosen))
    return tuple(sorted(drawn, key=lambda row: (row.help_centre, row.article, row.start)))


def _halved(help_centre: str, chosen: Sequence[tuple[str, int, int]]) -> Iterator[Drawn]:
    named = sorted((_id(help_centre, *place), place) for place in chosen)
    for number, (name, place) in enumerate(named):
        yield Drawn(name, help_centre, *place, half=tuple(Half)[number % 2])


def _id(help_centre: str, article: str, start: int, end: int) -> str:
    return sha256(f"{help_centre}/{article}#{start}-{end}".encode()).hexdigest()[:12]


def _candidates(help_centre: Path) -> Iterator[tuple[str, int, int]]:
    """Yield the article, start and end of each sentence that the filter lets through, once a text.

    A sentence that stands in several articles is a candidate in the first only.
    """
    seen: set[str] = set()
    for article in articles(help_centre):
        for said in statements(article.body):
            text = article.body[said.start : said.end]
            if FILTER.search(text) and text not in seen:
                seen.add(text)
                yield article.id, said.start, said.end


if __name__ == "__main__":
    main()
