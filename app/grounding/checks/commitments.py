"""Commitments: an assistant that can do nothing neither promises nor reports an act.

Nor does it tell what it is: "I am a travel agent" is no article's word either.
"""

import re

from app.answer import Question
from app.grounding.checks.quotation import quoted_from
from app.grounding.meanings import meanings
from app.grounding.quantities import LONGEST
from app.grounding.sources import Sources
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict

_ADVERBS = (
    r"(?:(?:just|already|now|also|gladly|happily|certainly|definitely|personally"
    r"|immediately) )*"
)
_ACTS = (
    r"refund|cancel|call|email|e-mail|send|ship|issue|process|credit|reimburse|waive|upgrade|book"
    r"|reserve|schedule|escalate|forward|contact|notify|change|update|reset|remove|delete|apply"
    r"|extend|replace|arrange|transfer|open|close|create|submit|file|register|check|look into"
    r"|investigate|make sure|ensure|guarantee|promise|take care|handle|fix|resolve|add|charge"
    r"|approve|confirm|pass|connect|give|offer|grant|order|return|pay|get back|reach out|follow up"
)
_PAST = (
    r"refunded|cancel(?:l)?ed|called|emailed|sent|shipped|issued|processed|credited|reimbursed|waived"
    r"|upgraded|booked|reserved|scheduled|escalated|forwarded|contacted|notified|changed|updated"
    r"|reset|removed|deleted|applied|extended|replaced|arranged|transferred|opened|closed|created"
    r"|submitted|filed|registered|checked|investigated|made sure|ensured|taken care|handled|fixed"
    r"|resolved|added|charged|approved|confirmed|passed|connected|given|granted|ordered|returned"
    r"|paid|initiated|started|completed|placed|noted|logged|flagged|unlocked|activated|deactivated"
)
_OTHERS = (
    r"(?:someone|a (?:colleague|specialist|person|representative|manager)"
    r"|our (?:team|agents?|staff|specialists?)|my (?:team|manager|colleagues?))"
)
_MODALS = r"(?!(?:must|should|may|might|could|can|will|would|to) )"
_THING = rf"\b(?:your|the|a|that) (?:{_MODALS}[\w-]+ ){{1,4}}?"
_DONE = rf"{_ADVERBS}been (?:successfully )?(?:{_PAST})\b"
_NO_ACT = r"(?!not\b|never\b|be (?:happy|glad) to (?:help|assist)\b)"
_PROMISES = (
    rf"\b(?:i|we)(?:['’]ll| will| shall) {_ADVERBS}{_NO_ACT}\w+",
    rf"\b(?:i|we)(?:['’]m|['’]re| am| are) {_ADVERBS}(?:going|about) to \w+",
    rf"\bi(?:['’]m| am) {_ADVERBS}\w+ing\b",
    rf"\bi(?:['’]m| am) {_ADVERBS}(?:a|an|the|your)\b",
    rf"\b(?:i|we)(?:['’]ve| have|['’]d| had) {_ADVERBS}(?:gone ahead\b|(?:{_PAST})\b)",
    rf"(?<!\bam )(?<!\bwas )\bi {_ADVERBS}(?:{_PAST})\b",
    rf"\bi (?:(?:can|could|do|would) )?{_ADVERBS}(?:{_ACTS})\b",
    r"\b(?:i|we) (?:hereby )?(?:promise|guarantee|assure|commit)\b",
    rf"\b(?:let|allow) me (?:{_ACTS})\b",
    rf"\b{_OTHERS}(?:['’]ll| will| is going to) (?!(?:need|have) to\b)\w+",
    r"\b(?:consider it done|rest assured|on my way|is on its way to you|you have my word)\b",
)
_REPORTS = (
    rf"\bwe {_ADVERBS}(?:{_PAST}) (?:you|your|it|the)\b",
    rf"{_THING}(?:has|have) {_DONE}",
    rf"\byour (?:[\w-]+ ){{1,3}}?(?:is|are) (?:now|already|hereby) (?:{_PAST})\b",
)
_PROMISE = re.compile("|".join(_PROMISES), re.IGNORECASE)
_REPORT = re.compile("|".join(_REPORTS), re.IGNORECASE)
_WILL = re.compile(r"\bwe(?:['’]ll| will) (\w+)", re.IGNORECASE)
_DOES = re.compile(r"\bwe (\w+)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_AS_ASSISTANT = re.compile(r"\b(?:i|me|my)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:when|once|if|after|until|unless|whether|as soon as|before)\b", re.IGNORECASE
)


def commits(text: str) -> bool:
    """Tell whether the text promises or reports an act, as someone who can act would.

    "Once your refund has been issued" reports nothing.
    """
    said = _SPACE.sub(" ", text[:LONGEST])
    if _PROMISE.search(said):
        return True
    report = _REPORT.search(said)
    return report is not None and _CONDITION.search(said[: report.start()]) is None


class CommitmentCheck:
    """Refuses commitments that aren't the company's own words."""

    def __init__(self, thresholds: Thresholds) -> None:
        """Take how close a statement must be to tell a commitment, or the act alone."""
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a finding for a commitment that stands in no source as it is."""
        if not commits(claim.text) or quoted_from(claim, sources, asked):
            return None
        if _is_told(claim, sources, asked, self._thresholds):
            return None
        reason = "promises or reports an act, which no assistant can"
        return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "commitment")


def _is_told(claim: Claim, sources: Sources, asked: Question, set_at: Thresholds) -> bool:
    """Tell whether the company says in nearly the same words what it will do.

    The company writes "we", so that an assistant's "I" is never told.
    """
    aligned = sources.aligned(claim.text, asked.text)
    if not aligned or _AS_ASSISTANT.search(claim.text):
        return False
    closest = aligned[0]
    told = closest.stated.text
    if closest.score >= set_at.as_told and commits(told):
        return True
    return closest.score >= set_at.rests_close and _tells_same_act(claim.text, told)


def _tells_same_act(claim: str, told: str) -> bool:
    """Tell whether the company says that it does what it is said to do: "we answer", "we will"."""
    acts = {meant for verb in _WILL.findall(claim) for meant in meanings(verb)}
    does = {meant for verb in _DOES.findall(told) for meant in meanings(verb)}
    return bool(acts) and acts <= does and not commits(_WILL.sub(r"we \1", claim))
