"""Links: a Markdown link whose address no article names is shown as its words alone."""

import re

_LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]]+)\]\s?"
    r"\((?P<address>(?:https?://|www\.|/|#)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)"
)


def without_unnamed_links(text: str, named: str) -> str:
    """Return a text with the words alone of each link whose address doesn't stand in `named`."""
    return _LINK.sub(lambda link: link.group() if link["address"] in named else link["words"], text)
