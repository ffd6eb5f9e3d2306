"""Which sentences are claims in their own right, and so may become rows."""

import re

from benchmarks.claim_mutations.help_centre import PolicySentence
from knowledge_base.sentences import SentenceKind
from knowledge_base.statements import cells

_LEAST_WORDS, _MOST_WORDS = 4, 45
_LEAST_CELLS = 2
_UNFIT = re.compile(r"\[value not available\]|\w_\w|://|\]\(|:$|^\d\)|^\(\d\)|^[QA]:|…|\bYes/No\b")
"""Template bugs, names of functions, links, lead-ins, and the answers of a dialogue."""
_VERB = re.compile(
    r"\b(?:is|are|was|has|have|can|cannot|may|must|will|do|does|get|gets|pay|pays|costs?|lasts?"
    r"|takes?|applies|apply|covers?|counts?|ends?|starts?|needs?|holds?|stays?|runs?|earns?"
    r"|receives?|refund|charge|ship|repair|replace|send|report|return|cancel|works?|gives?|adds?"
    r"|includes?|requires?|allows?|expires?|opens?|close[sd]?|waits?|write|decide|check|try"
    r"|keep|email|answer|call|settles?|arrives?|posts?|provides?|offers?|accrues?|equals?"
    r"|exceeds?|remains?|comes?|goes|leaves?|spend|maintain|deposit|becomes?)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^[A-Z][^.:|]{2,60}: .*(?:\d|free|no |not |none)", re.IGNORECASE)


def is_claim(sentence: PolicySentence) -> bool:
    """Say whether the sentence tells a policy without the lines around it."""
    text = sentence.text
    if sentence.statement.is_step or _UNFIT.search(text):
        return False
    if sentence.statement.kind is SentenceKind.TABLE_ROW:
        return len([cell for cell in cells(text) if cell]) >= _LEAST_CELLS
    if not _LEAST_WORDS <= len(text.split()) <= _MOST_WORDS:
        return False
    return bool(_LABELLED.match(text) or _VERB.search(text))
