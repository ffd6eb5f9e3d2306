"""Flipped negations: what is refused is granted, and what is granted is refused."""

import re
from collections.abc import Iterator

from benchmarks.claim_mutations.mutations.change import Change

_GRANTED = (
    r"(?:free|included|available|refunded|refundable|covered|eligible|required|needed|allowed"
    r"|waived|charged|possible|valid|returned|accepted|reimbursed|protected|offered|released|added"
    r"|repaired|replaced|cancelled|permitted|limited|applied|credited|provided|assessed|locked"
    r"|insured|delivered|paid|deducted|kept|restored)"
)
_DONE = (
    r"(?:refund|replace|repair|charge|ship|pay|cover|keep|send|take|add|give|release|reimburse"
    r"|waive|offer|answer|write|cancel|hold|collect|pick up|deliver|email|allow|accept)"
)
_HAD = r"(?:get|earn|pay|receive|need|have|qualify|keep|owe)"
_TO_GRANT = (
    (r"\bcannot\b", "can"),
    (r"\bcan(?:'|’)t\b", "can"),
    (r"\bcan not\b", "can"),
    (r"\b(is|are|was|were|will|may|must|should) not\b(?! (?:only|even|yet))", r"\1"),
    (r"\b(do|does) not (?=have to)", r"\1 "),
    (r"\bdo not (?=(?!have to|hesitate|share)\w)", ""),
    (r"\bdoes not apply\b", "applies"),
    (r"\bdoes not (cover|count|include|start|earn|need|affect|require)\b", r"\1s"),
    (r"\bthere is no\b", "there is a"),
    (r"\bthere are no\b", "there are"),
    (r"\bwith no (?=\w)", "with a "),
    (r"\bhas no\b", "has a"),
    (r"\bhave no\b", "have a"),
    (r"^No (\w)(?=[\w -]+? (?:is|are) )", r"\1"),
    (r"\bnon-refundable\b", "refundable"),
    (r"\bNon-refundable\b", "Refundable"),
    (r"\b(?:ineligible)\b", "eligible"),
    (r"\bnever\b", "always"),
    (r"\bnot eligible\b", "eligible"),
)
_TO_REFUSE = (
    (r"\bcan\b(?! (?:not|only))", "cannot"),
    (rf"\b(is|are) (?=(?:fully |only |automatically )?{_GRANTED}\b)", r"\1 not "),
    (r"\bmust be\b", "need not be"),
    (r"\bmust (?!not|be)", "need not "),
    (r"\bwill (?=be\b|receive\b|get\b|apply\b|earn\b|refund\b)", "will not "),
    (rf"\b([Ww]e) (?={_DONE}\b)", r"\1 do not "),
    (rf"\b([Yy]ou) (?={_HAD}\b)", r"\1 do not "),
    (rf"\b(members|customers|accounts|cards) (?={_HAD}\b)", r"\1 do not "),
    (r"\b[Aa]pplies\b", "does not apply"),
    (r"(?<=\w )covers\b", "does not cover"),
    (r"(?<=\w )counts\b", "does not count"),
    (r"(?<=\w )includes\b", "does not include"),
)
_NOT_FLIPPED = re.compile(
    r"\b(?:if|unless|whether|when|once|only|until|not|no|cannot|never|who|that|which|where|so)\b[^,.;]*$",
    re.IGNORECASE,
)
"""A verb that stands in a condition, or beside another negation, would change something else."""

_RELATIVE = re.compile(r"(?<!then)(?<!also)(?<!but)(?<!and)(?<!so) (?<=\w )(?:you|we) $")
"""A verb of "the most that you can send", whose subject follows a noun."""


def flipped_negations(text: str) -> Iterator[Change]:
    """Yield the sentence with its polarity turned round, once for each verb that carries it."""
    for how, patterns in (("granted", _TO_GRANT), ("refused", _TO_REFUSE)):
        for pattern, other in patterns:
            for match in re.finditer(pattern, text):
                before = text[: match.start()]
                if not (_NOT_FLIPPED.search(before) or _RELATIVE.search(before)):
                    said = match.expand(other)
                    said = said.upper() if pattern.startswith("^No ") else said
                    yield Change(text[: match.start()] + said + text[match.end() :], how)
