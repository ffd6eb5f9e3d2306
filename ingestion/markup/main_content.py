"""The main content of a web page, where the page itself doesn't say which part that is."""

import trafilatura


def main_content(html: str) -> str | None:
    """Return the part of a page that is its article, as HTML; None where none is found.

    trafilatura (Barbaresi 2021) tells articles from navigation, menus and footers.
    """
    return trafilatura.extract(
        html,
        output_format="html",
        include_comments=False,
        include_links=True,
        include_tables=True,
        favor_recall=True,
    )
