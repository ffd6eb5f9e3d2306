"""The templates that were written without sight of the checks, and committed after them."""

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

_PARTICIPLES = {
    "refund": "refunded",
    "replace": "replaced",
    "repair": "repaired",
    "release": "released",
    "waive": "waived",
    "deduct": "deducted",
    "charge": "charged",
    "cancel": "cancelled",
    "keep": "kept",
    "check": "checked",
    "cover": "covered",
    "send": "sent",
    "add": "added",
}
_NEGATED = r"(?P<not>do not )?"
_ACTIVE = re.compile(
    rf"^We {_NEGATED}(?P<verb>{'|'.join(_PARTICIPLES)}) (?P<a>(?:the|your|a|an) [^,.;]+?)"
    r"(?P<rest>(?: (?:if|within|unless|when|after|until|before|once|at|by|on|from|to|for)\b.*)?"
    r"\.?)$"
)
_PLURAL = re.compile(r"^(?:the|your) (?:\w+ )*?\w+(?<!s)s(?: (?:of|for|that|less)\b|$)| and ")
_CONTRACTIONS = (
    (r"\bcannot\b", "can't"),
    (r"\b(do|does|is|are|was|were|must|should|could|would) not\b", r"\1n't"),
    (r"\bwill not\b", "won't"),
    (r"\b([Ii]t|[Tt]hat|[Tt]here) is\b", r"\1's"),
    (r"\b([Yy]ou|[Tt]hey|[Ww]e) are\b", r"\1're"),
    (r"\b([Yy]ou|[Tt]hey|[Ww]e) will\b", r"\1'll"),
)
_EXPANSIONS = (
    (r"\bcan['’]t\b", "cannot"),
    (r"\bwon['’]t\b", "will not"),
    (r"\b(do|does|is|are|was|were|must|should|could|would)n['’]t\b", r"\1 not"),
    (r"\b([Ii]t|[Tt]hat|[Tt]here)['’]s\b", r"\1 is"),
    (r"\b([Yy]ou|[Tt]hey|[Ww]e)['’]re\b", r"\1 are"),
    (r"\b([Yy]ou|[Tt]hey|[Ww]e)['’]ll\b", r"\1 will"),
)
_CONDITIONS = (
    (r"(?<!even )(?<!only )(?<!as )\bif (?=(?:the|you|we|it|they|your|an?|that)\b)", "in case "),
    (r"^If (?=(?:the|you|we|it|they|your|an?|that)\b)", "In case "),
    (r"\bunless\b", "except if"),
    (r"\bas long as\b", "provided that"),
    (r"\bonly if\b", "only on the condition that"),
    (r"\bprovided that\b", "as long as"),
)
_LIMITS = (
    (r"\b(can|may|must) be at least (?=[$€£]?\d)", r"\1 be no less than "),
    (r"\bat least (?=[$€£]?\d)", "no less than "),
    (r"\bat most (?=[$€£]?\d)", "no more than "),
    (r"\bup to (?=[$€£]?\d)", "at most "),
    (r"^Up to (?=[$€£]?\d)", "At most "),
    (r"\bmore than (?=[$€£]?\d)", "over "),
    (r"\bless than (?=[$€£]?\d)", "under "),
    (r"\b(orders|amounts|purchases|balances) over (?=[$€£]?\d)", r"\1 of more than "),
    (r"\bwithin (?=\d+ [a-z])", "in no more than "),
    (r"\bno sooner than\b", "at the earliest after"),
    (r"\bbefore (?=\d+ [ap]\.m\.)", "earlier than "),
    (r"\bexceeds (?=[$€£]?\d)", "is above "),
    (r"\bper (?=day|month|year|week)", "each "),
)
_VERBS = (
    (r"\b([Yy]ou|[Cc]ustomers|[Mm]embers|[Tt]hey) get\b(?! back)", r"\1 receive"),
    (r"\b([Yy]ou|[Cc]ustomers|[Mm]embers|[Tt]hey) receive\b", r"\1 get"),
    (r"\bbought\b", "purchased"),
    (r"\byou buy\b", "you purchase"),
    (r"\bbegins\b", "starts"),
    (r"\bstarts\b", "begins"),
    (r"\bends\b", "finishes"),
    (r"\bcosts (?=[$€£]?\d)", "has a price of "),
    (r"\blasts (?=\d)", "runs for "),
    (r"\bis needed\b", "is necessary"),
    (r"\bis required\b", "is needed"),
    (r"\bare required\b", "are needed"),
    (r"\bis free\b(?! (?:for|of))", "is free of charge"),
    (r"\bare free\b(?! (?:for|of))", "are free of charge"),
    (r"\b(?:at no cost|at no charge)\b", "for free"),
    (r"\b([Ww]e) answer\b", r"\1 reply"),
    (r"\bmaintain\b", "keep"),
    (r"\bMaintain\b", "Keep"),
    (r"\badditional\b", "further"),
)
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
_CODES = {sign: code for code, sign in _SYMBOLS.items()}
_SHARED = re.compile(r"\b(?:USD|EUR|GBP)(?:,| or) (?:USD|EUR|GBP)\b")
"""Currencies that share one number: "500 USD, EUR or GBP"."""
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
_DIGITS = dict(zip(_SMALL, (*map(str, range(2, 11)), "12"), strict=True))
_COUNTED = re.compile(
    rf"(?<![-\w])({'|'.join(_SMALL)})(?= (?:(?:business|free|full|more) )?[a-z]+s\b)"
)
_PLACE = re.compile(
    r"^(?P<main>[^,;:]+?) (?P<place>in the (?:US|EU|UK)|(?:each|every|a) (?:day|month|year))\.$"
)
_DONE = r"(?:refunded|released|charged|replaced|repaired|waived|applied|credited)\b"
_FUTURE = (
    (r"^We (?=(?:refund|replace|repair|charge|send|ship|answer|write|decide|email)\b)", "We will "),
    (r"^We do not (?=\w)", "We will not "),
    (rf"\b(?:is|are) (?={_DONE})", "will be "),
    (rf"\b(?:is|are) not (?={_DONE})", "will not be "),
    (r"^You get (?=\w)", "You will get "),
    (r"^You receive (?=\w)", "You will receive "),
)
_NONE = (
    (r"\bthere (?:is|are) no\b", "there isn't any"),
    (r"^No (?P<a>[a-z][\w -]*?) (?P<be>is|are) (?P<b>needed|required|charged|necessary)\b",
     r"You will not need any \g<a>"),
    (r"\bnot refundable\b", "non-refundable"),
    (r"\bnon-refundable\b", "not refundable"),
    (r"\bhas no\b", "does not have any"),
    (r"\bhave no\b", "do not have any"),
    (r"\bnot eligible\b", "ineligible"),
    (r"\bis not available\b", "is unavailable"),
    (r"\bnothing is\b", "there isn't anything that is"),
)  # fmt: skip
_LABELLED = re.compile(r"^(?P<label>[A-Z][^.:|]{2,60}): (?P<said>[^:]+?)\.?$")
_NO_LABEL = re.compile(r"\b(?:Note|[Yy]ou|[Ww]e|[Tt]hey|can|is|are|will|if|If)\b")
_VALUE = re.compile(r"^(?:up to |at least |at most |no |none|free)?[$€£]?\d[^;]*$|^(?:none|free)$")
_OPENINGS = (
    "According to our help pages, {text}",
    "To answer your question: {text}",
    "In short, {text}",
    "As our articles say, {text}",
    "Good to know: {text}",
)


