"""Exclusions and conditions: what is refused or taken out, and in which case a rule holds."""

import re
from collections.abc import Iterator, Sequence

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
    r"|unavailable"
    r"|no (?P<none>refunds?|returns?|exchanges?|cancellations?)(?! (?:fee|charge|cost)))\b"
    rf"|\b(?:except(?:ing)?(?: for| on)?|excluding|exclusive of) (?P<taken>{_WORDS}{{2,60}})",
    re.IGNORECASE,
)
_NO_RULE = re.compile(r"\b(?:may|might|could) not be $|\b(?:may|might|could) $", re.IGNORECASE)
_CONDITIONS = re.compile(
    rf"\b(?:only (?:if|when|available|applies|apply|eligible|(?:valid )?(?:for|to|on|with|in"
    rf"|after))"
    rf"|(?:available|applies|valid|eligible) only|unless|provided that|as long as"
    rf"|on condition that|(?P<granted>if)) {_WORDS}{{2,80}}",
    re.IGNORECASE,
)
_ONLY = re.compile(r"(?:^|[—–:(] ?)(?P<whom>[A-Z][\w ]{2,30}) only(?=[.)]|$)")
_LEADING = re.compile(
    r"(?:(?:only|available|applies|apply|eligible|valid|if|when|unless|provided that|as long as"
    r"|on condition that|for|to|on|with|in|you|we|the|a|an|do|does|not|are|is|your) )+"
)
_WISH = re.compile(
    r"if (?:we do so|you(?:['’]d| would)? (?:want|need|like|wish|prefer|have (?:any|a question)"
    r"|see|notice|believe|(?:have )?forg[eo]t|lost|find|receive a message"
    r"|are (?:looking|interested|having|unsure|using|running)|don['’]t see|get|think|still|run)"
    r"|needed|necessary|possible|applicable|any\b|so\b|not\b|the problem|it['’]s|it is"
    r"|this (?:happens|does)|there (?:is|are))",
    re.IGNORECASE,
)
_GRANTING = re.compile(
    r"\b(?:refund|reimburse|free\b|charged?\b|fee\b|eligib|entitled|waive|warranty|compensat|credit)",
    re.IGNORECASE,
)
_MOST_WORDS = 5


def exclusions(text: str) -> Iterator[Value]:
    """Yield what `text` refuses or takes out."""
    for match in _EXCLUSIONS.finditer(text):
        if match["denied"] and _NO_RULE.search(text[: match.start()]):
            continue
        span = match.span("taken") if match["taken"] else match.span()
        word = match["denied"] or match["taken"] or match["none"] or _positive(match["non"])
        yield _worded(FactKind.EXCLUSION, text, span, word)


def conditions(text: str, values: Sequence[Value]) -> Iterator[Value]:
    """Yield the cases to which `text` restricts what it grants.

    A plain "if" is one only where the rest of the sentence grants, charges or refuses something:
    one of its `values`, or a word for it. A case that is itself a value is that value.
    """
    for match in _CONDITIONS.finditer(text):
        words = match.group().lower()
        if any(match.start() < value.end and value.start < match.end() for value in values):
            continue
        rest = text[: match.start()] + text[match.end() :]
        is_rule = match["granted"] is None or values or _GRANTING.search(rest)
        if is_rule and not _WISH.match(words):
            yield _worded(FactKind.CONDITION, text, match.span(), _LEADING.sub("", words, count=1))
    for match in _ONLY.finditer(text):
        yield _worded(FactKind.CONDITION, text, match.span(), match["whom"])


def _positive(denial: str) -> str:
    return (
        denial.lower().removeprefix("non").removeprefix("-").removeprefix("un").removeprefix("in")
    )


def _worded(kind: FactKind, text: str, span: tuple[int, int], value: str) -> Value:
    words = WORD.findall(value.lower())[:_MOST_WORDS]
    end = span[0] + len(text[slice(*span)].rstrip())
    return Value(kind, " ".join(words), "", span[0], end, Comparator.EQ, has_number=False)
