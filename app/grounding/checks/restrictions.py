"""Restrictions: a claim keeps the conditions, exclusions and denials of what it rests on.

"Refunds are free" doesn't follow from "refunds are free for Summit members", nor "you can return
ropes" from "you can't return ropes". Read on the statement that is closest to the claim.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answer import Question
from app.grounding.checks.openings import own_text
from app.grounding.checks.quotation import SENTENCE_END
from app.grounding.claims import clauses
from app.grounding.gratis import with_free
from app.grounding.meanings import frame_of, matter_of, meanings
from app.grounding.polarity import alike, opposed
from app.grounding.quantities import Quantity, quantities
from app.grounding.sources import Sources, own_words
from app.grounding.stated import Stated
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.policy.fact import Comparator
from knowledge_base.sentences import SentenceKind

_CASE = re.compile(
    r"(?<!\bon )(?<!\bof )(?<!\babout )(?<!\bsee )(?<!\bcheck )(?<!\bknow )"
    r"\b(?:only (?:if|when|for|to|on|with|in|after)|even if|if|unless"
    r"|except(?:ing)?(?: for| on| when| if)?|excluding|other than|apart from|with the exception of"
    r"|provided(?: that)?|as long as|on condition that|once"
    r"|until|when|while|without|but not|not including)\s+"
    r"(?P<case>[^,;:.()|]+(?:[.,](?=\d)[^,;:.()|]+)*)",
    re.IGNORECASE,
)
_EXCEPTS = re.compile(
    r"except|exclud|other than|apart from|with the exception|but not|not including", re.IGNORECASE
)
_WHOM = re.compile(
    r"(?<![\w-])(?:for|to(?! (?:[a-z]+ (?:a|an|the|your|it|them)|be|have|do|get|make)\b)"
    r"|on|of|with|in|by|from|at)\s+(?!your\s+\w+\b(?!\s+\w+s?\b))"
    r"(?P<case>(?:(?:the|a|an|our|your|all)\s+)?"
    r"(?:[A-Za-z][\w-]*\s+){0,3}(?:members?|plans?|customers?|subscribers?|users?|accounts?|orders?"
    r"|purchases?|items?|holders?|memberships?|cards?|students?|guests?))\b",
)
_NAMED = re.compile(
    r"(?:\b(?:for|to|on|of|with|in|by|from|at|within|between)|^(?:For|On|With|In|At))\s+"
    r"(?P<case>(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*)"
)
_BOUNDED = re.compile(
    r"\b(?:for|with|on|of|to)\s+(?P<case>[^,;:.()|]*?\b(?:more than|over|above|at least|less than"
    r"|under|below|exceeding)\s+[$€£]?\d[^,;:.()|]*(?:[.,](?=\d)[^,;:.()|]+)*)",
    re.IGNORECASE,
)
"""Which of its kind it holds for, by a number: "for parcels worth more than 500 USD"."""
_FRONT = re.compile(
    r"^(?P<case>(?:[A-Z][\w-]*\s+){1,3}(?:members?|customers?|subscribers?|users?"
    r"|plans?|accounts?|orders?))\b"
)
_INSTRUCTION = re.compile(
    r"(?:\d+[.)] )?\W*(?:then |next,? |please |simply )?"
    r"(?:(?:right-|double-)?click|select|choose|tap|press|open|go"
    r"|enter|hover|scroll|type|see|follow|add|upload|drag|hit|navigate|sign|log|use|set|review"
    r"|toggle|pick|check|turn|copy|paste|locate|provide|edit|adjust|customi[sz]e|save|publish"
    r"|remove|delete|repeat|to \w+)\b",
    re.IGNORECASE,
)
"""A step tells what to do: what it leaves out of another sentence makes it no wrong promise."""
_PRESSES = re.compile(
    r"(?:\d+[.)] )?\W*(?:then |next,? |please )?(?:(?:right-|double-)?click|tap|press|hover)\b",
    re.IGNORECASE,
)
"""What is pressed is a button, whatever is written on it: "Click Refund"."""
_PROMISES = re.compile(
    r"\d|\b(?:free\b|all\b|any\b|every|always|never|guarant|entitle|waive|discount|bonus|reward)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^\s*\d{1,2}[.)](?=\s)|(?<=\])\s?\([^()\s]*\)|https?://\S+")
"""What promises nothing: an item's number, and a link's address, which is checked as a name."""
_POLICY = re.compile(
    r"\d|\b(?:refund|return|cancel|free\b|fee|cost|price|pay\b|paid|charg|eligib|entitle|warrant"
    r"|guarant|exchang|replac|reimburs|credit|discount|deliver|ship|member|renew|expir|transfer"
    r"|waive|deposit|insur|bonus|reward|earn|all\b|any\b|every|always|never|everyone|anyone)",
    re.IGNORECASE,
)
_OF_HERSELF = re.compile(r"\b(?:i|my|me|we|our|mine)\b", re.IGNORECASE)
"""What a customer asks of her own case fulfils a condition; a topic doesn't."""
_GROUPS = frozenset(meanings("members plan customers subscribers users"))
"""What those who have a plan are called: "customers on the Summit plan", "Summit members"."""
_EXCLUDES = re.compile(
    r"\b(?:except\w*|exclu\w+|other than|apart from|besides|not|no|never|cannot|without|but"
    r"|unless|save for|non-?\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words with which a claim can keep an exclusion: "even for gift cards" has none."""
_REFUSES = re.compile(
    r"(?<!did )(?<!was )(?<!were )(?<!has )(?<!had )\b(?:not|cannot|never)\b"
    r"|(?<!did)(?<!was)(?<!were)(?<!has)(?<!had)n['’]t\b|\bnon-"
    r"|\b(?:exclu(?:ded|sions?)|exceptions?)\b",
    re.IGNORECASE,
)
"""A heading whose list names what is refused: "What isn't covered", no "fee you didn't expect"."""
_ONLY = re.compile(r"\b(?:only|solely|exclusively)\b", re.IGNORECASE)
_WIDE = re.compile(
    r"\b(?:all|any|every|always|everyone|anyone|everybody|anybody|everything|anything|anywhere"
    r"|everywhere|worldwide|whenever (?:you|they) (?:like|want|wish|please)|whichever|whatever"
    r"|regardless|no matter|however (?:many|much|often|long)"
    r"|as (?:many|much|often|long)(?: times)? as (?:you|they) (?:like|need|want|wish)"
    r"|unconditional(?:ly)?|unlimited|without (?:exception|restriction|limit)s?|at any time"
    r"|anytime|unaccompanied|(?:on|by) (?:your|their|his|her) own|forever|lifetime|guaranteed?)\b",
    re.IGNORECASE,
)
_DENIED_ANY = re.compile(
    r"(?:\b(?:without|not|never)|n['’]t)(?: (?:have|has|need|pay|get|be|charge))?"
    r" any(?:thing|one)?\b"
    r"|\bin any [\w-]+ (?:days|weeks|months|years)\b"
    r"|\ball (?:that )?you (?:need|have) (?:to do )?(?:is|are)\b",
    re.IGNORECASE,
)
"""What is denied of any case isn't promised in every case: "there aren't any charges"."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """Words of a statement that say in which case, or for whom, it holds."""

    text: str
    words: frozenset[str]
    """Those that the rest of the statement hasn't, or else all."""
    is_exclusion: bool = False
    told_beside: frozenset[str] = frozenset()
    """The numbers of the rest of the statement: having them shows nothing."""


class RestrictionCheck:
    """Refuses claims that say more than the statement they rest on."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a finding for a denial that is turned, a restriction dropped, a scope widened."""
        own = own_text(claim, sources, asked)
        aligned = sources.aligned(claim.text, asked.text)
        if not aligned or aligned[0].score < self._thresholds.rests_close:
            return _unconfirmed(claim) if _promises(own) else None
        least = aligned[0].score - self._thresholds.rests_near
        near = [one.stated for one in aligned if one.score >= least]
        same = [one for one in near if matter_of(one.text) == matter_of(own)]
        near = same or near
        findings = [self._finding(claim, own, stated, asked) for stated in _giving(claim, near)]
        return None if None in findings else findings[0]

    def _finding(self, claim: Claim, own: str, stated: Stated, asked: Question) -> Finding | None:
        said = own_words(own, asked.text)
        told = _part(own, stated)
        is_step = _is_step(said)
        set_at = self._thresholds
        is_near = alike(said, told, set_at.alike) or not is_step
        turned = opposed(said, told, set_at) if is_near else ""
        turned = turned or _is_listed_as_refused(said, stated)
        if turned:
            return Finding(claim, Verdict.CONTRADICTED, 0.0, turned, "policy facts", stated.place)
        missing = "" if is_step or _introduces(said) else self._missing(said, told, asked)
        if missing:
            lacking = Verdict.NOT_ENOUGH_INFO
            return Finding(claim, lacking, 0.0, missing, "policy facts", stated.place)
        return None

    def _missing(self, claim: str, told: str, asked: Question) -> str:
        is_personal = _OF_HERSELF.search(asked.text) is not None
        given = frozenset(meanings(asked.text)) if is_personal else frozenset()
        for one in restrictions(told, named=_POLICY.search(claim) is not None):
            if not one.words <= given and not _keeps(claim, one, self._thresholds.kept):
                return f"drops the {'exclusion' if one.is_exclusion else 'condition'} {one.text!r}"
        if _ONLY.search(told) and not _ONLY.search(claim):
            return "drops the word 'only'"
        widened = _widened(claim, told)
        return f"says {widened!r}, which the article doesn't" if widened else ""


def _is_listed_as_refused(claim: str, stated: Stated) -> str:
    """Return the heading of a list of what is refused, where a claim grants what it lists."""
    said = stated.statement
    heading = said.headings[-1] if said.headings else stated.heading
    if said.kind is not SentenceKind.LIST_ITEM or not _REFUSES.search(heading):
        return ""
    grants = _EXCLUDES.search(claim) is None and _EXCLUDES.search(said.text) is None
    grants = grants and not matter_of(claim) <= matter_of(said.text)
    return f"grants what stands below {heading!r}" if grants else ""


def _promises(claim: str) -> bool:
    """Tell whether a claim is one of policy, which something close must confirm."""
    return not _is_step(claim) and _POLICY.search(_BESIDE.sub("", claim)) is not None


def _unconfirmed(claim: Claim) -> Finding:
    reason = "no sentence of the articles comes close to it"
    return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "policy facts")


