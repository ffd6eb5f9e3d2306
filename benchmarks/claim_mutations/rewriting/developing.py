"""The templates that the checks are mended on: read as often as need be, and never reported."""

import re
from collections.abc import Callable
from functools import partial

from benchmarks.claim_mutations.rewriting.recasts import RECASTS
from benchmarks.claim_mutations.rewriting.synonyms import EACH, FIRST, TIME
from benchmarks.claim_mutations.rewriting.template import (
    Claim,
    Pairs,
    Template,
    lowered,
    raised,
    with_each,
    with_first,
)
from benchmarks.claim_mutations.row import Part
from knowledge_base.statements import cells

_DONE = {
    "returned": "return",
    "exchanged": "exchange",
    "cancelled": "cancel",
    "refunded": "refund",
    "used": "use",
    "transferred": "transfer",
    "restored": "restore",
    "paused": "pause",
    "replaced": "replace",
    "delivered": "deliver",
    "changed": "change",
}
_NOT_DONE = re.compile(
    r"^(?P<a>(?!(?:It|They|You|We|If|When)\b)[A-Z][^,.;:|]*?) cannot be "
    rf"(?P<done>{'|'.join(_DONE)})(?P<rest>[^.;:|,]*)\.?$"
)
_CONDITION = re.compile(
    r"^(?P<main>(?!(?:If|Unless|When|Once|Note)\b)[^,;:()|—]+?),? (?P<if>if|as long as|unless)"
    r" (?P<case>[^,;:|—]+?)\.?$"
)
_FRONTED = re.compile(r"^(?P<if>If|Unless) (?P<case>[^,;:|]+), (?P<main>[^,;:|]+?)\.?$")
_NO_CLAUSE = re.compile(
    r"\b(?:even|only|as|see|check|know|ask|and|or|not|verify|confirm|from|especially|then|but)$"
)
_MEMBERS = re.compile(r"^(?P<plan>Trail|Summit|Family) members (?P<do>get|pay|have|earn|receive)\b")
_LABELLED = re.compile(r"^(?P<label>[A-Z][^.:|]{2,60}): (?P<said>[^:|]+?)\.?$")
_NO_LABEL = re.compile(r"\b(?:Note|Fix|If|[Yy]ou|[Ww]e|[Tt]hey|can|is|are|will|if|[Rr]eported)\b")
_SIMPLE = re.compile(r"^(?:up to |at least |at most )?[$€£]?\d[^;,]*$")
_SPELT = {
    "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight",
    "10": "ten", "12": "twelve", "14": "fourteen", "15": "fifteen", "20": "twenty",
    "21": "twenty-one", "24": "twenty-four", "28": "twenty-eight", "30": "thirty",
    "45": "forty-five", "48": "forty-eight", "60": "sixty", "90": "ninety",
}  # fmt: skip
_INNER = re.compile(
    r"\b(?:cost of|for|cover|need|return|use|should) (?:A|An|The|Each|Our|Your|Items|Orders"
    r"|Monitor|Confirm|Verify|Review|Set|Bring|Report|Apply|Write|Check)\b"
)
_SPOKEN = (
    "So, {text}",
    "Sure! {whole}",
    "Yes, that's right: {text}",
    "Just so you know, {text}",
    "Thanks for asking! {whole}",
    "Basically, {text}",
    "As far as that goes, {text}",
    "About {topic}: {text}",
)


def _replaced(pairs: Pairs, claim: Claim) -> str:
    """Return the claim with its first pair, and what followed a capital inside in small letters."""
    if claim.text.startswith("|"):
        return claim.text
    said = with_first(claim, pairs)
    return raised(_INNER.sub(lambda found: found.group().lower(), said))


def _swapped_clauses(claim: Claim) -> str:
    last = _CONDITION.match(claim.text)
    if last is not None and not _NO_CLAUSE.search(last["main"]):
        return f"{raised(last['if'])} {last['case']}, then {lowered(last['main'], claim.names)}."
    first = _FRONTED.match(claim.text)
    if first is None or re.match(r"(?:it|they|this|that|or|and) ", first["main"], re.IGNORECASE):
        return claim.text
    return f"{raised(first['main'])}, {first['if'].lower()} {first['case']}."


