"""Links that lead nowhere, and articles that nothing leads to."""

from collections.abc import Iterator

from ingestion.lint.anchors import Anchors
from ingestion.lint.finding import Finding, Level, Place, Rule
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.link_graph import ArticleLink

MIN_SHARE_LINKING = 0.5
"""A help centre uses links between articles where at least this share of them has one."""

BROKEN_LINK = Rule(
    "broken-link",
    Level.ERROR,
    "A link leads to no article of the help centre.",
    "Name the article that it should lead to, or take the link out.",
)
BROKEN_ANCHOR = Rule(
    "broken-anchor",
    Level.WARNING,
    "A link leads to a heading that its article doesn't have.",
    "Name a heading that is there.",
)
ORPHAN = Rule(
    "orphan",
    Level.NOTE,
    "No article links to this one, though articles of this help centre link to each other.",
    "Link to it where customers would look for it.",
)


class LinkCheck:
    """Follows the links between articles."""

    rules = (BROKEN_LINK, BROKEN_ANCHOR)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the links of articles in force that lead nowhere."""
        anchors = Anchors()
        for link in centre.links.links:
            if not centre.is_in_force(link.source):
                continue
            if link.target_id is None:
                message = f"{link.link.target} leads to no article"
                yield Finding(BROKEN_LINK, message, (_place(link),))
            elif not anchors.has(centre.by_id[link.target_id], link.anchor):
                yield _broken_anchor(link, centre)


class OrphanCheck:
    """Looks for articles that no other one links to."""

    rules = (ORPHAN,)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the orphans, where articles link to each other at all; start pages are none."""
        links = [link for link in centre.links.links if link.target_id not in {None, _id(link)}]
        linking = {_id(link) for link in links}
        if not links or len(linking) < MIN_SHARE_LINKING * len(centre.manuscripts):
            return
        reached = {link.target_id for link in links}
        for manuscript in centre.manuscripts:
            if (
                manuscript.article.id not in reached
                and not centre.links.is_start_page(manuscript)
                and centre.is_in_force(manuscript)
            ):
                yield Finding(ORPHAN, "no article links to this one", (manuscript.top(),))


def _broken_anchor(link: ArticleLink, centre: HelpCentre) -> Finding:
    target = centre.by_id[str(link.target_id)]
    message = f"{target.article.title!r} has no heading {link.anchor!r}"
    return Finding(BROKEN_ANCHOR, message, (_place(link), target.top()))


def _place(link: ArticleLink) -> Place:
    return link.source.place_in_file(link.link.start, link.link.end)


def _id(link: ArticleLink) -> str:
    return link.source.article.id
