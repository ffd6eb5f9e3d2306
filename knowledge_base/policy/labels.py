"""Labels in front of a value, headings and columns, as far as they name a subject."""

import re
from collections.abc import Sequence

from knowledge_base.policy.grammar import Phrase, phrases, read_tokens
from knowledge_base.policy.regions import regions_in

_REMARK = re.compile(
    r"(?:note|notes|important|tip|warning|please note|caution|yes|no|example|answer|q|a|info)$",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"(?:for|with|on|in) ", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(.*?\)")


def is_remark(label: str) -> bool:
    """Tell whether a label only announces what follows: "Note", "Important"."""
    return _REMARK.match(label) is not None


def names_subject(label: str) -> bool:
    """Tell whether a label can name a subject; "Note", "Norway" and "For Cairn tents" can't."""
    says_for_whom = _FOR_WHOM.match(label) is not None and label != label.lower().capitalize()
    return not (says_for_whom or is_remark(label) or regions_in(label))


def heading_subject(headings: Sequence[str]) -> str:
    """Return the noun of the innermost heading that has one."""
    for heading in reversed(headings):
        found = list(phrases(read_tokens(heading, ())))
        if found:
            return found[0].noun
    return ""


def column_subject(header: str) -> str:
    """Return what a column is about: its header without what stands in brackets."""
    found: list[Phrase] = list(phrases(read_tokens(_IN_BRACKETS.sub("", header), ())))
    return found[0].noun if found else ""
