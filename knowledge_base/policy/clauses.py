"""Exclusions and conditions: what is refused or taken out, and in which case a rule holds."""

import re
from collections.abc import Iterator

from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.policy.value import Value
from knowledge_base.policy.words import WORD

_WORDS = r"[^.,;:()|\n]"
_GRANTED = (
    r"refund(?:able|ed)|transfer(?:able|red)|eligible|available|included|allowed|permitted|covered"
    r"|supported|accepted|possible|entitled|returnable|redeemable|exchangeable|valid"
)
_EXCLUSIONS = re.compile(
    r"\b(?:not|n['’]t|never|no longer)(?: be| currently| yet| directly| always)* "
    rf"(?P<denied>{_GRANTED})\b"
    r"|\b(?P<non>non-?(?:refund|transfer|return|negoti|exchange)able|ineligible|unsupported"
    r"|unavailable)\b"
    rf"|\b(?:except(?:ing)?(?: for)?|excluding|exclusive of) (?P<taken>{_WORDS}{{2,60}})",
    re.IGNORECASE,
)
_CONDITIONS = re.compile(
    rf"\b(?:only (?:if|when|for|to|on|with|in|after|available)|unless|if|provided(?: that)?"
    rf"|as long as|on condition that) {_WORDS}{{2,80}}",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"if (?:you(?:['’]d| would)? (?:want|need|like|wish|prefer|have (?:any|(?:a )?question)|see"
    r"|notice|are (?:looking|interested|having|unsure|using)|don['’]t see|get|think|still|run|do)"
    r"|needed|necessary|possible|so\b|not\b|the problem|this (?:happens|does))",
    re.IGNORECASE,
)
_MOST_WORDS = 5


def exclusions(text: str) -> Iterator[Value]:
    """Yield what `text` refuses or takes out."""
    for match in _EXCLUSIONS.finditer(text):
        span = match.span("taken") if match["taken"] else match.span()
        word = match["denied"] or match["taken"] or match["non"]
        yield _worded(FactKind.EXCLUSION, text, span, word)


def conditions(text: str) -> Iterator[Value]:
    """Yield the cases to which `text` restricts what it grants."""
    for match in _CONDITIONS.finditer(text):
        if not _WISH.match(match.group()):
            yield _worded(FactKind.CONDITION, text, match.span(), match.group())


def _worded(kind: FactKind, text: str, span: tuple[int, int], value: str) -> Value:
    words = WORD.findall(value.lower())[:_MOST_WORDS]
    end = span[0] + len(text[slice(*span)].rstrip())
    return Value(kind, " ".join(words), "", span[0], end, Comparator.EQ, has_number=False)
