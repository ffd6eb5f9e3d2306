"""Articles that replace others: what they name has to be there, and no day may be left out."""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.lint.finding import Finding, Level, Rule
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.manuscript import Manuscript

UNKNOWN_SUPERSEDED = Rule(
    "unknown-superseded",
    Level.WARNING,
    "An article supersedes one that isn't there.",
    "Correct the id, or take it out if the old article is deleted.",
)
CIRCULAR_SUCCESSION = Rule(
    "circular-succession",
    Level.ERROR,
    "Articles supersede each other, or an article itself, so none of them counts.",
    "Keep supersedes in the newest article only.",
)
SUCCESSION_GAP = Rule(
    "succession-gap",
    Level.WARNING,
    "Between an article's last day and its successor's first one, neither is in force.",
    "Set valid_to to the day before the successor's valid_from, or leave it out.",
)


class SuccessionCheck:
    """Follows what articles name under `supersedes`."""

    rules = (UNKNOWN_SUPERSEDED, CIRCULAR_SUCCESSION, SUCCESSION_GAP)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield what is wrong with an article's `supersedes`."""
        for newer in centre.manuscripts:
            for superseded in newer.article.supersedes:
                yield from _judge(newer, superseded, centre)


def _judge(newer: Manuscript, superseded: str, centre: HelpCentre) -> Iterator[Finding]:
    place = newer.field("supersedes")
    older = centre.by_id.get(superseded)
    if older is None:
        yield Finding(UNKNOWN_SUPERSEDED, f"there is no article {superseded!r}", (place,))
    elif newer.article.id in _superseded_by(older, centre):
        message = f"{newer.article.id!r} and {superseded!r} supersede each other"
        yield Finding(CIRCULAR_SUCCESSION, message, (place, older.field("supersedes")))
    elif _leaves_gap(older, newer):
        last, first = older.article.valid_to, newer.article.valid_from
        message = f"{superseded!r} ends on {last}, its successor begins on {first}"
        yield Finding(SUCCESSION_GAP, message, (newer.field("valid_from"), older.field("valid_to")))


def _superseded_by(manuscript: Manuscript, centre: HelpCentre) -> frozenset[str]:
    """Return the ids that an article supersedes, through others too, its own among them."""
    found: set[str] = set()
    waiting = [manuscript.article.id]
    while waiting:
        current = waiting.pop()
        if current not in found and current in centre.by_id:
            found.add(current)
            waiting.extend(centre.by_id[current].article.supersedes)
    return frozenset(found)


def _leaves_gap(older: Manuscript, newer: Manuscript) -> bool:
    last, first = older.article.valid_to, newer.article.valid_from
    return last is not None and first is not None and last + timedelta(days=1) < first
