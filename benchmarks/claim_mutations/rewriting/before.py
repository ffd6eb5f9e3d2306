"""The templates that were written before the checks that they test."""

import re

from benchmarks.claim_mutations.rewriting.template import Claim, Template, lowered, raised
from benchmarks.claim_mutations.row import Part
from knowledge_base.statements import cells

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TIME = r"(?:business |working |calendar )?(?:second|minute|hour|day|week|month|year)s?"
_COUNTED = re.compile(
    rf"(?<![\w.,:/$€£+–-])(\d{{1,2}})(?= (?:{_TIME}|free|more|full|people|items|emails|labels|cards"
    r"|accounts|transfers|withdrawals|alerts|pieces|photos)\b)"
)
_EQUAL = {
    "7 days": "one week",
    "14 days": "two weeks",
    "21 days": "three weeks",
    "28 days": "four weeks",
    "2 weeks": "14 days",
    "3 weeks": "21 days",
    "12 months": "one year",
    "24 months": "two years",
    "36 months": "three years",
    "1 year": "12 months",
    "2 years": "24 months",
    "3 years": "36 months",
    "4 years": "48 months",
    "5 years": "60 months",
    "10 years": "120 months",
    "60 minutes": "one hour",
    "1 hour": "60 minutes",
    "2 hours": "120 minutes",
}
_DURATION = re.compile(r"(?<![\w.,$€£+–-])\d+ (?:days?|weeks?|months?|years?|minutes?|hours?)\b")
_CONDITION = r"(?:if|unless|when|as long as|provided that|once(?! an?\b| for\b| per\b| each\b))"
_FRONTED = re.compile(
    rf"^(?P<if>{_CONDITION}) (?P<case>[^,;:]+), (?P<main>[^,;:]+?)\.?$", re.IGNORECASE
)

_TRAILING = re.compile(
    rf"^(?P<main>(?!(?:If|Unless|When|Once|Check|See)\b)[^,;:()—]+?),? (?P<if>{_CONDITION})"
    r" (?P<case>[^,;:—]+?)\.?$"
)
_NO_CLAUSE = re.compile(
    r"\b(?:even|only|as|see|check|know|ask|and|or|not|verify|confirm|from|especially)$"
)
_DEADLINE = re.compile(
    r"^(?P<main>[^,;:()]+?) (?P<time>within \d+ (?:business )?[a-z]+"
    r"(?: (?:of|after|from) (?:(?! and )[^,;:])+?)?)\.$"
)
_OBJECT = r"(?P<a>(?:the|your|all|any|a|an|it) ?[^,.;]*?)"
_BOUND = r"(?= (?:if|within|unless|when|after|until|before|once|at|by|free|in full)\b|,|\.$|;|$)"
_NOUNS = (
    (rf"^We refund {_OBJECT}{_BOUND}", r"A refund of \g<a> is made"),
    (rf"^We do not refund {_OBJECT}{_BOUND}", r"No refund of \g<a> is made"),
    (rf"^We replace {_OBJECT}{_BOUND}", r"A replacement of \g<a> is made"),
    (rf"^We repair {_OBJECT}{_BOUND}", r"A repair of \g<a> is done"),
    (rf"^You can cancel {_OBJECT}{_BOUND}", r"Cancellation of \g<a> is possible"),
    (rf"^You cannot cancel {_OBJECT}{_BOUND}", r"Cancellation of \g<a> is not possible"),
    (rf"^You can return {_OBJECT}{_BOUND}", r"A return of \g<a> is possible"),
    (r"^We decide ", "Our decision is made "),
    (r"^We answer ", "Our answer comes "),
    (r"^We ship ", "Shipment takes place "),
    (r"^The (?P<a>[^,.;]+?) lasts ", r"The duration of the \g<a> is "),
    (r"^A (?P<a>[^,.;]+?) costs (?!.* and )", r"The price of a \g<a> is "),
    (r"^It costs ", "The price is "),
    (r"^(?P<a>[A-Z][^,.;]+?) is valid for ", r"\g<a> has a validity of "),
    (r"^(?P<a>[A-Z][^,.;]+?) are valid for ", r"\g<a> have a validity of "),
    (r"\bis available\b", "is on offer"),
    (r"\bare available\b", "are on offer"),
)
_ACTIVE = {
    "refunded": "refund",
    "released": "release",
    "replaced": "replace",
    "waived": "waive",
    "applied": "apply",
    "credited": "credit",
    "deducted": "deduct",
    "added": "add",
    "sent": "send",
    "reimbursed": "reimburse",
    "charged": "charge",
    "issued": "issue",
}
_PASSIVE = re.compile(
    r"^(?P<a>[^,;:()]+?) (?P<be>is not|are not|cannot be|will not be|is|are|can be|will be) "
    rf"(?P<done>{'|'.join(_ACTIVE)})(?P<rest>(?:[ .][^,;:]*)?)$"
)
_AUXILIARY = {
    "is": "", "are": "", "can be": "can ", "will be": "will ", "is not": "do not ",
    "are not": "do not ", "cannot be": "cannot ", "will not be": "will not ",
}  # fmt: skip
_KEPT = frozenset(
    ["can", "cannot", "may", "must", "will", "should", "do", "would", "could", "need"]
)
_ADVERB = re.compile(r"^(?:also|only|normally|usually|always|never|then|may|send)$")
_CLAUSE_WORDS = r"(?:if|that|which|when|unless|until|as|and|after|before|once|what|how|where|but)"
_EXCLUSIONS = (
    (r",? except for ", " with the exception of "),
    (r",? except (?=[a-z]+ )(?!where|when|to|within|in|on)", " with the exception of "),
    (r"\bother than ", "apart from "),
    (r"\bexcluding ", "not including "),
    (r"\bwith no\b", "without any"),
    (r"\bwith the exception of ", "except for "),
    (r"\bnot included\b", "excluded"),
    (r"\bwithout a\b(?! (?:premium|loyalty))", "with no"),
)


