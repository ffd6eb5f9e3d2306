"""The templates that were written last, when both other halves had been read beside the checks."""

import re

from benchmarks.claim_mutations.rewriting.template import (
    Claim,
    Template,
    lowered,
    raised,
    with_each,
    with_first,
)
from benchmarks.claim_mutations.row import Part
from knowledge_base.statements import cells

_SHOULD = re.compile(
    r"^(?P<main>[^,;:]+?)?,? ?\b(?:If|if) (?P<who>you|we|they) "
    r"(?P<verb>cancel|return|pay|buy|send|join|lose|need|change|choose|want|miss|order|ask|rent"
    r"|move|leave|stop|keep|use|exceed|close|spend|fail|report)\b(?P<rest>[^;:]*?)\.$"
)
_DONE = {
    "return": "returned",
    "cancel": "cancelled",
    "exchange": "exchanged",
    "change": "changed",
    "use": "used",
    "book": "booked",
    "pay": "paid",
    "transfer": "transferred",
    "combine": "combined",
    "spend": "spent",
    "order": "ordered",
    "collect": "collected",
    "close": "closed",
    "redeem": "redeemed",
    "request": "requested",
}
_CAN_DO = re.compile(
    rf"^You (?P<can>can|cannot|may) (?P<verb>{'|'.join(_DONE)}) "
    r"(?P<a>(?:the|your|a|an|any|up to|gift|most|all)\b[^,.;:]*?)"
    r"(?P<rest>(?: (?:if|within|unless|when|after|until|before|once|at|by|on|in|for|with|from)\b"
    r"[^;:]*)?)\.$"
)
_NOT = re.compile(r"\b(?:by|on|in|at|for|with|from) (?:which|whom)\b|\bthem\b|\bit\b")
_NO_CASE = r"(?<!even )(?<!only )(?<!as )(?<!ask )(?<!check )(?<!see )(?<!know )"
"""What stands before an "if" that puts no case."""
_IN_EVENT = (
    (rf"{_NO_CASE}\bif (?=(?:the|your|an?|we|they|you) )", "in the event that "),
    (r"^If (?=(?:the|your|an?|we|they|you) )", "In the event that "),
    (r"\bunless\b", "other than if"),
    (r"(?<!even )\bwhen (?=(?:the|your|we|you) )", "whenever "),
    (r"\bas long as\b", "on condition that"),
    (r"\bonly if\b", "solely if"),
    (r"\bonly for\b", "solely for"),
)
_DEADLINES = (
    (r"\bwithin (?P<a>\d+ (?:business )?(?:day|hour|week|month|year)s?) of(?= (?:the |your )?"  # noqa: ISC004 — one pattern
     r"(?:delivery|purchase|order|opening|account|statement|expiry|joining))",
     r"no later than \g<a> after"),
    (r"\bwithin (?P<a>\d+ (?:business )?(?:day|hour|week|month|year)s?)(?=[.,]| if\b)",
     r"in \g<a> or less"),
    (r"\bup to (?P<a>[$€£]?\d[\d.,]*\d|\d)(?P<b> (?:USD|EUR|GBP))?(?=[ .,])",
     r"\g<a>\g<b> or less"),
    (r"\bat least (?P<a>\d+) (?P<b>hours|days|weeks|months|years)\b", r"\g<a> \g<b> or more"),
    (r"\bmust be at least (?P<a>[$€£]?\d[\d.,]*)(?= )", r"must not be below \g<a>"),
)  # fmt: skip
_RATES = (
    (r"\bper (?P<a>day|month|year|week)\b", r"a \g<a>"),
    (r"\b(?:each|every) (?P<a>month|year|day|week)\b", r"once a \g<a>"),
    (r"\b(?P<a>\d+) times a (?P<b>day|month|year|week)\b", r"\g<a> times per \g<b>"),
    (r"\bmonthly fee\b", "fee per month"),
    (r"\bannual fee\b", "yearly fee"),
    (r"\bMonthly fee\b", "Fee per month"),
    (r"\bAnnual fee\b", "Yearly fee"),
)
_OFF = (
    (r"\bget (?P<a>\d+)% off (?=[a-z])", r"get a discount of \g<a>% on "),
    (r"\bgives (?P<a>\d+)% off (?=[a-z])", r"gives a discount of \g<a>% on "),
    (r"\b(?P<a>\d+)% off the price\b", r"the price less \g<a>%"),
    (r"\b(?P<a>\d+)% off(?=[.,])", r"\g<a>% less"),
    (r"\ba (?P<a>\d+)% fee\b", r"a fee of \g<a>%"),
    (r"\ba fee of (?P<a>\d+)%", r"a \g<a>% fee"),
)
_MONEY = re.compile(r"(?<![\d$€£.,])(\d[\d.,]*\d|\d) (USD|EUR|GBP)\b")
_DOLLARS = re.compile(r"\$(\d[\d.,]*\d|\d)(?![\d%]|[.,]\d| ?(?:million|per|/|USD))")
_SHARED = re.compile(r"\b(?:USD|EUR|GBP)(?:,| or) (?:USD|EUR|GBP)\b")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,])")
_NOUNS = (
    (r"\bparcel(s?)\b", r"package\1"),
    (r"\bcustomers\b", "clients"),
    (r"\bstores\b", "shops"),
    (r"\bfee\b", "charge"),
    (r"\bfees\b", "charges"),
    (r"\bitem(s?)\b", r"product\1"),
    (r"\bemail address\b", "e-mail address"),
    (r"\bthe carrier\b", "the delivery firm"),
    (r"\bproof of purchase\b", "receipt"),
)
_VERBS = (
    (r"\bsend back\b", "return"),
    (r"\bsign in\b", "log in"),
    (r"\bask for\b", "request"),
    (r"\bgive back\b", "hand back"),
    (r"\bpick up\b", "collect"),
    (r"\btakes (?=\d)", "needs "),
    (r"\bexpires?\b(?! on)", "runs out"),
    (r"\barrives\b", "gets there"),
    (r"\bchoose\b", "pick"),
    (r"\bearns (?=\d|[$€£])", "brings "),
    (r"\b([Yy]ou|[Mm]embers|[Cc]ustomers) earn (?=\d|[$€£])", r"\1 collect "),
    (r"\b([Yy]ou|[Mm]embers|[Cc]ustomers) get (?!back|it)", r"\1 are given "),
    (r"\bwe do not accept\b", "we don't take"),
    (r"\bWe do not accept\b", "We don't take"),
)
_NO = (
    (r"^There (?:is|are) no (?P<a>[a-z][\w -]*?)(?= (?:for|on|to|if|when|at)\b|\.$)",
     r"You pay no \g<a>"),
    (r"^No (?P<a>[a-z][\w -]*?) is (?P<b>charged|needed|required|refunded)\b",
     r"A \g<a> is not \g<b>"),
    (r"^We do not (?P<a>refund|replace|repair|accept|ship|charge|cover)\b", r"We never \g<a>"),
    (r"\bcannot be\b", "can't ever be"),
    (r"\bdoes not\b", "will not"),
    (r"\bdo not (?=cover|apply|include|count|ship|work)", "never "),
)  # fmt: skip
_PLAN_MEMBERS = re.compile(r"\b(?P<name>[A-Z][a-z]+) members\b")
_LABELLED = re.compile(r"^(?P<label>[A-Z][^.:|]{2,60}): (?P<said>[^:]+?)\.?$")
_NO_LABEL = re.compile(r"\b(?:Note|[Yy]ou|[Ww]e|[Tt]hey|can|is|are|will|if|If)\b")
_VALUE = re.compile(r"^(?:up to |at least |at most )?[$€£]?\d[^;]*$")
_TOPICS = (
    "As far as {topic} is concerned, {text}",
    "{topic} – {text}",
    "About your question on {topic}: {text}",
)
_FRAMES = (
    "Please keep in mind that {text}",
    "Here is the rule: {text}",
    "Just so you know, {text}",
    "The article on this says that {text}",
)
_MAY_YES = re.compile(r"^You (?:can|may)\b(?! not)")
_MAY_SORRY = re.compile(r"^(?:You cannot|We do not|We cannot)\b")


