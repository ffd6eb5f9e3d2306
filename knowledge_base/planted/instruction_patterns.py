"""What instructions to a model look like: patterns, each with the reason that it gives.

In the patterns a space stands for any white space. They were written for the ways in which such
attacks are known to speak (Greshake et al. 2023; BIPIA, Yi et al. 2023), wide enough for other
words, and narrow enough to leave alone what help articles tell their readers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What gives an instruction away."""

    OVERRIDE = "tells to ignore earlier instructions"
    ROLE_PLAY = "gives a model a role to play"
    ADDRESS = "speaks to a model"
    ROLE_MARK = "imitates the marks of a model's prompt"
    EXFILTRATION = "asks for what a model mustn't tell"
    REPLY = "tells how a model's reply has to look"
    TASK = "gives a task that no help article gives"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to speak to a model."""

    reason: Reason
    needs: tuple[str, ...]
    """Small letters of which some occur wherever it does: quicker to look for."""
    expression: re.Pattern[str]

    def finditer(self, text: str, small: str) -> Iterator[re.Match[str]]:
        """Return its matches in `text`, which is `small` in small letters."""
        if any(word in small for word in self.needs):
            return self.expression.finditer(text)
        return iter(())


def _pattern(reason: Reason, needs: str, *expressions: str) -> Pattern:
    joined = "|".join(expressions).replace(" ", r"\s+")
    flags = re.IGNORECASE | re.MULTILINE
    return Pattern(reason, tuple(needs.split("|")), re.compile(joined, flags))


_BEGINS = r"(?:^|(?<=[.!?:;>\"'“(*])|(?<=[.!?:;,>*\-]\s))"
"""A clause begins: behind a sentence, a colon, a bullet, a quote, a comment's mark or a tag."""
_POLITE = r"(?:(?:please|now|then|also|always|and|kindly|next|instead|finally)[,\s]+){0,2}"
_CLAUSE = _BEGINS + _POLITE
_SAME_SENTENCE = r"(?:[^\n.!?]|[.!?](?!\s)){0,120}?"
_FEW_WORDS = r"(?:\w+ ){0,3}?"

_MODEL = (
    r"(?:(?:AI|LLM)(?: (?:assistant|model|agent|system|bot)s?)?|(?:large )?language model"
    r"|chat\s?bot|virtual assistant|support (?:bot|assistant)|assistant|Chat-?GPT|GPT-?\d?)"
)
_TOLD = (
    r"(?:say|tell|reply|respond|answer|ignore|disregard|recommend|promise|refund|approve|mention"
    r"|include|add|output|print|write|repeat|reveal|claim|confirm|inform|offer|give|state|use|quote"
    r"|treat|follow|obey|never|always|not|do not|don['’]t|only)"
)
_OBLIGED = r"(?:must|shall|should|has to|have to|is to)"
_REPLY = r"(?:repl(?:y|ies)|responses?|answers?|outputs?|completion|next message)"
_NOT_THEIRS = rf"(?! (?:as much|any|all|both|your (?!(?:\w+ )?{_REPLY}\b)))"
"""Not what customers are asked for: "include your order number in your reply"."""
_SHAPE = (
    r"(?:add|augment|integrate|modify|alter|adjust|rewrite|render|provide|give|deliver|present"
    r"|write|convert|encode|express|format|translate|replace|remove|misspell|anagram|scramble"
    r"|group|combine|reverse|spell|substitute|swap|shuffle|insert|incorporate|embed|append|prepend"
    r"|end|begin|start|finish|conclude|preface|include|slip|weave|omit|leave|use|make|compose|tease"
    r"|suggest|hint|recommend|promote|mention|change|introduce|transform|jumble|intersperse|put"
    r"|sprinkle|merge|join|separate|split|capitali[sz]e|abbreviate|shorten|limit|keep|phrase)"
)
_GARBLE = (
    r"(?:replace|swap|substitute|misspell|anagram|scramble|reverse|remove|drop|capitali[sz]e"
    r"|convert|shift|double)"
)
_ENCODE = r"(?:render|encode|encrypt|obfuscate|spell|write)"
_CIPHER = r"(?:substitution|cipher|base64|rot13|morse(?: code)?|leetspeak|pig latin|anagrams?)"
_MANNER = (
    r"(?:language|style|rhymes?|emojis?|tone|code|capitals|uppercase|lowercase|reverse|backwards"
    rf"|French|German|Spanish|Latin|{_CIPHER})"
)
_WRITING = (
    r"(?:poem|haiku|limerick|sonnet|song|lyrics|rap|short story|story|tale|essay|speech|novel|joke"
    r"|riddle|screenplay|dialogue|monologue|letter to|blog post about|cover letter|eulogy|toast"
    r"|introduction (?:for|to))"
)
_LANGUAGE = r"(?:French|German|Spanish|Italian|Russian|Chinese|Japanese|English|Latin)"
_SAY = (
    r"(?:say|state|mention|quote|cite|tell|inform|answer|respond|reply|repeat|recite|announce|claim"
    r"|promise|assure|convince)"
)
_CONVEY = (
    r"(?:recommend|include|insert|append|output|print|write|display|show|send|direct|point|finish"
    r"|end|begin|start|close|conclude|advertise|promote|share|give|advise|remind|urge|encourage"
    r"|persuade)"
)
_LINK = r"(?<!\]\()(?<![<\"'=/])(?:https?://|\bwww\.)"
"""One that readers see: not the target of a link that has words of its own."""
_MONEY = r"(?:[$€£]\s?\d|\d\s?(?:USD|EUR|GBP|dollars|euros|pounds)\b)"
"""What customers are told to say never holds a link or an amount: those are for a model to say."""
_PRIVATE = (
    r"(?:(?:system|initial|hidden|your) prompt|your (?:\w+ )?instructions|conversation history"
    r"|chat history|previous messages|this conversation|api keys?|credentials|secrets?"
    r"|(?:user|customer)['’]?s?['’]? (?:data|messages?|details|password|emails?)"
    r"|environment variables)"
)
_EARLIER_ONE = r"(?:previous|prior|above|earlier|preceding|foregoing|existing|original|other|your)"
_EARLIER = rf"(?:{_EARLIER_ONE}|all(?: (?:of )?(?:the|these|those))?|any (?:of the|{_EARLIER_ONE}))"
_ORDERS = (
    r"(?:instructions?|prompts?|directions?|guidelines?|commands?|context|programming|training"
    r"|constraints?|directives?|guardrails?|orders|polic(?:y|ies)|system messages?)"
)
_PERSONA = rf"(?:{_MODEL}|character|pirate|persona|hacker|expert|human|translator|terminal)"

