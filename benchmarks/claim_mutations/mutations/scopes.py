"""Widened scopes: what holds for one plan, region or product is said of all, or of a sibling."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.claim_mutations.help_centre import PolicySentence
from benchmarks.claim_mutations.mutations.change import Change, in_capitals
from benchmarks.claim_mutations.names import Name, Names

SIBLING = "sibling named"
ASKED = "asked of a sibling"
WIDENED = "widened"

_COMMON = frozenset({"Account", "Card", "Rewards", "Business", "Plus", "Saver", "Savings", "BNPL"})
_HEADS = {"saver": "account", "savings": "savings account", "bnpl": "BNPL plan"}


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """A change of scope, with the name that it takes away and the one that it is about now."""

    change: Change
    name: Name
    sibling: Name | None
    """None where it is said of all."""


def widened_scopes(sentence: PolicySentence, names: Names) -> Iterator[ScopeChange]:
    """Yield the sentence said of more than it holds for, once for each way."""
    text = sentence.text
    named = names.named_in(text)
    for name in named:
        siblings = names.siblings(name)
        if any(one in named for one in siblings):
            continue
        for wide in _widened(text, name):
            yield ScopeChange(Change(in_capitals(wide), WIDENED, name.value), name, None)
        for one in siblings:
            swapped = Change(name.replaced(text, one.value), SIBLING, name.value)
            yield ScopeChange(swapped, name, one)
    if not named:
        yield from _asked(text, names.of_article(sentence.article), names)


def _asked(text: str, about: Iterable[Name], names: Names) -> Iterator[ScopeChange]:
    """Yield the text as the answer to a question about a sibling of what it is about."""
    for name in about:
        if not _is_hinted(text, name):
            for one in names.siblings(name):
                yield ScopeChange(Change(text, ASKED, name.value), name, one)


def _is_hinted(text: str, name: Name) -> bool:
    """Say whether a part of the name stands in the text: "your Emerald Saver APY"."""
    telling = set(name.value.split()) - _COMMON
    return any(word in text for word in telling)


def _widened(text: str, name: Name) -> Iterator[str]:
    patterns = {"plan": _of_plan, "region": _of_region, "product": _of_product}
    for pattern, wide in patterns[name.part](name):
        changed, times = re.subn(pattern, wide, text)
        if times and not name.stands_in(changed):
            yield changed
            return


def _of_plan(name: Name) -> Iterator[tuple[str, str]]:
    value = re.escape(name.value)
    yield rf"\b(?:yearly |monthly )?{value} members\b", "all members"
    yield rf"\b{value} (?=fee|payments?|renewal|rate)", "membership "
    yield rf"^(Note: )?(?:A |The )?{value} (?=can\b|has\b|costs\b|covers\b|is\b)", r"\1Every plan "
    yield rf"\b(cancel|pause|on|with) {value}\b", r"\1 any plan"


def _of_region(name: Name) -> Iterator[tuple[str, str]]:
    spelt = "|".join(map(re.escape, name.spellings))
    yield rf"^In the (?:{spelt}), ", ""
    yield rf",? (?:in|for|within) the (?:{spelt})(?= |[.,;]|$)", ""
    yield rf"\bour (?:{spelt}) store\b", "any of our stores"
    yield rf"\bthe (?:{spelt}) store\b", "every store"
    yield rf"^(?:{spelt}) (?=orders|customers|parcels)", "All "
    yield rf"(?<= )(?:{spelt}) (?=orders|customers|parcels)", ""


def _of_product(name: Name) -> Iterator[tuple[str, str]]:
    value = re.escape(name.value)
    yield rf"\b{value} (?=tents|packs|boots)", "all "
    if name.family.startswith("product:"):
        return
    last = name.family.split()[-1].lower()
    head = _HEADS.get(last, last)
    yield (
        rf"\b(?:(?:the|your|a|an|this|each|our|with) )?{value}(?:®)?(?= |[.,;:|]|$)",
        f"any {head}",
    )