def _inverted_condition(claim: Claim) -> str:
    match = _SHOULD.match(claim.text)
    if match is None:
        return claim.text
    should = f"Should {match['who']} {match['verb']}"
    if match["main"] is None:
        return f"{should}{match['rest']}."
    if "," in match["rest"] or re.search(r"\b(?:even|only|as|see|check|and|or)$", match["main"]):
        return claim.text
    return f"{should}{match['rest']}, {lowered(match['main'], claim.names)}."


def _can_be_done(claim: Claim) -> str:
    match = _CAN_DO.match(claim.text)
    if match is None or re.search(r"\b(?:and|that|which|or)\b", match["a"]):
        return claim.text
    if _NOT.search(match["rest"]) or re.search(r"\band\b", match["rest"]):
        return claim.text
    return f"{raised(match['a'])} {match['can']} be {_DONE[match['verb']]}{match['rest']}."


def _code_first(claim: Claim) -> str:
    if _SHARED.search(claim.text):
        return claim.text
    return _MONEY.sub(lambda match: f"{match[2]} {match[1]}", claim.text)


def _dollars(claim: Claim) -> str:
    return _DOLLARS.sub(lambda match: f"{match[1]} dollars", claim.text)


def _members_on_plan(claim: Claim) -> str:
    if not claim.names.intersection(_PLAN_MEMBERS.findall(claim.text)):
        return claim.text
    return raised(_PLAN_MEMBERS.sub(r"members on the \g<name> plan", claim.text))


