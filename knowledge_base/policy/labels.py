"""Labels in front of a value, headings and columns, as far as they name a subject."""

import re
from functools import lru_cache

from knowledge_base.policy.grammar import Phrase, phrases, read_tokens
from knowledge_base.policy.regions import regions_in
from knowledge_base.policy.words import listed

_REMARK = re.compile(
    r"(?:note|notes|important|tip|warning|please note|caution|yes|no|example|answer|q|a|info)$",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"(?:for|with|on|in) ", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?<!\w)[A-Z][a-z]+(?!\w)")
_NAMES_FILE = re.compile(r"\S+\.\w+")
_NO_SUBJECTS = listed(
    """
    answer article cause complete consideration content description detail documentation example
    faq guide info information introduction issue note overview problem question quick reference
    reminder scenario section step summary thing tip troubleshooting tutorial way
    """
)
"""Heads of headings that announce text of any subject."""
_HEADINGS = 4096
"""Headings whose subject is remembered: each is asked about for all that stands below."""
_IN_BRACKETS = re.compile(r"\(.*?\)")


def is_remark(label: str) -> bool:
    """Tell whether a label only announces what follows: "Note", "Important"."""
    return _REMARK.match(label) is not None


def names_subject(label: str) -> bool:
    """Tell whether a label can name a subject; "Note", "Norway" and "For Cairn tents" can't."""
    says_for_whom = _FOR_WHOM.match(label) is not None and label != label.lower().capitalize()
    return not (says_for_whom or is_remark(label) or regions_in(label))


@lru_cache(maxsize=_HEADINGS)
def heading_subject(heading: str) -> str:
    """Return the first noun of a heading that says something, empty where it has none.

    Of "Trail Maps: Changing the scale" that is what stands behind the name.
    """
    if _NAMES_FILE.fullmatch(heading):
        return ""
    _, colon, rest = heading.partition(": ")
    return (_first_noun(rest) if colon else "") or _first_noun(heading)


def _first_noun(heading: str) -> str:
    small = _CAPITALISED.sub(lambda match: match.group().lower(), heading)
    found = list(phrases(read_tokens(small, ())))
    nouns = (one.noun for one in found if one.noun.split()[-1] not in _NO_SUBJECTS)
    return next(nouns, "")


def column_subject(header: str) -> str:
    """Return what a column is about: its header without what stands in brackets."""
    found: list[Phrase] = list(phrases(read_tokens(_IN_BRACKETS.sub("", header), ())))
    return found[0].noun if found else ""
