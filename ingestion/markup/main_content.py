"""The main content of a web page, where the page itself doesn't say which part that is."""

from configparser import ConfigParser
from functools import cache

import trafilatura
from trafilatura.settings import use_config


def main_content(html: str) -> str | None:
    """Return what of a page is its article, as HTML, not always whole; None where it finds none.

    trafilatura (Barbaresi 2021) tells articles from navigation, menus and footers. It calls a short
    page none, and turns to plain text, unless it is told that any length will do.
    """
    return trafilatura.extract(
        html,
        fast=True,
        output_format="html",
        include_comments=False,
        include_links=True,
        include_tables=True,
        favor_recall=True,
        config=_any_length(),
    )


@cache
def _any_length() -> ConfigParser:
    config = use_config()
    config["DEFAULT"]["min_extracted_size"] = "1"
    return config