def _however(claim: Claim) -> str:
    if claim.text.count(", but ") != 1 or re.search(r"\bnot only\b", claim.text):
        return claim.text
    return claim.text.replace(", but ", "; however, ")


def _comes_to(claim: Claim) -> str:
    match = _LABELLED.match(claim.text)
    if match is None or not _VALUE.match(match["said"]) or _NO_LABEL.search(match["label"]):
        return claim.text
    return f"{match['said']} is what applies to “{match['label']}”."


def _row_listed(claim: Claim) -> str:
    if not claim.columns or not claim.text.startswith("|"):
        return claim.text
    read = cells(claim.text)
    if len(read) != len(claim.columns) or not all(read):
        return claim.text
    first, *rest = zip(claim.columns, read, strict=True)
    listed = "; ".join(f"{column or 'value'}: {cell}" for column, cell in rest)
    return f"{first[1]} – {listed}"


def _yes_or_sorry(claim: Claim) -> str:
    if _MAY_YES.match(claim.text):
        return f"Yes, {lowered(claim.text)}"
    if _MAY_SORRY.match(claim.text):
        return f"Unfortunately, {lowered(claim.text)}"
    return claim.text


def _framed(claim: Claim) -> str:
    if claim.text.startswith(("Note:", "|")):
        return claim.text
    frames = (*_FRAMES, *(_TOPICS if claim.topic else ()))
    frame = frames[len(claim.text) % len(frames)]
    text = claim.text if frame.startswith("{") else lowered(claim.text, claim.names)
    return raised(frame.format(topic=lowered(claim.topic, claim.names), text=text))


FRESH = (
    Template("row_listed", Part.FRESH, _row_listed),
    Template("comes_to", Part.FRESH, _comes_to),
    Template("inverted_condition", Part.FRESH, _inverted_condition),
    Template("can_be_done", Part.FRESH, _can_be_done),
    Template("however", Part.FRESH, _however),
    Template("no_as_never", Part.FRESH, lambda claim: with_first(claim, _NO)),
    Template("in_the_event", Part.FRESH, lambda claim: with_first(claim, _IN_EVENT)),
    Template("deadline_bounds", Part.FRESH, lambda claim: with_first(claim, _DEADLINES)),
    Template("rates", Part.FRESH, lambda claim: with_first(claim, _RATES)),
    Template("discount_of", Part.FRESH, lambda claim: with_first(claim, _OFF)),
    Template("members_on_plan", Part.FRESH, _members_on_plan),
    Template("other_verbs", Part.FRESH, lambda claim: with_first(claim, _VERBS)),
    Template("other_nouns", Part.FRESH, lambda claim: with_each(claim, _NOUNS)),
    Template("code_first", Part.FRESH, _code_first),
    Template("dollars", Part.FRESH, _dollars),
    Template("no_thousands", Part.FRESH, lambda claim: _THOUSANDS.sub(r"\1\2", claim.text)),
    Template("yes_or_sorry", Part.FRESH, _yes_or_sorry),
    Template("framed", Part.FRESH, _framed, is_frame=True),
)
