"""Articles that have run out, or soon will, and nothing takes their place."""

from collections.abc import Iterator
from datetime import timedelta

from ingestion.lint.finding import Finding, Level, Rule
from ingestion.lint.help_centre import HelpCentre

SOON = timedelta(days=30)
"""How long before its last day an article is said to run out."""

EXPIRED = Rule(
    "expired-article",
    Level.WARNING,
    "An article's last day in force has passed, so nothing is answered from it any more.",
    "Write its successor and name it there under supersedes, set a later valid_to, "
    "or delete the file.",
)
EXPIRING = Rule(
    "expiring-article",
    Level.WARNING,
    "An article's last day in force comes within 30 days, and no other article takes its place.",
    "Write its successor and name it there under supersedes, or set a later valid_to.",
)


class ValidityCheck:
    """Looks for articles that run out without a successor."""

    rules = (EXPIRED, EXPIRING)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the articles that ran out, or will soon."""
        for manuscript in centre.manuscripts:
            last_day = manuscript.article.valid_to
            if last_day is None or manuscript.article.id in centre.supersessions:
                continue
            place = manuscript.field("valid_to")
            if last_day < centre.at:
                yield Finding(EXPIRED, f"it was in force until {last_day}", (place,))
            elif last_day <= centre.at + SOON:
                yield Finding(EXPIRING, f"it is in force until {last_day} only", (place,))
