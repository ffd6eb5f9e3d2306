"""Labels in front of a value, headings and columns, as far as they name a subject."""

import re

from knowledge_base.policy.grammar import Phrase, phrases, read_tokens
from knowledge_base.policy.regions import regions_in

_REMARK = re.compile(
    r"(?:note|notes|important|tip|warning|please note|caution|yes|no|example|answer|q|a|info)$",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"(?:for|with|on|in) ", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?<!\w)[A-Z][a-z]+(?!\w)")
_IN_BRACKETS = re.compile(r"\(.*?\)")


def is_remark(label: str) -> bool:
    """Tell whether a label only announces what follows: "Note", "Important"."""
    return _REMARK.match(label) is not None


def names_subject(label: str) -> bool:
    """Tell whether a label can name a subject; "Note", "Norway" and "For Cairn tents" can't."""
    says_for_whom = _FOR_WHOM.match(label) is not None and label != label.lower().capitalize()
    return not (says_for_whom or is_remark(label) or regions_in(label))


def heading_subject(heading: str) -> str:
    """Return the first noun of a heading, empty where it has none."""
    small = _CAPITALISED.sub(lambda match: match.group().lower(), heading)
    found = list(phrases(read_tokens(small, ())))
    return found[0].noun if found else ""


def column_subject(header: str) -> str:
    """Return what a column is about: its header without what stands in brackets."""
    found: list[Phrase] = list(phrases(read_tokens(_IN_BRACKETS.sub("", header), ())))
    return found[0].noun if found else ""