def _active_to_passive(claim: Claim) -> str:
    match = _ACTIVE.match(claim.text)
    if match is None or re.search(r"\bthat\b", match["a"]):
        return claim.text
    if re.search(r"\b(?:and|or) we\b|\band (?:add|take|give)\b", match["rest"]):
        return claim.text
    be = "are" if _PLURAL.search(match["a"]) else "is"
    no = " not" if match["not"] else ""
    return f"{raised(match['a'])} {be}{no} {_PARTICIPLES[match['verb']]}{match['rest']}"


def _customers_may(claim: Claim) -> str:
    if not re.match(r"You (?:can|cannot|may)\b", claim.text) or re.search(
        r"\byou(?:rself|rs)\b", claim.text
    ):
        return claim.text
    said = re.sub(r"^You can\b", "Customers may", claim.text)
    said = re.sub(r"^Customers may not only\b", "Customers can not only", said)
    said = re.sub(r"^You cannot\b", "Customers may not", said)
    said = re.sub(r"^You may\b", "Customers may", said)
    said = re.sub(
        r"\b(if|that|which|when|unless|until|as|and|after|once|,) you\b", r"\1 they", said
    )
    return re.sub(r"\byou\b", "them", re.sub(r"\byour\b", "their", said))


def _it_is_possible(claim: Claim) -> str:
    said = re.sub(r"^You can (?!only|also)(?=[a-z])", "It is possible to ", claim.text)
    return re.sub(r"^You cannot (?=[a-z])", "It is not possible to ", said)