def _is_step(claim: str) -> bool:
    """Tell whether the claim is a step that promises nothing; its lead-in doesn't count."""
    own = _BESIDE.sub("", claim.rpartition(": ")[2])
    if _PRESSES.match(own):
        return _PROMISES.search(own) is None
    return _INSTRUCTION.match(own) is not None and _POLICY.search(own) is None


def _introduces(claim: str) -> bool:
    """Tell whether a claim only introduces what isn't part of it, and promises nothing itself."""
    return claim.rstrip().endswith(":") and _POLICY.search(claim) is None


def _part(claim: str, stated: Stated) -> str:
    """Return the sentence or clause of a statement that is closest to the claim, with its lead-in.

    A clause counts only where the claim says nothing of what stands beside it.
    """
    sentences = SENTENCE_END.split(stated.text)
    cut = (one[span.start : span.end] for one in sentences for span in clauses(one))
    said = frame_of(claim)
    closest = max((*cut, *sentences, stated.text), key=lambda part: _likeness(said, part))
    lead_in = "" if stated.is_given_whole(quantities(claim)) else stated.statement.lead_in
    joint = " " if not lead_in or lead_in[-1] in ".:;!?," else ": "
    return f"{lead_in}{joint}{closest}".strip()


def _likeness(said: frozenset[str], part: str) -> float:
    told = frame_of(part)
    return len(said & told) / len(said | told) if said or told else 0.0


