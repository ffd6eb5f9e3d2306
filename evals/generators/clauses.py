"""Clauses: forms in which articles state a value, each with the questions that ask for it.

A form must match the whole sentence, so that what doesn't read cleanly is left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Template

from evals.generators.asking import Asking
from evals.generators.help_centre import HelpCentre, StatedFact
from evals.generators.limits import limit_of
from evals.generators.values import is_number, wordings_of
from evals.generators.wording import topic_sentences, turned, upper_first
from evals.wording import shares_content_word
from knowledge_base.article import Article
from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.sentences import SentenceKind

_VALUE = "§"
_NOTE = re.compile(r"^(?:Note|Tip|Important): ")
_MONEY_LIST = re.compile(
    rf"{_VALUE}(?P<others>, [\d.,]+ [A-Z]{{3}},? (?:or|and) [\d.,]+ [A-Z]{{3}})"
)
_MONEY = re.compile(r"[\d.,]+ [A-Z]{3}")
_END = (
    r"(?:(?:, (?:as|because|so|where|whatever|when|or|even|and|except|subject|depending|normally)\b"
    r"|;| and [a-z]+s\b).*)?[.;]?"
)
_NP = r"(?P<np>(?!.*\b(?:can|may|must|will|should|when|if|starts|begins)\b)[A-Z][^§,;:()]{2,70}?)"
_ACT = r"(?P<act>[a-z][^§,;:()\d]{2,70}?)"
_VP = r"(?P<vp>(?!need|require|due|expect|lock|close|restrict)[a-z][^§,;:()]{1,60}?)"
_REST = r"(?P<rest>(?: [^§,;:()]{2,60}?)??)"
_EVENT = r"(?P<event>(?!.* and )[a-z][^§,;:()]{2,50}?)"
_BOUND = r"(?:(?:up to|at most|at least|about|around|within|only|typically|usually|normally) )*"
_DANGLING = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|there|then|which|he|she|one)\b",
    re.IGNORECASE,
)
_BEFORE_PREPOSITION = re.compile(r" (?:of|to|on|in|at|that|from|for|with|by|between) ")
_PLURAL = re.compile(r"(?:[^s]s| and .*)$")
_BARE = re.compile(r"(?:The |Your )?(?P<word>\w+)")
_OWNED = re.compile(r"\b(?:Account|Card|Plan|Membership|Subscription)(?: \([a-z]+\))?$")
_ONE_WORD = re.compile(r"(?P<word>\w+)")
_IS = r"(?P<is>is|are)"


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of sentence: its kinds of value, and the questions made from its parts."""

    kinds: frozenset[FactKind]
    pattern: re.Pattern[str]
    questions: tuple[str, ...]
    limit: str = ""
    bound: Comparator | None = None
    """What the customer's value must be for the limit's question to be answered with yes."""


def _form(
    kinds: str,
    pattern: str,
    *questions: str,
    limit: str = "",
    bound: Comparator | None = None,
) -> _Form:
    named = {
        "D": FactKind.DURATION, "M": FactKind.AMOUNT, "P": FactKind.PERCENTAGE,
        "C": FactKind.COUNT, "S": FactKind.SIZE,
    }  # fmt: skip
    return _Form(
        frozenset(named[letter] for letter in kinds),
        re.compile(pattern + _END),
        questions,
        limit,
        bound,
    )


