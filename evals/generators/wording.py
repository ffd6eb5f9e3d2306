"""An article's words turned into a customer's: who speaks, how a topic is named."""

import re
from collections.abc import Callable

_TURNED = {
    "you": "I", "your": "my", "yours": "mine", "yourself": "myself", "we": "you", "our": "your",
    "us": "you", "ours": "yours",
}  # fmt: skip
_PERSON = re.compile(rf"\b(?:{'|'.join(_TURNED)})\b", re.IGNORECASE)
_YOU_ARE = re.compile(r"\byou(?: are|’re|'re)\b", re.IGNORECASE)
_WE_ARE = re.compile(r"\bwe are\b", re.IGNORECASE)
_OBJECT_YOU = re.compile(
    r"\b(for|to|with|from|of|by|at|on|between|gives?|sends?|tells?|asks?|emails?|charges?|costs?|"
    r"allows?|lets?) you\b(?! (?:are|have|can|may|do|want|need|will|get|pay)\b)",
    re.IGNORECASE,
)
_COUNTRY = {"US", "EU", "UK"}
_ORDERS = [
    "add",
    "book",
    "bring",
    "buy",
    "cancel",
    "change",
    "claim",
    "close",
    "compare",
    "delete",
    "earn",
    "exchange",
    "find",
    "get",
    "make",
    "move",
    "open",
    "pause",
    "pay",
    "redeem",
    "register",
    "reset",
    "return",
    "send",
    "set",
    "spend",
    "start",
    "switch",
    "track",
    "transfer",
    "update",
    "upgrade",
    "use",
    "withdraw",
]
_VERB_FIRST = re.compile(rf"(?:{'|'.join(_ORDERS)})\b", re.IGNORECASE)
_QUESTION_FIRST = re.compile(
    r"(?:what|when|why|how|who|which|where|can|do|does|is|are|if|faq|understanding)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"^(?:A|An|The) .* (?:is|was|are|arrived|fails?)\b")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


def turned(text: str) -> str:
    """Return a shop's words as its customer says them: "your order" becomes "my order"."""
    text = _WE_ARE.sub("you\x00are", text)
    text = _YOU_ARE.sub("I am", text)
    text = _OBJECT_YOU.sub(lambda found: f"{found[1]} me", text)
    return _PERSON.sub(_other, text).replace("\x00", " ")


def upper_first(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def topic_sentences(title: str, in_sentence: Callable[[str], str]) -> tuple[str, ...]:
    """Return sentences in which a customer says what it is about; empty where the title is none."""
    title = _BRACKETS.sub("", title).strip(" .")
    head, _, tail = title.partition(": ")
    if _QUESTION_FIRST.match(title):
        return ()
    if _SENTENCE.search(title):
        return (f"{title}.",)
    if _VERB_FIRST.match(title):
        wish = turned(in_sentence(title))
        return (f"I want to {wish}.", f"I'd like to {wish}.", f"I'm trying to {wish}.")
    topic = turned(in_sentence(f"{head} ({tail})" if tail and tail.istitle() else head))
    return (f"Question about {topic}:", f"A question on {topic}.", f"About {topic}:")


def _other(found: re.Match[str]) -> str:
    word = found[0]
    return word if word in _COUNTRY else _TURNED[word.lower()]