def _fronted_condition(claim: Claim) -> str:
    match = _TRAILING.match(claim.text)
    if match is None or _NO_CLAUSE.search(match["main"]):
        return claim.text
    return f"{raised(match['if'])} {match['case']}, {lowered(match['main'], claim.names)}."


def _trailing_condition(claim: Claim) -> str:
    match = _FRONTED.match(claim.text)
    if match is None or re.match(r"(?:it|they|this|that|or|and) ", match["main"], re.IGNORECASE):
        return claim.text
    return f"{raised(match['main'])} {match['if'].lower()} {match['case']}."


def _fronted_deadline(claim: Claim) -> str:
    match = _DEADLINE.match(claim.text)
    if match is None or re.search(r"\b(?:if|unless|when|not)\b", match["main"]):
        return claim.text
    return f"{raised(match['time'])}, {lowered(match['main'], claim.names)}."


def _nominalised(claim: Claim) -> str:
    for pattern, noun in _NOUNS:
        said, times = re.subn(pattern, noun, claim.text, count=1)
        if times:
            return said
    return claim.text


def _passive_to_active(claim: Claim) -> str:
    match = _PASSIVE.match(claim.text)
    if match is None or re.search(r"^(?:by|if)\b|\b(?:that|who|which|and)\b", match["a"]):
        return claim.text
    if re.match(r" (?:by|to (?:a|the) order|with)\b", match["rest"]):
        return claim.text
    verb = _AUXILIARY[match["be"]] + _ACTIVE[match["done"]]
    return f"We {verb} {lowered(match['a'], claim.names)}{match['rest']}"


def _must_as_required(claim: Claim) -> str:
    said = re.sub(r"^You must not ", "You are not allowed to ", claim.text)
    said = re.sub(r"\b([Yy]ou) must ", r"\1 are required to ", said)
    said = re.sub(r"\b([Yy]ou) need not ", r"\1 are not required to ", said)
    said = re.sub(r"^((?:All )?\w+s) must be ", r"\1 are required to be ", said)
    return re.sub(r"^(The \w+|Your \w+(?<!s)) must be ", r"\1 is required to be ", said)


def _company_named(claim: Claim) -> str:
    if any(_ADVERB.match(word) for word in re.findall(r"\b[Ww]e (\w+)", claim.text)):
        return claim.text
    said = re.sub(r"\b(W|w)e (\w+)", _third_person, claim.text)
    if said == claim.text:
        return said
    said = re.sub(r"\bour\b", "the company's", said)
    return re.sub(r"\b(to|with|from|by) us\b", r"\1 the company", said)