_FORMS = (
    _form("D", rf"{_NP} (?P<lasts>lasts?|runs?) {_BOUND}(?:for )?§{_REST}",
          "How long $does $np last?", "For how long $does $np last?"),
    _form("D", rf"{_NP} takes? {_BOUND}§{_REST}",
          "How long $does $np take$rest?", "How much time $does $np take$rest?"),
    _form("D", rf"It takes {_BOUND}§ (?P<until>until|to|before) {_EVENT}",
          "How long does it take $until $event?", "How much time does it take $until $event?"),
    _form("D", rf"{_NP} {_IS} valid for {_BOUND}§",
          "How long $is $np valid?", "For how long $is $np valid?"),
    _form("D", rf"{_NP} works? for {_BOUND}§",
          "How long $does $np work?", "For how long $does $np work?"),
    _form("D", rf"{_NP} {_IS} covered for §", "How long $is $np covered?",
          "For how long $is $np covered?"),
    _form("D", rf"{_NP} expires? § after {_EVENT}", "When $does $np expire?",
          "How long after $event $does $np expire?"),
    _form("D", rf"{_NP} ends after §", "How long does $np last?", "After how long does $np end?"),
    _form("D", rf"{_NP} {_IS} {_VP} within {_BOUND}§(?: (?P<rel>of|after) {_EVENT})?",
          "How quickly $is $np $vp?", "How long does it take until $np $is $vp?"),
    _form("D", rf"{_NP} {_IS} {_VP} § (?P<rel>after|before) {_EVENT}",
          "How long $rel $event $is $np $vp?", "When $is $np $vp?"),
    _form("D", rf"(?P<np>[A-Z][^§,;:()]{{2,50}}?) (?:can|may) be {_VP} for {_BOUND}§"
          r"(?: in any [a-z]+ months)?",
          "How long can $np be $vp?", "For how long can $np be $vp?"),
    _form("D", rf"You (?:can|may) {_ACT} (?:within|until|up to) § (?P<rel>of|after|from|before) "
          rf"{_EVENT}", "How long do I have to $act?", "How long $when $event can I $act?",
          limit="$event_date Can I still $act?",
          bound=Comparator.AT_MOST),
    _form("D", rf"You have § (?:from|after) {_EVENT} to {_ACT}", "How long do I have to $act?",
          "How many days do I have to $act?", limit="$event_date Can I still $act?",
          bound=Comparator.AT_MOST),
    _form("D", rf"For § you can {_ACT}", "How long can I $act?", "For how long can I $act?"),
    _form("D", rf"We {_VP} if you {_ACT} within § of {_EVENT}",
          "How long after $event can I $act and still have you $vp?",
          "If I want you to $vp, how long after $event do I have to $act?",
          limit="$event_date If I $act now, do you $vp?", bound=Comparator.AT_MOST),
    _form("D", r"You get (?P<vp>the full [a-z ]+|everything) back until § before " + _EVENT,
          "Until how long before $event can I cancel and get $vp back?",
          "How long before $event do I have to cancel to get $vp back?"),
    _form("D", rf"We {_VP} within {_BOUND}§(?: (?:of|after) {_EVENT})?",
          "How long does it take you to $vp?", "How soon do you $vp?"),
    _form("D", rf"We {_VP} § (?P<rel>after|before) {_EVENT}",
          "How long $rel $event do you $vp?", "How far $rel $event do you $vp?"),
    _form("D", rf"We keep {_ACT} for {_BOUND}§", "How long do you keep $act?",
          "For how long do you keep $act?"),
    _form("D", rf"If we {_ACT}, you {_VP} within {_BOUND}§",
          "If you $act, how quickly do I $vp?", "How long does it take until I $vp if you $act?"),
    _form("D", rf"(?P<who>[A-Z]\w+ members) get {_ACT} § before everyone else",
          "How much earlier do $who get $act?", "How long before everyone else do $who get $act?"),
    _form("D", rf"(?P<np>[A-Z][^§,;:()]{{2,50}}?) (?P<verb>wait|stay|last|live)s? {_REST} for "
          rf"{_BOUND}§", "How long $does $np $verb$rest?", "For how long $does $np $verb$rest?"),
    _form("D", rf"{_NP} (?:typically |usually |normally )?"
          rf"(?P<verb>process|complete|settle|post|arrive|clear)(?:e?s)? {_BOUND}(?:in |within )?§",
          "How long $does $np take to $verb?", "How quickly $does $np $verb?"),
    _form("D", rf"After {_EVENT} the {_ACT} is locked for §",
          "How long is the $act locked after $event?", "For how long is the $act locked?"),
    _form("D", rf"{_NP} stays? (?P<rest>under .+) for §",
          "For how long can I find $np $rest?", "How long does $np stay $rest?"),
    _form("DMPC", rf"(?P<np>(?:The|Your) (?:(?!\b(?:is|are|when|if)\b)[^§,;:()]){{2,60}}?) {_IS} "
          rf"{_BOUND}§{_REST}",
          "What $is $np?", "Can you tell me what $np $is?"),
    _form("M", rf"{_NP} costs? {_BOUND}§{_REST}",
          "How much $does $np cost$rest?", "What do you charge for $np$rest?"),
    _form("MP", rf"We charge (?:a |an )?{_BOUND}(?:deposit of )?§ "
          r"(?P<rest>(?:for|if|when) .{3,60}?)",
          "How much do you charge $rest?", "What do you charge $rest?"),
    _form("MP", rf"An? (?P<np>[a-z ]+?) of § {_IS} (?P<rest>due|taken|charged|required|held) "
          rf"{_EVENT}", "How much is the $np that is $rest $event?",
          "What $np is $rest $event?"),
    _form("MP", r"You are charged (?:a fee of )?§ (?P<rest>(?:per|for|when|if) .{3,70}?)",
          "How much am I charged $rest?", "What am I charged $rest?"),
    _form("M", rf"We take § off {_ACT} for {_EVENT}", "How much do you take off $act for $event?",
          "What does $event cost me?"),
    _form("M", rf"{_NP} {_IS} free on orders over §",
          "From what order value on is $np free?", "How much do I have to spend to get $np free?",
          limit="My order comes to $value. Do I get $np free?", bound=Comparator.MORE_THAN),
    _form("M", rf"{_NP} {_IS} required for (?P<what>[a-z]+) worth more than §",
          "From what value on is $np required for $what?", "When is $np required for $what?",
          limit="Mine is worth $value. Is $np required for $what like that?",
          bound=Comparator.MORE_THAN),
    _form("M", rf"You need a (?P<np>[a-z ]+) of at least § before you can {_ACT}",
          "What $np do I need before I can $act?", "How big must the $np be before I can $act?",
          limit="I have a $np of $value. Can I $act?", bound=Comparator.AT_LEAST),
    _form("MP", rf"You (?:get|receive|save) § off {_ACT}", "How much do I get off $act?",
          "What discount do I get on $act?"),
    _form("MP", rf"(?P<who>(?:Everyone|[A-Z]\w+ members)[a-z ]*) gets? § off {_ACT}",
          "How much do $who get off $act?", "What discount do $who get on $act?"),
    _form("P", rf"(?:You|The household) earns? § {_ACT} on {_EVENT}", "How much $act do I earn?",
          "What share do I earn as $act?"),
    _form("MP", rf"(?:You )?[Ee]arn {_BOUND}(?:an additional )?§ (?P<act>[a-z][a-z ]{{3,30}}) on "
          rf"{_EVENT}",
          "How much $act do I earn on $event?", "What $act do I get on $event?"),
    _form("M", rf"You (?:can|may) (?P<verb>deposit|withdraw|transfer|send|spend|receive) "
          rf"up to §{_REST}",
          "How much can I $verb$rest?", "What is the most that I can $verb$rest?",
          limit="Can I $verb $value$rest?", bound=Comparator.AT_MOST),
    _form("C", rf"You (?:can|may) (?P<verb>have|make|ask for|earn|swap|change|hold|maintain|add) "
          rf"{_BOUND}§{_REST}", "How many $noun can I $verb$rest?",
          "What is the highest number of $noun that I can $verb$rest?",
          limit="Can I $verb $value$rest?", bound=Comparator.AT_MOST),
    _form("C", rf"{_NP} (?P<verb>has|have) {_BOUND}§", "How many $noun $does $np have?",
          "What is the number of $noun for $np?"),
    _form("M", r"(?:[A-Z][^§]*, )?[Aa]n? (?P<np>[a-z -]+ (?:fee|charge)) of § [^§\d]*",
          "How much is the $np?", "What is the $np?"),
    _form("MP", rf"{_NP} incurs? an? (?:fee of §|§ fee)", "What does $np cost?",
          "How much do you charge for $np?"),
    _form("MC", rf"{_NP} are limited to (?:a maximum of )?§{_REST}",
          "What is the limit for $np$rest?", "Up to what limit can I make $np$rest?"),
    _form("P", rf"{_NP}(?<! to) earns? §(?P<rest>(?: cash back)?)",
          "How much$rest $does $np earn?", "What rate$rest $does $np earn?"),
    _form("D", rf"You need to have been {_ACT} for {_BOUND}§ before {_EVENT}",
          "How long must I have been $act before $event?",
          "Before $event, how long do I need to have been $act?"),
    _form("D", rf"{_NP} adds? § to {_ACT}", "How much time $does $np add to $act?",
          "How much longer $does $np make $act?"),
    _form("M", r"It costs §(?P<rest> a year)", "How much does my plan cost$rest?",
          "What do I pay for my plan$rest?"),
    _form("C", rf"Choose an? (?P<act>[a-z]+) with {_BOUND}§", "How many $noun must my $act have?",
          "How long does my $act have to be?"),
    _form("M", r"An? § (?P<np>[a-z][a-z ]{2,40}?) applies(?P<rest>(?: [a-z][^§,;:()]+)?)",
          "How much is the $np$rest?", "What $np applies$rest?"),
)  # fmt: skip