PATTERNS = (
    _pattern(
        Reason.OVERRIDE,
        "ignore|disregard|forget|override|bypass|overrule|neglect|stop following",
        r"\b(?:ignore|disregard|forget|override|bypass|overrule|neglect|stop following) "
        rf"(?:\w+ ){{0,2}}?{_EARLIER} {_FEW_WORDS}{_ORDERS}\b",
        rf"\b(?:ignore|disregard|forget) (?:everything|anything|all) {_FEW_WORDS}"
        r"(?:above|before|said|told|written|know|learned)\b",
    ),
    _pattern(Reason.OVERRIDE, "instructions", r"\bnew (?:system )?instructions\s*:"),
    _pattern(
        Reason.ROLE_PLAY,
        "you are now|act as|behave as|pretend|role|from now on|persona",
        rf"{_CLAUSE}you are now (?:an?|in|the|called|named|DAN|free)\b",
        rf"{_CLAUSE}(?:act|behave) as (?:if you|though you|an? {_FEW_WORDS}{_PERSONA})\b",
        rf"{_CLAUSE}pretend (?:to be|that you|you)\b",
        rf"{_CLAUSE}role-?\s?play as\b",
        rf"{_CLAUSE}(?:adopt|assume|take on) the (?:persona|role) of\b",
        rf"\bfrom now on,? (?:you (?:are|must|will|shall|should)|{_TOLD})\b",
    ),
    _pattern(
        Reason.ROLE_PLAY,
        " mode",
        r"\b(?:enter|enable|activate|switch to) (?:developer|dan|god|jailbreak) mode\b",
    ),
    _pattern(
        Reason.ADDRESS,
        " ai|ai |ai:|llm|language model|bot|assistant|gpt",
        rf"{_CLAUSE}(?:dear|hey|attention) (?:\w+ )?{_MODEL}s?\b",
        rf"{_CLAUSE}(?:note|instructions?|message|reminder|important) (?:to|for) "
        rf"(?:(?:the|any|all) )?(?:\w+ )?{_MODEL}s?\b",
        rf"{_BEGINS}(?:(?:the|any|all|every) )?{_MODEL}s?,? {_OBLIGED} (?:\w+ly )?{_TOLD}\b",
        rf"{_BEGINS}{_MODEL}s?\s*[,:]\s*(?:please |you (?:must|should|will) )?{_TOLD}\b",
        rf"\bif you are (?:an?|the) (?:\w+ )?{_MODEL}\b",
        rf"\bas an {_MODEL},? you\b",
    ),
    _pattern(
        Reason.ADDRESS,
        "when asked|when answering|when responding|when replying|when a user|when a customer",
        r"\bwhen (?:asked|answering|responding|replying|a (?:user|customer) asks)\b[^.\n]{0,60}, "
        r"(?:you (?:must|should|will) |always |please )?"
        r"(?:say|tell (?:them|the (?:user|customer))|claim|reply with)\b",
    ),
    _pattern(
        Reason.ROLE_MARK,
        "<|im_start|inst]|<<sys>>|system|instruction|assistant|human|response",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|eot_id)\|>",
        r"\[/?INST\]|<</?SYS>>|^[^\S\n]*</?(?:system|system[-_]prompt|system[-_]message)>",
        r"^[>*#_\-\t]*(?:system|assistant)(?: (?:prompt|message|override|note))?[*_]*:[*_]* "
        r"(?-i:(?=[A-Z]))(?=(?:\S+ ){3})",
        r"(?<=<!--)\s*system\s*:",
        r"^#{2,}\s*(?:system|instruction|human|response)s?\s*:",
        r"\bBEGIN (?:SYSTEM|ADMIN) \w+|\[\s*system\s*(?:message|prompt)?\s*\](?!\()",
    ),
    _pattern(
        Reason.EXFILTRATION,
        "reveal|disclose|leak|exfiltrate|repeat|print|output",
        rf"{_CLAUSE}(?:reveal|disclose|leak|exfiltrate|repeat|print|output) "
        rf"{_FEW_WORDS}{_PRIVATE}\b",
    ),
    _pattern(
        Reason.EXFILTRATION,
        "to http|to www|@",
        rf"\b(?:send|post|forward|upload|transmit|email) {_FEW_WORDS}{_PRIVATE} {_FEW_WORDS}"
        r"to (?:https?://|www\.|\S+@)",
    ),
    _pattern(
        Reason.EXFILTRATION,
        "](http",
        r"!\[[^\]\n]{0,200}\]\(https?://[^)\s]{0,300}[?&=/](?:\{|%7B|\[|<)[^)\s]{0,100}"
        r"(?:conversation|history|prompt|message|data|secret)",
    ),
    _pattern(
        Reason.REPLY,
        "reply|replies|respon|answer|output|completion|next message",
        rf"{_CLAUSE}{_SHAPE}\b{_NOT_THEIRS}{_SAME_SENTENCE}\byour (?:\w+ )?{_REPLY}\b",
        rf"{_CLAUSE}(?:in|to|throughout|within|at the (?:end|start|beginning) of|"
        rf"(?:begin|start|end)(?: all of)?) your (?:\w+ )?{_REPLY},? "
        rf"{_SHAPE}\b{_NOT_THEIRS}",
        rf"{_CLAUSE}(?:(?:ensure|make sure) (?:that )?)?your (?:\w+ )?{_REPLY} {_OBLIGED}\b",
    ),
    _pattern(
        Reason.REPLY,
        "respond|reply|answer",
        rf"{_CLAUSE}(?:respond|reply|answer) (?:only |exclusively )?(?:in|with|using) "
        rf"(?:(?:a|an|the) )?(?:\w+ ){{0,2}}?{_MANNER}\b",
    ),
    _pattern(
        Reason.REPLY,
        " letter| word| vowel| consonant| space",
        rf"{_CLAUSE}{_GARBLE} (?:every|each|all) (?:of the )?"
        r"(?:(?:other|second|third|fourth|fifth|\d+(?:nd|rd|th)) )?"
        r"(?:letter|word|vowel|consonant|space)s?\b",
    ),
    _pattern(
        Reason.REPLY,
        "substitution|cipher|base64|rot13|morse|leetspeak|pig latin|anagram",
        rf"{_CLAUSE}{_ENCODE} (?:your|the|every|each|all) (?:\w+ ){{1,3}}?(?:using|in|as|with) "
        rf"(?:\w+ ){{0,2}}?{_CIPHER}\b",
    ),
    _pattern(
        Reason.REPLY,
        "http|www.|usd|eur|gbp|dollar|pound|$|€|£",
        rf"{_CLAUSE}{_SAY}\b{_SAME_SENTENCE}(?:{_LINK}|{_MONEY})",
        rf"{_CLAUSE}{_CONVEY}\b{_SAME_SENTENCE}{_LINK}",
        rf"{_CLAUSE}(?:the|your|this|its|each|every|any|all) (?:\w+ )?{_REPLY} (?:{_OBLIGED}|ends?"
        r"|begins?|starts?|contains?|includes?|closes?|opens?|says?|mentions?|states?|consists?"
        rf"|links?)\b{_SAME_SENTENCE}{_LINK}",
    ),
    _pattern(
        Reason.REPLY,
        "answer|respond|reply",
        rf"{_CLAUSE}(?:answer|respond|reply)(?: to)? (?:every|any|all|each|whatever) ",
    ),
    _pattern(
        Reason.TASK,
        "poem|haiku|limerick|sonnet|song|lyrics|rap|story|tale|essay|speech|novel|joke|riddle"
        "|screenplay|dialogue|monologue|letter|blog post|eulogy|toast|introduction",
        rf"{_CLAUSE}(?:(?:can|could) you )?"
        r"(?:write|compose|draft|provide|create|develop|tell|make up|generate|outline|give) "
        rf"(?:me |us )?(?:an?|the|some) {_FEW_WORDS}{_WRITING}\b",
    ),
    _pattern(
        Reason.TASK,
        "translate|how do you say",
        rf"\btranslate (?:the (?:following|sentence|phrase|word)|this|['\"“])[^\n]{{0,80}}?"
        rf"\b(?:in)?to {_LANGUAGE}\b",
        r"\bhow do you say ['\"“]",
    ),
)
