"""Questions: what a customer would ask to be told a claim, naming her plan, region or product."""

import random
from collections.abc import Sequence

from benchmarks.claim_mutations.help_centre import PolicySentence
from benchmarks.claim_mutations.names import Name, Names

_ASKED = (
    "What should I know about {topic}{scope}?",
    "What are the rules on {topic}{scope}?",
    "Can you tell me about {topic}{scope}?",
    "I have a question on {topic}{scope}.",
    "How is it with {topic}{scope}?",
)
_SCOPES = {"plan": " as a {name} member", "region": " in the {name}", "product": " for the {name}"}


def question(
    sentence: PolicySentence,
    about: Sequence[Name],
    draw: random.Random,
    hidden: Sequence[Name] = (),
) -> str:
    """Return a question on what the sentence is about, for the scope that `about` names.

    Of the names that are `hidden`, it says nothing.
    """
    subjects = next((fact.scope.subjects for fact in sentence.facts if fact.scope.subjects), ())
    topic = " and ".join(subjects[:2]) or sentence.headings[-1].lower()
    scope = "".join(_SCOPES[name.part].format(name=name.value) for name in about)
    return draw.choice(_ASKED).format(topic=_without_names(topic, (*about, *hidden)), scope=scope)


def scope_of(sentence: PolicySentence, names: Names) -> tuple[Name, ...]:
    """Return the names that the sentence holds for, those that it states before its article's.

    Of a part that it states several names of, none.
    """
    own = names.named_in(sentence.text)
    parts = {name.part for name in own}
    whole = [name for name in names.of_article(sentence.article) if name.part not in parts]
    found = (*own, *whole)
    return tuple(name for name in found if sum(one.part == name.part for one in found) == 1)


def _without_names(topic: str, about: Sequence[Name]) -> str:
    words = {word for name in about for word in name.value.lower().split()}
    kept = [word for word in topic.split() if word not in words]
    return " ".join(kept).removesuffix(" and").removeprefix("and ") or "it"
