"""Names: whom to write to, where to click and what a thing is called stands in a source.

Compared after normalising, so that "Account › Orders" is "**Account > Orders**".
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.answer import Question
from app.grounding.sources import Sources
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.policy.money import CODES
from knowledge_base.policy.words import listed

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\")\]]+|(?<![\w@.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|example|co|dev|app|eu|uk|de|info|help|shop|store|cc|me|ai)(?![\w])(?:/[^\s<>\")\]]*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,/-])\+?\(?\d[\d() ./-]{5,}\d(?![\w/])")
_STEP = r"[^\W\d_][\w’'&/-]*(?: [\w’'&/-]+){0,4}?"
_PATH = re.compile(
    rf"{_STEP}(?:\s*[>›→»]\s*{_STEP})+(?=$|[.,;:!?)]|\s(?:and|or|then|to|for|in|on|if|when|where"
    r"|under|with|by|from|is|are|you|which|that|page|menu|tab|section|screen)\b)"
)
_NAME = re.compile(
    r"(?<![\w.])[A-Z][\w’'+-]*(?:[ -](?:(?:of|the|and|for|de) )?(?:[A-Z][\w’'+-]*|\d+\w*))+(?!\w)"
)
_STEP_DOES = re.compile(
    r"(?:[^.:]{0,160}: )?\W*(?:\d+[.)] )?(?:click|select|choose|tap|press|open|go|enter|hover"
    r"|scroll|review|set|use|add|to \w+|when|if)\b",
    re.IGNORECASE,
)
"""A step names buttons: a single word in capitals is one of them."""
_OPENS = re.compile(r"(?:^|[.:;!?)] |\d\. )[\s*_\"'(\[]*$")
"""What stands before the first word of a sentence: its capital doesn't make it a name."""
_CAPITAL = re.compile(r"(?<=[a-z,] )(?:[A-Z][\w+-]*[a-z][\w+-]*|[A-Z]{2,}\w*)(?!\w)")
_CODE = re.compile(r"(?<![\w-])[A-Za-z]{2,}-?(?=\w*\d)\w+(?:-\w+)*(?![\w-])")
"""A code, voucher or model number: letters, then digits among them."""
_SAME = str.maketrans(
    {
        **dict.fromkeys("›→»", ">"),
        **dict.fromkeys("‘’ʼ′", "'"),  # noqa: RUF001 — the marks that are made the same
        **dict.fromkeys("‐‑‒–—−", "-"),  # noqa: RUF001 — as above
        **dict.fromkeys('*_`“”"', ""),
    }
)
_AMOUNT = re.compile(rf"\d[\d.,]*\s(?:{CODES})\b|\b(?:{CODES})\s\d[\d.,]*")
"""A currency's code beside a number is no name: amounts have a check of their own."""
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*>\s*")
_PLURAL = re.compile(r"(?<=x|z|s)es$|(?<=ch|sh)es$|s$")
_DIGITS = re.compile(r"\d")
_LEAST_DIGITS = 7
_COMMON = listed(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday i ok faq faqs
    """
)


class NameCheck:
    """Refuses names, addresses, numbers to call, links and menu paths that no source has."""

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a finding for the first name that stands nowhere.

        What the customer calls a thing may be repeated, but no address and no code of hers.
        """
        told = told_in(sources)
        unheard = next(_unheard(claim.text, told), None)
        if unheard is not None:
            return _unknown(claim, unheard)
        allowed = f"{told} {_normalised(asked.text)}"
        for name in _names(claim.text):
            if not _stands(name, allowed):
                return _unknown(claim, name)
        return None


def _unheard(text: str, told: str) -> Iterator[str]:
    """Yield the addresses, codes and numbers to call of a text that aren't told."""
    for name in _addresses(text):
        if _normalised(name).rstrip("/.") not in told:
            yield name
    for code in _CODE.findall(text):
        if _normalised(code) not in told:
            yield code
    for number in _PHONE.findall(text):
        digits = "".join(_DIGITS.findall(number))
        if len(digits) >= _LEAST_DIGITS and digits not in _all_digits(told):
            yield number


def told_in(sources: Sources) -> str:
    """Return all that the sources say, titles and headings included, normalised."""
    return _told(
        tuple(
            f"{one.article.title}\n{one.heading}\n{' '.join(one.article.applies_to)}\n{one.text}"
            for one in sources.listed
        )
        + tuple({heading for one in sources.stated for heading in one.statement.headings})
    )


@lru_cache(maxsize=16)
def _told(texts: tuple[str, ...]) -> str:
    return "\n".join(map(_normalised, texts))


@lru_cache(maxsize=16)
def _all_digits(told: str) -> str:
    return "\n".join("".join(_DIGITS.findall(number)) for number in _PHONE.findall(told))


def _addresses(text: str) -> Iterator[str]:
    yield from _EMAIL.findall(text)
    yield from _LINK.findall(_EMAIL.sub(" ", text))


def _names(text: str) -> Iterator[str]:
    text = _AMOUNT.sub(",", text)
    yield from _PATH.findall(text)
    for match in _NAME.finditer(text):
        name = match.group()
        opens = _OPENS.search(text[: match.start()]) is not None
        yield name.partition(" ")[2] if opens else name
    if not _STEP_DOES.match(text):
        yield from _CAPITAL.findall(text)


def _stands(name: str, told: str) -> bool:
    """Tell whether the name stands there, in one piece or, but for its first word, in words.

    A menu path stands in one piece only, whatever leads to it: "Go to Account > Orders".
    """
    wanted = _normalised(name)
    first, is_path, rest = wanted.partition(">")
    if is_path:
        return f"{first.split()[-1]}>{rest}" in told
    if wanted in told:
        return True
    words = re.findall(r"[^\W_]+", wanted)
    return all(word in _COMMON or _has_word(word, told) for word in words)


def _has_word(word: str, told: str) -> bool:
    stem = _PLURAL.sub("", word)
    return re.search(rf"(?<!\w){re.escape(stem)}", told) is not None


def _normalised(text: str) -> str:
    return _AROUND.sub(">", _SPACE.sub(" ", text.translate(_SAME))).lower().strip()


def _unknown(claim: Claim, name: str) -> Finding:
    reason = f"{name.strip()!r} stands in no article"
    return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "names")