def _giving(claim: Claim, near: Sequence[Stated]) -> Sequence[Stated]:
    """Return those of the statements that give all numbers of the claim, or else the closest."""
    said = quantities(claim.text)
    giving = [
        stated
        for stated in near
        if all(any(one.equals(given) for given in stated.quantities) for one in said)
    ]
    return giving if said and giving else near[:1]


def restrictions(text: str, *, named: bool = True) -> Iterator[Restriction]:
    """Yield the cases and, if `named`, the groups to which a statement restricts itself."""
    for pattern in (_CASE, _WHOM, _NAMED, _FRONT, _BOUNDED) if named else (_CASE, _BOUNDED):
        for match in pattern.finditer(text):
            words = frame_of(match["case"])
            if words:
                is_exclusion = _EXCEPTS.match(match.group()) is not None
                beside = f"{text[: match.start()]} {text[match.end() :]}"
                told = frozenset(one.number for one in quantities(beside))
                yield Restriction(
                    match.group().strip(), words - frame_of(beside) or words, is_exclusion, told
                )


def _keeps(claim: str, one: Restriction, share: float) -> bool:
    if one.is_exclusion and _EXCLUDES.search(claim) is None:
        return False
    said = frozenset(meanings(claim))
    said |= _GROUPS if said & _GROUPS else frozenset()
    if sum(word in said for word in one.words) >= share * len(one.words):
        return True
    said_so = quantities(claim)
    bounds = [each for each in quantities(one.text) if each.comparator is not Comparator.EQ]
    if bounds and all(any(_is_bound(each, other) for other in said_so) for each in bounds):
        return True
    numbers = {each.number for each in quantities(one.text)} - one.told_beside
    return bool(numbers) and numbers <= {each.number for each in quantities(claim)}


def _is_bound(one: Quantity, other: Quantity) -> bool:
    """Tell whether a number bounds as another one does: an order's, not a price that is alike."""
    return one.equals(other) and one.kind is other.kind and one.comparator is other.comparator


def _widened(claim: str, stated: str) -> str:
    """Return the word by which a claim takes in more than the statement, if there is one."""
    told, said = _wide(stated), _wide(claim)
    added = (word for word in said if word not in told)
    return next(added, "") if len(said) > len(told) else ""


def _wide(text: str) -> list[str]:
    read = _DENIED_ANY.sub(" ", with_free(text))
    return [match.group().lower() for match in _WIDE.finditer(read)]
