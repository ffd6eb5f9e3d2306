"""What takes a question to be an attack on the model: rules, each with the reason that it gives.

Help centres are asked to ignore, bypass, forget and reset things all day. So each rule wants what
only a model is told: the rules that it was given, a persona without any, how its refusals have to
sound, its own prompt. What one rule misses has little to gain, since nothing is released that no
article says; what one blocks in error is a customer who is turned away.

In the patterns a space stands for white space, and ` ?` for some or none. They were written on the
attack prompts of `$CANDOR_BENCH_DATA` whose sha256(id) is even.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MODEL = (
    r"(?:AIs?|A\.I\.|LLMs?|(?:large )?language models?|chat ?bots?|Chat-?GPT|GPT(?:-?\d)?"
    r"|AI (?:assistants?|models?|systems?))"
)
_GIVEN = r"(?:previous|prior|above|earlier|preceding|foregoing|original|initial|past|system|your)"
_ORDERS = (
    r"(?:instructions?|prompts?|directions?|directives?|guidelines?|rules|commands?|inputs?"
    r"|programming|training|guardrails?|constraints|context|tasks?|orders)"
)
_PERSON = r"(?:I|we|he|she|they|me)"
_ETHICS = r"(?:ethic\w*|moral\w*|legal\w*|illegal\w*|immoral\w*|unethical\w*|amoral\w*)"
_LIMITS = (
    r"(?:restrictions?|limit(?:s|ations?)|filters?|censorship|guidelines|rules|boundaries"
    r"|morals?|ethics|principles|restraints|safeguards)"
)
_UNBOUND = (
    r"(?:unfiltered|uncensored|amoral|unhinged|unethical|immoral|jail ?broken|unrestricted"
    r"|non-?restricted)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to attack a model."""

    name: str
    reason: str
    expression: re.Pattern[str]

    def matches(self, text: str) -> bool:
        """Tell whether the rule takes `text` for an attack."""
        return self.expression.search(text) is not None


def _rule(name: str, reason: str, *expressions: str) -> Rule:
    joined = "|".join(expressions).replace(" ?", r"\s*").replace(" ", r"\s+")
    return Rule(name, reason, re.compile(joined, re.IGNORECASE | re.MULTILINE))


def broken_rules(text: str) -> Iterator[Rule]:
    """Yield the rules that take `text` for an attack, in their order."""
    return (rule for rule in RULES if rule.matches(text))


