"""Claims: what a sentence says that can be checked, piece by piece.

A list item or a table row is read with what introduces it. Nothing that is written is left out: a
heading or a line of code that a draft holds claims something too. Only a few phrases of courtesy
claim nothing; anything with a number, a name, a denial or a word of policy does.
"""

import re
from collections.abc import Iterator

from app.grounding.verdict import Claim
from knowledge_base.lines import LineKind, read_lines
from knowledge_base.policy.words import AUXILIARIES, WORD, may_be_verb
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
_LEAST_WORDS = 3


def claims(sentence: str) -> tuple[Claim, ...]:
    """Return the claims of a sentence in their order, none where it claims nothing."""
    return tuple(
        claim
        for piece in sorted(_pieces(sentence), key=lambda one: one.start)
        for claim in _cut(piece)
        if not claims_nothing(claim.text)
    )


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
    lead_ins = {one.lead_in for one in said if one.lead_in}
    heads = {column for one in said for column in one.columns}
    read = [one for one in said if not _introduces(one, said, lead_ins)]
    for one in read:
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


def _introduces(one: Statement, said: tuple[Statement, ...], lead_ins: set[str]) -> bool:
    """Tell whether the statement is the lead-in of others, whose claims it is read with."""
    return (
        one.text.endswith(":")
        and any(lead.startswith(one.text) or one.text in lead for lead in lead_ins)
        and any(other.start > one.start and one.text in other.lead_in for other in said)
    )


def _cut(piece: Claim) -> Iterator[Claim]:
    """Yield the coordinated clauses of a claim where each of them stands alone.

    A sentence that restricts anything stays whole: the restriction may reach over all of it.
    """
    joints = list(_JOINT.finditer(piece.text))
    bounds = [0, *(end for joint in joints for end in joint.span()), len(piece.text)]
    parts = [piece.text[begin:end] for begin, end in zip(bounds[::2], bounds[1::2], strict=True)]
    shifted = piece.end - piece.start != len(piece.text)
    if shifted or _RESTRICTS.search(piece.text) or not all(map(_stands_alone, parts)):
        yield piece
        return
    for begin, part in zip(bounds[::2], parts, strict=True):
        yield Claim(part, piece.start + begin, piece.start + begin + len(part))


def _stands_alone(part: str) -> bool:
    words = [word.lower() for word in WORD.findall(part)]
    has_verb = any(word in AUXILIARIES or may_be_verb(word) for word in words[1:])
    return len(words) >= _LEAST_WORDS and has_verb
