"""Flipped comparators: an upper bound becomes a lower one, before becomes after."""

import re
from collections.abc import Iterator

from benchmarks.claim_mutations.mutations.change import Change, in_capitals

_NUMBER = (
    r"(?:the (?:last |first )?|a |about )?(?:[$€£]?\d|(?:one|two|three|four|five|six|seven|eight"
    r"|nine|ten|twelve|fifteen|twenty|thirty|midnight|noon|January|February|March|April|June|July"
    r"|August|September|October|November|December)\b)"
)
_TIME = r"(?:(?:business|working|calendar) )?(?:second|minute|hour|day|night|week|month|year)s?\b"
_AHEAD = (
    ("at least", "at most"),
    ("at most", "at least"),
    ("no more than", "no less than"),
    ("no less than", "no more than"),
    ("up to", "at least"),
    ("more than", "less than"),
    ("less than", "more than"),
    ("fewer than", "more than"),
    ("no later than", "no earlier than"),
    ("no older than", "no younger than"),
    ("longer than", "shorter than"),
    ("shorter than", "longer than"),
    ("before", "after"),
    ("until", "only after"),
    ("minimum of", "maximum of"),
    ("maximum of", "minimum of"),
    ("exceeds", "stays below"),
    ("exceed", "stay below"),
)
_BEHIND = (
    (r"(?<=\d) or more\b", " or less"),
    (r"(?<=\d) or less\b", " or more"),
    (r"(?<=days) or less\b", " or more"),
    (r"(?<=days) or more\b", " or less"),
    (r"(?<=years) or older\b", " or younger"),
    (r"(?<=\d)\+(?= \w)", " or less"),
    (r"(?<=days) before\b", " after"),
    (r"(?<=hours) before\b", " after"),
    (r"(?<=day) before\b", " after"),
)
_LABELS = (
    (r"\bMinimum\b(?=[^.:;]{0,60}(?::|is|\|) ?\$?\d)", "Maximum"),
    (r"\bminimum\b(?=[^.:;]{0,60}(?::|is|\|) ?\$?\d)", "maximum"),
    (r"\bMaximum\b(?=[^.:;]{0,60}(?::|is|\|) ?\$?\d)", "Minimum"),
    (r"\bmaximum\b(?=[^.:;]{0,60}(?::|is|\|) ?\$?\d)", "minimum"),
)
_LEVELS = (("over", "under"), ("under", "over"), ("above", "below"), ("below", "above"))
"""Not before a time: "over two months" is as good as "during"."""
_WITHIN = (
    (rf"\b([Ww])ithin ((?:the first )?[\w-]+ {_TIME}) (?:of|after|from)\b", r"more than \2 after"),
    (rf"\bwithin (?=(?:the first )?[\w-]+ {_TIME}(?! (?:of|after|from)))", "no sooner than "),
    (rf"^Within (?=(?:the first )?[\w-]+ {_TIME}(?! (?:of|after|from)))", "No sooner than "),
)
_PATTERNS = (
    *_WITHIN,
    *((rf"(?<![\w-]){one}(?= {_NUMBER})(?! [\w-]+ {_TIME})", other) for one, other in _LEVELS),
    *(
        (rf"^{one.capitalize()}(?= {_NUMBER})(?! [\w-]+ {_TIME})", other.capitalize())
        for one, other in _LEVELS
    ),
    *((rf"(?<![\w-]){one}(?= {_NUMBER})", other) for one, other in _AHEAD),
    *((rf"^{one.capitalize()}(?= {_NUMBER})", other.capitalize()) for one, other in _AHEAD),
    *_BEHIND,
    *_LABELS,
)
_DENIED = re.compile(r"\b(?:no|not)\s*$")


def flipped_comparators(text: str) -> Iterator[Change]:
    """Yield the sentence with one comparator turned round, once for each that it has."""
    for pattern, other in _PATTERNS:
        for match in re.finditer(pattern, text):
            if not _DENIED.search(text[: match.start()]):
                flipped = text[: match.start()] + match.expand(other) + text[match.end() :]
                yield Change(in_capitals(flipped), match.group().strip().lower())
