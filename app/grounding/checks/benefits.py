"""Benefits: what costs the company something when it is promised must be promised by an article.

A discount, a warranty or a free replacement that the closest statement doesn't speak of is made up,
however many other words it shares.
"""

import re

from app.answer import Question
from app.grounding.checks.openings import own_text
from app.grounding.gratis import GRATIS
from app.grounding.sources import Aligned, Sources
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict

_FREE = (
    r"free|no (?:extra |additional )?(?:charge|cost|fee)|without (?:charge|cost|a fee)"
    r"|complimentary|included|nothing|we pay|0\b|waive|(?:does|do) not (?:cost|pay)"
)
_AS_FREE = GRATIS.pattern.removeprefix(r"\b")
_BENEFITS = tuple(
    (name, re.compile(rf"\b(?:{said})", re.IGNORECASE), re.compile(rf"\b(?:{told})", re.IGNORECASE))
    for name, said, told in (
        (
            "a refund",
            r"refund|money back|pa(?:id|y) back|(?:get|receive)s? (?:[\w%.,]+ ){0,5}?back\b",
            r"refund|money|reimburs|back\b|repa[iy]|return",
        ),
        (
            "something free",
            rf"free\b|no charge|no cost|on us\b|{_AS_FREE}",
            rf"{_FREE}|{_AS_FREE}",
        ),
        ("a warranty", r"warrant|guarant", r"warrant|guarant"),
        ("a discount", r"discount|% off|percent off", r"discount|off\b|reduc|less|cheaper|lower"),
        ("compensation", r"compensat|reimburs", r"compensat|reimburs|refund|pay"),
        ("a voucher", r"voucher|coupon|gift card", r"voucher|coupon|gift|code"),
        ("credit", r"(?:courtesy|store|account) credit|cash ?back", r"credit|cash ?back"),
        ("a bonus", r"bonus|reward|points\b", r"bonus|reward|point"),
        ("priority", r"priority\b", r"priorit"),
        ("a price match", r"price[- ]match|match (?:any|the|a) ", r"match"),
        ("insurance", r"insur", r"insur"),
        ("a trial", r"free trial|trial\b", r"trial"),
        ("no questions", r"no questions asked|unconditional", r"no questions|unconditional"),
        ("a lifetime", r"lifetime|forever\b|for life\b", r"lifetime|forever|for life"),
        ("a waiver", r"waive[sd]?\b|waiv", r"waiv|no |free|not "),
        ("an entitlement", r"entitle", r"entitle|right|get|receive|claim"),
    )
)


class BenefitCheck:
    """Refuses benefits that the closest statements don't speak of."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a finding for the first benefit that is made up."""
        own = own_text(claim, sources, asked)
        promised = [(name, told) for name, said, told in _BENEFITS if said.search(own)]
        if not promised:
            return None
        aligned = sources.aligned(claim.text, asked.text)
        near = [
            one for one in aligned if one.score >= aligned[0].score - self._thresholds.benefits_near
        ]
        for name, told in promised:
            if not any(told.search(_told(one)) for one in near):
                reason = f"promises {name}, which the article doesn't"
                place = near[0].stated.place if near else None
                lacking = Verdict.NOT_ENOUGH_INFO
                return Finding(claim, lacking, 0.0, reason, "policy facts", place)
        return None


def _told(one: Aligned) -> str:
    return "\n".join((one.stated.in_full, *one.stated.statement.headings[-1:]))