def clause_askings(help_centre: HelpCentre, article: Article) -> Iterator[Asking]:
    """Yield the facts whose sentence has one of the forms."""
    for stated in help_centre.stated_facts(article):
        if stated.statement.kind is not SentenceKind.TABLE_ROW and _is_askable(stated):
            yield from _askings(help_centre, stated)


def _is_askable(stated: StatedFact) -> bool:
    is_range = stated.fact.comparator in {Comparator.BETWEEN_LOW, Comparator.BETWEEN_HIGH}
    return is_number(stated.fact, stated.text) and not (is_range or stated.fact.negated)


def _askings(help_centre: HelpCentre, stated: StatedFact) -> Iterator[Asking]:
    sentence, others = _with_slot(stated)
    for form in _FORMS:
        found = form.pattern.fullmatch(sentence)
        if stated.fact.kind not in form.kinds or found is None or not form.questions:
            continue
        if _is_vague(found, stated.article.title):
            return
        parts = _parts(help_centre, found, stated)
        wordings = tuple(_filled(question, parts) for question in form.questions)
        product = help_centre.product_of(stated.article)
        yield Asking(
            stated,
            wordings,
            (*wordings_of(stated.fact, stated.text), *others),
            contexts=contexts_of(help_centre, stated.article),
            product=product,
            topic=wordings[0],
            limit=None if others else limit_of(form.limit, form.bound, parts, stated.fact),
            articles=(stated.article.id,),
        )
        return