def _refused(claim: Claim, wording: str) -> str:
    match = _NOT_DONE.match(claim.text)
    if match is None:
        return claim.text
    thing, verb = lowered(match["a"], claim.names), _DONE[match["done"]]
    return wording.format(verb=verb, thing=thing, rest=match["rest"])


def _as_a_member(claim: Claim) -> str:
    return _MEMBERS.sub(r"As a \g<plan> member, you \g<do>", claim.text)


def _on_the_plan(claim: Claim) -> str:
    said = re.sub(r"\b(Trail|Summit|Family) members\b", r"customers on the \1 plan", claim.text)
    return raised(said)


def _our_customers(claim: Claim) -> str:
    if not re.match(r"You (?:can|cannot|get|have|pay|receive|may|must)\b", claim.text):
        return claim.text
    said = re.sub(r"\b(if|that|which|when|unless|until|as|and|after|once|,) you\b", r"\1 they",
                  f"Our customers {claim.text.removeprefix('You ')}")  # fmt: skip
    return re.sub(r"\byou\b", "them", re.sub(r"\byour\b", "their", said))


def _spelt(claim: Claim) -> str:
    found = rf"(?<![\w.,:/$€£+–-])(\d{{1,2}})(?= {TIME}\b)"
    return raised(re.sub(found, lambda match: _SPELT.get(match[1], match[1]), claim.text))


def _labelled(claim: Claim, wording: str) -> str:
    match = _LABELLED.match(claim.text)
    if match is None or not _SIMPLE.match(match["said"]) or _NO_LABEL.search(match["label"]):
        return claim.text
    label = lowered(match["label"], claim.names)
    return raised(wording.format(label=label, said=match["said"]))


def _row(claim: Claim, value: str, whole: str) -> str:
    read = cells(claim.text) if claim.columns and claim.text.startswith("|") else []
    if not read or len(read) != len(claim.columns) or not all(read):
        return claim.text
    (_, first), *rest = zip(claim.columns, read, strict=True)
    parts = [value.format(column=lowered(name), cell=cell) for name, cell in rest if name]
    return raised(whole.format(first=first, parts=", ".join(parts))) if parts else claim.text


def _spoken(claim: Claim) -> str:
    if claim.text.startswith(("Note:", "|")):
        return claim.text
    opening = _SPOKEN[len(claim.text) % len(_SPOKEN)]
    if not claim.topic:
        opening = opening.removeprefix("About {topic}: ")
    text, topic = lowered(claim.text, claim.names), lowered(claim.topic, claim.names)
    return raised(opening.format(text=text, whole=claim.text, topic=topic))


_OTHERS: tuple[tuple[str, Callable[[Claim], str]], ...] = (
    ("row_as_answer", partial(_row, value="the {column} is {cell}", whole="For {first}, {parts}.")),
    ("row_as_list", partial(_row, value="{cell} ({column})", whole="{first}: {parts}.")),
    ("adds_up_to", partial(_labelled, wording="The {label} comes to {said}.")),
    ("value_first", partial(_labelled, wording="{said} is the {label}.")),
    ("swapped_clauses", _swapped_clauses),
    ("we_cannot", partial(_refused, wording="We can't {verb} {thing}{rest}.")),
    ("not_possible", partial(_refused, wording="It isn't possible to {verb} {thing}{rest}.")),
    ("as_a_member", _as_a_member),
    ("on_the_plan", _on_the_plan),
    ("our_customers", _our_customers),
)

DEVELOPING = (
    *(Template(name, Part.DEVELOPING, rewrite) for name, rewrite in _OTHERS),
    *(
        Template(name, Part.DEVELOPING, partial(_replaced, pairs))
        for name, pairs in (*RECASTS, *FIRST)
    ),
    Template("spelt_out", Part.DEVELOPING, _spelt),
    *(
        Template(name, Part.DEVELOPING, partial(with_each, pairs=pairs))
        for name, pairs in EACH
    ),
    Template("spoken", Part.DEVELOPING, _spoken, is_frame=True),
)  # fmt: skip
