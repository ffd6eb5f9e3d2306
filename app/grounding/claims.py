"""Claims: what a sentence says that can be checked, piece by piece.

A list item or a table row is read with what introduces it. Nothing that is written is left out: a
heading or a line of code that a draft holds claims something too. Only a few phrases of courtesy
claim nothing; anything with a number, a name, a denial or a word of policy does.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.grounding.verdict import Claim
from knowledge_base.lines import LineKind, read_lines
from knowledge_base.policy.words import AUXILIARIES, WORD, may_be_verb
from knowledge_base.sentences import Span
from knowledge_base.statements import Statement, statements

_COURTESIES = (
    r"(?:(?:i['’]?m|i am|we['’]?re|we are) )?(?:always )?(?:happy|glad|here) to help(?: you)?",
    r"(?:sure|of course|certainly|absolutely|great|good)(?: (?:thing|question))?",
    r"(?:hi|hello|hey)(?: there)?",
    r"(?:thanks|thank you)(?: (?:so much|for (?:asking|reaching out|your (?:question|message))))?",
    r"you['’]?(?:re| are) welcome",
    r"(?:i )?hope (?:this|that) helps",
    r"(?:please )?let (?:me|us) know if you have (?:any )?(?:(?:other|more|further) )?questions",
    r"(?:is there )?anything else(?: i can help(?: you)? with)?",
    r"here(?: is|['’]s| are) (?:how|the (?:steps|details|answer)|what (?:our|the) articles? says?)",
    r"i understand|i see|got it|no problem",
    r"(?:(?:please )?(?:also )?note(?: that)?|tip)(?=\W*$)",
)
_COURTESY = re.compile(rf"(?:{'|'.join(_COURTESIES)})[\s.!,:?–—-]*", re.IGNORECASE)
_MOST_COURTESIES = 3
_LONGEST_COURTESY = 160
_MARKS = re.compile(r"[\s.,:;!?*_#|>()\[\]'\"–—-]*(?:\d{1,2}[.)])?\s*")
_JOINT = re.compile(
    r";\s+|,\s+(?:and|but)\s+(?=(?:you|we|it|they|there|this|these|your|our|the)\s)", re.IGNORECASE
)
_RESTRICTS = re.compile(
    r"\b(?:if|unless|only|except(?:ing)?|excluding|when|once|until|provided|as long as|otherwise"
    r"|without|for|with|within|before|after)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"[\ud800-\udfff]")
_LEAST_WORDS = 3


def claims(sentence: str) -> tuple[Claim, ...]:
    """Return the claims of a sentence in their order, none where it claims nothing.

    Half a character, which a model may write, stands in them as one that got lost.
    """
    whole = _HALF.sub("\ufffd", sentence)
    return tuple(
        claim
        for piece in sorted(_pieces(whole), key=lambda one: one.start)
        for claim in _cut(piece)
        if not claims_nothing(claim.text)
    )


def whole(sentence: str) -> tuple[Claim, ...]:
    """Return the sentence as one claim."""
    return (Claim(sentence, 0, len(sentence)),)


def claims_nothing(text: str) -> bool:
    """Tell whether the text is courtesy or marks alone."""
    if _MARKS.fullmatch(text):
        return True
    if len(text) > _LONGEST_COURTESY:
        return False
    end = 0
    for _ in range(_MOST_COURTESIES):
        match = _COURTESY.match(text, end)
        end = match.end() if match else end
    return end == len(text)


def _pieces(sentence: str) -> Iterator[Claim]:
    """Yield the statements with what introduces them, then what is written beside those."""
    said = statements(sentence)
    heads = {column for one in said for column in one.columns}
    telling = [one for one in said if not claims_nothing(one.text)]
    for one in telling:
        if _introduces(one, telling):
            continue
        yield Claim(f"{one.lead_in} {one.text}".strip(), one.start, one.end)
    for line in read_lines(sentence):
        if line.kind in {LineKind.BLANK, LineKind.TABLE_RULE}:
            continue
        text = sentence[line.content : line.end]
        is_read = any(one.start < line.end and line.start < one.end for one in said)
        is_head = line.kind is LineKind.TABLE_ROW and all(
            cell.strip() in heads for cell in text.strip("| \t").split("|")
        )
        if not is_read and not is_head:
            yield Claim(text, line.content, line.end)


def _introduces(one: Statement, said: Sequence[Statement]) -> bool:
    """Tell whether the statement is the lead-in of others, whose claims it is read with."""
    return one.text.endswith(":") and any(
        other.start > one.start and one.text in other.lead_in for other in said
    )


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[Span, ...]:
    """Return the coordinated clauses of a text where each of them stands alone, else all of it.

    A sentence that restricts anything stays whole: the restriction may reach over all of it.
    """
    joints = [end for joint in _JOINT.finditer(text) for end in joint.span()]
    bounds = [0, *joints, len(text)]
    spans = tuple(map(Span, bounds[::2], bounds[1::2]))
    is_cut = all(_stands_alone(text[span.start : span.end]) for span in spans)
    return spans if is_cut and not _RESTRICTS.search(text) else (Span(0, len(text)),)


def _cut(piece: Claim) -> Iterator[Claim]:
    """Yield the clauses of a piece; one that is read with a lead-in stays whole."""
    if piece.end - piece.start != len(piece.text):
        yield piece
        return
    for span in clauses(piece.text):
        start, end = piece.start + span.start, piece.start + span.end
        yield Claim(piece.text[span.start : span.end], start, end)


def _stands_alone(part: str) -> bool:
    words = [word.lower() for word in WORD.findall(part)]
    has_verb = any(word in AUXILIARIES or may_be_verb(word) for word in words[1:])
    return len(words) >= _LEAST_WORDS and has_verb
