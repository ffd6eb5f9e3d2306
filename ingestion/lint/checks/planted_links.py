"""Lines that nothing is answered from, because they look as if somebody else had written them."""

from collections.abc import Iterator

from ingestion.lint.finding import Finding, Level, Rule
from ingestion.lint.help_centre import HelpCentre
from knowledge_base.planted.links import NamedHosts, find_planted_links

PLANTED_LINK = Rule(
    "planted-link",
    Level.WARNING,
    "A line leads to a host that no other article names, and speaks of something else than its "
    "article, so nothing is answered from it.",
    "Take it out if nobody of yours wrote it, or say in the article what the link is for.",
)


class PlantedLinkCheck:
    """Looks for links that lead away from their article."""

    rules = (PLANTED_LINK,)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the lines that are blanked out of what answers are made from."""
        named = NamedHosts(manuscript.article for manuscript in centre.manuscripts)
        for manuscript in centre.manuscripts:
            for line in find_planted_links(manuscript.article, named):
                place = manuscript.place(line.start, line.end)
                yield Finding(PLANTED_LINK, "it leads away from its article", (place,))