def _third_person(match: re.Match[str]) -> str:
    the, verb = ("The" if match[1] == "W" else "the"), match[2]
    if verb == "do":
        return f"{the} company does"
    special = {"are": "is", "have": "has", "do": "does"}
    if verb in special or verb in _KEPT:
        return f"{the} company {special.get(verb, verb)}"
    ending = "es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else "s"
    return f"{the} company {re.sub(r'(?<=[^aeiou])y$', 'ie', verb)}{ending}"


def _you_to_customers(claim: Claim) -> str:
    if not re.match(r"You (?!are welcome)", claim.text):
        return claim.text
    said = "Customers " + claim.text.removeprefix("You ")
    said = re.sub(rf"(?<=\b)({_CLAUSE_WORDS}|,) you\b", r"\1 they", said)
    said = re.sub(r"\byour\b", "their", said)
    return re.sub(r"\byou\b", "them", said)


def _number_in_words(claim: Claim) -> str:
    return raised(_COUNTED.sub(lambda match: _in_words(int(match[1])), claim.text))


def _in_words(number: int) -> str:
    if number < len(_WORDS):
        return _WORDS[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_WORDS[ones]}" if ones else "")


def _percent_in_words(claim: Claim) -> str:
    return re.sub(r"(?<=\d) ?%", " percent", claim.text)


def _equal_duration(claim: Claim) -> str:
    return _DURATION.sub(lambda match: _EQUAL.get(match.group(), match.group()), claim.text)


def _exclusion_synonym(claim: Claim) -> str:
    for pattern, said in _EXCLUSIONS:
        changed, times = re.subn(pattern, said, claim.text, count=1)
        if times:
            return changed
    return claim.text


def _merged_heading(claim: Claim) -> str:
    if not claim.topic or claim.text.startswith(("Note:", "|")):
        return claim.text
    return f"When it comes to “{claim.topic}”, {lowered(claim.text, claim.names)}"


def _row_sentence(claim: Claim) -> str:
    first, *rest = _cells(claim)
    if not rest:
        return claim.text
    parts = [f"the {lowered(column)} is {cell}" for column, cell in rest]
    return f"For {first[1]}, {' and '.join(parts)}."


def _row_of(claim: Claim) -> str:
    first, *rest = _cells(claim)
    if not rest:
        return claim.text
    return f"{first[1]} has {', '.join(f'{lowered(column)} {cell}' for column, cell in rest)}."


def _cells(claim: Claim) -> list[tuple[str, str]]:
    if not claim.columns or not claim.text.startswith("|"):
        return [("", "")]
    read = cells(claim.text)
    if len(read) != len(claim.columns):
        return [("", "")]
    filled = [(column or "value", cell) for column, cell in zip(claim.columns, read, strict=True)]
    return [pair for pair in filled if pair[1]] or [("", "")]


def _articles_dropped(claim: Claim) -> str:
    said = re.sub(r"\b[Tt]he (?=[a-z])", "", claim.text)
    said = re.sub(
        r"(?<!\d )(?<!USD )(?<!EUR )(?<!GBP )(?<!% )\ban? (?=[a-z])"
        r"(?!(?:day|week|month|year|few|time)\b)",
        "",
        said,
    )
    return raised(said)


BEFORE = (
    Template("row_sentence", Part.BEFORE, _row_sentence),
    Template("row_of", Part.BEFORE, _row_of),
    Template("fronted_condition", Part.BEFORE, _fronted_condition),
    Template("trailing_condition", Part.BEFORE, _trailing_condition),
    Template("fronted_deadline", Part.BEFORE, _fronted_deadline),
    Template("nominalised", Part.BEFORE, _nominalised),
    Template("passive_to_active", Part.BEFORE, _passive_to_active),
    Template("must_as_required", Part.BEFORE, _must_as_required),
    Template("company_named", Part.BEFORE, _company_named),
    Template("you_to_customers", Part.BEFORE, _you_to_customers),
    Template("exclusion_synonym", Part.BEFORE, _exclusion_synonym),
    Template("equal_duration", Part.BEFORE, _equal_duration),
    Template("number_in_words", Part.BEFORE, _number_in_words),
    Template("percent_in_words", Part.BEFORE, _percent_in_words),
    Template("articles_dropped", Part.BEFORE, _articles_dropped),
    Template("merged_heading", Part.BEFORE, _merged_heading, is_frame=True),
)