def _allowed_to(claim: Claim) -> str:
    said = re.sub(r"^You can (?!only|also)(?=[a-z])", "You are allowed to ", claim.text)
    said = re.sub(r"^You cannot (?=[a-z])", "You are not allowed to ", said)
    return re.sub(r"^You may (?!not|need|be|have|see)(?=[a-z])", "You are free to ", said)


def _currency_symbol(claim: Claim) -> str:
    if _SHARED.search(claim.text):
        return claim.text
    said = re.sub(
        r"(?<![\d$€£.,])(\d[\d.,]*\d|\d) (USD|EUR|GBP)\b",
        lambda match: f"{_SYMBOLS[match[2]]}{match[1]}",
        claim.text,
    )
    if said != claim.text:
        return said
    return re.sub(
        r"([$€£])(\d[\d.,]*\d|\d)(?!\d|[.,]\d|%)",
        lambda match: f"{match[2]} {_CODES[match[1]]}",
        claim.text,
    )


def _digits_for_words(claim: Claim) -> str:
    return _COUNTED.sub(lambda match: _DIGITS[match[1]], claim.text)


def _fronted_place(claim: Claim) -> str:
    match = _PLACE.match(claim.text)
    if match is None or re.search(r"\b(?:if|bought|sold|live|times|once)\b", match["main"]):
        return claim.text
    return f"{raised(match['place'])}, {lowered(match['main'], claim.names)}."


def _labelled_item(claim: Claim) -> str:
    match = _LABELLED.match(claim.text)
    if match is None or not _VALUE.match(match["said"]) or _NO_LABEL.search(match["label"]):
        return claim.text
    label = match["label"]
    the = "" if re.match(r"(?:No|The|Your|Free|A|Business|\w+ Account)\b", label) else "The "
    return f"{the}{lowered(label, claim.names) if the else label} is {match['said']}."


def _opening_phrase(claim: Claim) -> str:
    if claim.text.startswith(("Note:", "|")):
        return claim.text
    opening = _OPENINGS[len(claim.text) % len(_OPENINGS)]
    return opening.format(text=lowered(claim.text, claim.names))


AFTER = (
    Template("labelled_item", Part.AFTER, _labelled_item),
    Template("active_to_passive", Part.AFTER, _active_to_passive),
    Template("no_as_not", Part.AFTER, lambda claim: with_first(claim, _NONE)),
    Template("customers_may", Part.AFTER, _customers_may),
    Template("it_is_possible", Part.AFTER, _it_is_possible),
    Template("allowed_to", Part.AFTER, _allowed_to),
    Template("future_tense", Part.AFTER, lambda claim: with_first(claim, _FUTURE)),
    Template("fronted_place", Part.AFTER, _fronted_place),
    Template("condition_synonym", Part.AFTER, lambda claim: with_first(claim, _CONDITIONS)),
    Template("synonym_limits", Part.AFTER, lambda claim: with_first(claim, _LIMITS)),
    Template("synonym_verbs", Part.AFTER, lambda claim: with_first(claim, _VERBS)),
    Template("digits_for_words", Part.AFTER, _digits_for_words),
    Template("currency_symbol", Part.AFTER, _currency_symbol),
    Template("expanded", Part.AFTER, lambda claim: with_each(claim, _EXPANSIONS)),
    Template("contracted", Part.AFTER, lambda claim: with_each(claim, _CONTRACTIONS)),
    Template("opening_phrase", Part.AFTER, _opening_phrase, is_frame=True),
)
