"""Help centres of a few articles, read as the generators read them."""

from datetime import date
from pathlib import Path

from evals.generators.askings import askings
from evals.generators.generator import Source
from evals.generators.help_centre import HelpCentre
from knowledge_base.article import Article
from knowledge_base.generations.ledger import Ledger
from tests.builders import an_article

DAY = date(2026, 11, 1)

PLANS = an_article(
    "## What each plan costs\n\n"
    "| Plan | United States | European Union |\n"
    "| --- | --- | --- |\n"
    "| Trail | 20 USD a year | 22 EUR a year |\n"
    "| Summit | 65 USD a year | 69 EUR a year |",
    article_id="plans",
    title="Compare membership plans",
)
TRAIL = an_article(
    "We refund the full Trail fee if you cancel within 14 days of joining.",
    article_id="trail",
    title="Trail membership",
    applies_to={"plan": ("Trail",)},
)
SUMMIT = an_article(
    "We refund the full Summit fee if you cancel within 30 days of joining.",
    article_id="summit",
    title="Summit membership",
    applies_to={"plan": ("Summit",)},
)
TENTS = an_article(
    "The warranty on Cairn tents lasts 2 years from the date of purchase.",
    article_id="cairn",
    title="Warranty on Cairn tents",
    applies_to={"product": ("Cairn",)},
)
PACKS = an_article(
    "The warranty on Kestrel tents lasts 10 years from the date of purchase.",
    article_id="kestrel",
    title="Warranty on Kestrel tents",
    applies_to={"product": ("Kestrel",)},
)
ALERTS = an_article(
    "You can have up to 15 alerts at a time.\n\nWe write as soon as the item is there.",
    article_id="alerts",
    title="Get an alert when an item is back in stock",
)


def a_help_centre(*articles: Article, day: date = DAY) -> HelpCentre:
    held = {one.id: one for one in articles or (PLANS, TRAIL, SUMMIT, TENTS, PACKS, ALERTS)}
    return HelpCentre(held, Ledger(held), day)


def a_source(*articles: Article, day: date = DAY, instructions: Path | None = None) -> Source:
    help_centre = a_help_centre(*articles, day=day)
    return Source(help_centre, askings(help_centre), instructions)