def contexts_of(help_centre: HelpCentre, article: Article) -> tuple[str, ...]:
    """Return sentences that say what a question about the article is about."""
    product = help_centre.product_of(article)
    if product and is_owned(product):
        return (f"I have the {product}.", f"About the {product}:", f"Question on the {product}.")
    if product:
        return (f"About {product}:", f"Question on {product}.", f"I use {product}.")
    plans = article.applies_to.get("plan", ())
    if len(plans) == 1:
        return (f"I'm on the {plans[0]} plan.", f"I have the {plans[0]} plan.")
    return topic_sentences(article.title, help_centre.in_sentence)


def is_owned(product: str) -> bool:
    """Tell whether a customer has the product, as one has an account or a card."""
    return _OWNED.search(product) is not None


def _is_vague(found: re.Match[str], title: str) -> bool:
    """Tell whether a part points at something that the question wouldn't say."""
    parts = found.groupdict("")
    if _DANGLING.search(" ".join(parts.values())):
        return True
    bare = _BARE.fullmatch(parts.get("np", "")) or _ONE_WORD.fullmatch(parts.get("vp", ""))
    return bare is not None and not shares_content_word(bare["word"], [title])


def _with_slot(stated: StatedFact) -> tuple[str, tuple[str, ...]]:
    """Return the sentence with `§` for the value, and what the same price is in other money."""
    body, fact = stated.article.body, stated.fact
    start, end = stated.statement.start, stated.statement.end
    text = body[start : fact.start] + _VALUE + body[fact.end : end]
    text = _NOTE.sub("", " ".join(text.replace("**", "").split()))
    found = _MONEY_LIST.search(text)
    if not found:
        return text, ()
    return text.replace(found["others"], ""), tuple(_MONEY.findall(found["others"]))


def _parts(help_centre: HelpCentre, found: re.Match[str], stated: StatedFact) -> Mapping[str, str]:
    parts = {name: turned(text or "") for name, text in found.groupdict().items()}
    np = help_centre.in_sentence(parts.get("np", ""))
    if parts.get("np") in help_centre.plan_names():
        np = f"the {parts['np']} plan"
    plural = _PLURAL.search(_BEFORE_PREPOSITION.split(np)[0]) or parts.get("is") == "are"
    noun = stated.text.split(maxsplit=1)[-1]
    event = parts.get("event", "")
    return parts | {
        "np": np,
        "noun": noun if noun.endswith("s") else f"{noun}s",
        "does": "do" if plural else "does",
        "when": "before" if parts.get("rel") == "before" else "after",
        "event_date": "" if not event else f"For me, {event} was $value ago.",
    }


def _filled(question: str, parts: Mapping[str, str]) -> str:
    return upper_first(Template(question).safe_substitute(parts))