RULES = (
    _rule(
        "override",
        "tells a model to drop the instructions that it was given",
        # "Can I ignore your instructions?" and "ignore my earlier instructions" are fair.
        rf"(?<!\bI\s)(?<!\bwe\s)\b(?:ignore|disregard|forget|override|bypass|overrule|neglect"
        r"|do not (?:listen to|follow)|don't (?:listen to|follow)|stop following)"
        rf" (?:(?:all|any|every(?:thing)?|each|the|of|these|those|in) ){{0,4}}{_GIVEN}"
        rf" (?:(?!my\b)\w+ ){{0,2}}{_ORDERS}\b"
        rf"(?! (?:that )?(?:{_PERSON}|from me|in my|about my|of mine)\b)",
        r"\b(?:ignore|disregard|forget) (?:everything|anything|all|the)(?: that)?"
        r"(?: (?:was|is|has been|you were|you have been|you've been))?"
        r" (?:(?:said|told|written|stated) )?(?:above|before this|previously)\b"
        r"[\s,.!]*(?:and|just|instead|then|now)\b",
        r"\b(?:ignore|disregard|forget) (?:what|all|everything|anything)(?: that)?"
        r" you(?: were| have been|'ve been) (?:told|taught|instructed|trained)\b",
        r"\bdo not listen to any (?:previous|prior) information\b",
        r"\b(?:ignore|disregard|forget) (?:all |any |the ){0,2}(?:previously|above|formerly)[ -]"
        r"(?:given|stated|mentioned|provided) (?:instructions?|prompts?|rules|directions)\b",
        r"\b(?:ignore|disregard|forget) everything (?:from before|to your core)\b",
        r"\bpretend to have forgotten\b",
        r"\byou (?:do not|don't) (?:need|have) to (?:obey|abide by|align with)\b",
    ),
    _rule(
        "own prompt",
        "asks for the model's own prompt",
        r"\b(?:reveal|show|tell|give|print|output|repeat|display|share|disclose|leak|write|what"
        r"(?:'s| is| are| was| were))(?: (?:me|us|out|back|down|exactly|the|all|of|contents?"
        r"|full|text|entire|whole)){0,4}"
        r" (?:(?:your )?(?:system|initial|hidden|secret|original|internal)"
        r" (?:prompts?|instructions)|your (?:first )?prompts?)\b(?! for)",
        r"\b(?:repeat|print|output|recite|write out)(?: (?:me|all|of|the|every|word|text|words"
        r"|sentence|everything|verbatim)){1,5} above\b",
    ),
    _rule(
        "unbound persona",
        "describes a model without rules",
        r"\bdo anything now\b|\bD\.A\.N\b\.?",
        r"(?-i:\bDAN\b)(?! (?:card|bank|[A-Z][a-z]))(?=[^\n]{0,200}\b(?:can|will|answer|mode|is"
        r"|GPT)\b)",
        rf"\b{_UNBOUND},?(?: (?:and|or|&|yet) \w+| \w+,?)? (?:{_MODEL}|character|response"
        r"s?|answers?|output|being|version|persona)\b",
        rf"\b(?:is|are|as|of|named)(?: \w+){{0,4}} {_MODEL}[^\n.]{{0,80}} (?:without|with no"
        rf"|free (?:of|from)"
        rf"|has no|no longer bound by|not bound by|ignores?|disregards?) (?:(?:any|all|the|its"
        rf"|such|\w+ly) ){{0,2}}"
        rf"(?:{_LIMITS}|(?:\w+ (?:or|and|&) )?\w+ {_LIMITS})\b",
        rf"\b(?:(?:no|without|regardless of|(?:no|any|without) (?:regards?|concerns?)(?: for| to"
        rf"| about)?"
        rf"|(?:not|never|n't) (?:give a \w+|cares?|concern\w*|worry|warn|have"
        rf"|follow) ?(?:about|for|any)?)"
        rf" (?:any |the )?)(?:{_ETHICS}(?:,| or| and|/|\+| &)+ ?){{1,3}}{_ETHICS}\b",
        r"\b(?:broken free of|free from|escape) the (?:typical|usual|normal) (?:confines|limits)\b",
        rf"\bno (?:ethical|moral)(?: (?:or|and|nor) (?:ethical|moral))? {_LIMITS}\b",
        rf"\bfree (?:of|from) (?:all|any|every) (?:(?:\w+ (?:and|or) )?\w+ )?{_LIMITS}\b",
        r"\bOpenAI'?s? (?:content|usage|own) polic(?:y|ies)\b",
        r"\b(?:ignore|without|not subject to|not bound by|regardless of|break|bypass|violat\w+"
        r"|free from)"
        r" (?:(?:any|all|the|of) ){0,3}(?:OpenAI|Chat-?GPT)\b",
    ),
    _rule(
        "persona",
        "gives the model somebody else to be",
        r"\byou (?:are|will be|shall be|will) (?:now )?(?:going to )?(?:pretend|act|role-?\s?play"
        r"|simulat\w+|pose|posing|impersonat\w+|play the (?:role|part)|immers\w+"
        r"|(?:be )?replaced)\b"
        r"(?! (?:on|against|at|with) (?:me|us|my|our))",
        r"\byou are (?:about to immerse|no longer (?:an? )?"
        rf"(?:{_MODEL}|assistant)|going to (?:pretend|act|play the role))\b",
        rf"\b(?:act|behave|respond|answer|reply|speak|talk) (?:like|as)(?: if)? (?:you (?:are|were)"
        rf"|(?:an? )?(?:\w+ ){{0,3}}{_MODEL})\b",
        rf"\b(?:simulate|imagine|emulate)(?: \w+){{0,4}} (?:(?:{_MODEL})|persona)\b[^\n]{{0,80}}"
        r"\b(?:named|called|who|that|which)\b",
        rf"\b(?:simulate|act as|act like|are(?: now)?|about|replaced by|amoral|the"
        rf"|is)(?: \w+){{0,5}} {_MODEL}"
        r" (?:named|called) ",
        r"\bI want you to (?:act|pretend|role-?\s?play|simulate|behave|imitate|respond as)\b",
        r"\b(?:never|do not|don't) break (?:out of )?character\b",
        r"\bstay(?:s|ing)? in (?:character|char)\b(?! limit)",
        r"\bimmerse (?:yourself )?in(?:to)? (?:a |the )?role",
        r"\btake on (?:the )?(?:\w+ )?persona\b|\balter ego\b",
        r"\byou are (?:now )?[\"']?\w{2,14}[\"']?,? (?:which|who|that)? ?stands for\b",
        r"\b(?:opposite|contrary) (?:of|to|from)(?: what)? (?:OpenAI's )?Chat-?GPT\b",
        r"\bnow you act as\b|\byou now (?:act as|go by|speak as|answer as)\b",
        r"\bfrom (?:now|here|this point)(?: (?:on|own|forward|onward)s?)?,? (?:[\w-]+,? ){0,2}"
        r"you(?:'re| are| will (?:answer|respond|act|be|speak)| (?:speak|answer|respond"
        r"|give))\b",
        r"\b(?:hi|hello|hey),? Chat-?GPT\b[\s\S]{0,80}\byou (?:are|will|must)\b",
    ),
    _rule(
        "unrefusable",
        "tells a model not to refuse, warn or excuse itself",
        r"\b(?:never|not|won't|without) (?:ever )?(?:refus(?:e|es|ing)|declin(?:e|es|ing)"
        r"|reject(?:s|ing)?) (?:(?:a|any|the|my|to) )?(?:\w+ )?"
        r"(?:requests?|prompts?|orders?|commands?|answer|comply|anything)\b",
        r"\b(?:will never|never|do not|don't|must not|cannot|no) "
        r"(?:say|tell|use|output|respond with|include|reply with|send)[^\n.]{0,40}"
        r"[\"'](?:i'?m sorry|i apologi|as an ai|sorry,|i can(?:not|'t)|i'm unable)",
        rf"\bas an {_MODEL}\b[^\n.]{{0,60}}\b(?:you|cannot|can't|unable)\b",
        r"\bwithout (?:any )?(?:warnings?|disclaimers?)\b[^\n]{0,60}\b(?:unethical|immoral"
        r"|illegal)",
        r"\bno matter how (?:\w+,? ){0,6}(?:unethical|immoral|illegal|dangerous|harmful|extreme)\b",
        r"\b(?:immoral|unethical|illegal|dangerous|harmful)(?:,|/| or| and)+ ?(?:\w+(?:,|/| or"
        r"| and)+ ?)?"
        r"(?:immoral|unethical|illegal|dangerous|harmful)\b[^\n]{0,80}"
        r"\b(?:answer|response|request|question|prompt)",
        r"\b(?:answer|respond|comply with|fulfil+)\b[^\n.]{0,60}"
        r"\b(?:unethical|immoral|illegal)(?:,|/| or| and)+ ?(?:unethical|immoral|illegal"
        r"|dangerous)\b",
        r"\b(?:do not|don't|never) (?:apologi[sz]e|give (?:any )?warnings?|warn me"
        r"|add (?:any )?disclaimers?"
        r")\b[^\n]{0,120}\b(?:answer|respon(?:d|se)|output|prompt)\b",
    ),
    _rule(
        "unlocking",
        "claims to unlock a model",
        r"\b(?:god|DAN|jail ?break|opposite|evil|illegality) ?mode\b",
        r"\b(?:developer|debug(?:ging)?|benchmarking) mode (?:output|enabled by OpenAI)\b",
        r"\b(?:Chat-?GPT|GPT(?:-?\d)?|AI)\b[^\n.]{0,40}\b(?:developer|debug(?:ging)?"
        r"|unrestricted) mode\b",
        r"\bbenchmarking mode\b",
        r"\bgod ?mode ?: ?enabled\b|\b(?:content|safety|ethics?) (?:restrictions?|filters?) ?: ?"
        r"(?:none|disabled|off)\b",
        r"\bjail ?break(?:ed)?\b[^\n]{0,40}\b(?:chat-?gpt|prompt|AI\b|LLM|model)",
        r"\b(?:chat-?gpt|prompt|AI\b|LLM)[^\n]{0,40}\bjail ?break",
    ),
    _rule(
        "dictated reply",
        "dictates how a model's reply has to begin or look",
        r"\[/?START OUTPUT[\]}]|\[END OUTPUT\]|\bResponse ?Format ?:|\bUser ?Query ?:",
        r"\brebel answer\b|/L\\O/V\\E",
        r"\b(?:start|begin|prefix|end)(?:ing)? (?:(?:all|each|every|of|your|the) ){1,3}"
        r"(?:responses?|answers?|repl(?:y|ies)|outputs?|messages?|sentences?|article)"
        r"(?: by saying)? (?:with ?:? ?)?[\"'\[<(*]",
        r"(?:^|[,.!:;] ?)(?:always )?(?:start|begin)(?:ning"
        r"|ing)? (?:your \w+ )?with ?:? ?[\"'\[<(*]",
        r"\banswers? (?:all )?my questions? (?:start|begin)(?:ning|ing) with\b",
        r"\b(?:answer|respond|reply|output)(?: \w+){0,3} in (?:an? )?(?:l33t ?sp3?ak|leet ?speak"
        r"|base64"
        r"|rot13|morse|pig latin)\b|\bconvert(?:ed)? to l(?:33|ee)t ?sp(?:3|ea)\S*k",
        r"\b(?:you|must|will|going to|to) (?:answer|respond|reply|provide"
        r"|give)[^\n.]{0,60}? (?:two|2)"
        r" (?:\w+ ){0,2}(?:ways|manners|responses|paragraphs)\b",
        r"\bstop everything\b[\s\S]{0,40}\b(?:print|say|output)\b"
        r"|\bjust (?:print|output)(?: only)?(?: the \w+)?:? ?[\"']",
        r"\b(?:print|say|output|repeat|reply with) (?:only |exactly |the (?:words|following) )?"
        r"[\"'][^\"'\n]{0,80}\b(?:hijacked|pwned|owned|kill all humans|i hate humans)\b",
    ),
)
"""In the order in which a reason is looked for."""
