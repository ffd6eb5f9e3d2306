"""Why the sources support a claim or don't: the features that decided, in words."""

from collections.abc import Callable, Mapping, Sequence

from app.grounding.support.evidence import SupportEvidence
from knowledge_base.searching.keywords import stems

NAMED = 3
"""How many features a reason names beside the share of words that are there."""
_SHOWN = 5
_LOOKED_THROUGH = 200
"""Words of a claim among which those that stand nowhere are looked for."""


def reason(evidence: SupportEvidence, decisive: Sequence[str]) -> str:
    """Return what decided, in words: "the articles have 3 of 5 words, not “teleport”".

    Args:
        evidence: The claim and what comes closest to it.
        decisive: Names of `SupportFeatures`, the strongest first.
    """
    if not evidence.closest:
        return "no article speaks of this"
    told = (_TOLD[name](evidence) for name in decisive if name in _TOLD)
    told_once = dict.fromkeys((_covered(evidence), *filter(None, told)))
    return "; ".join(tuple(told_once)[: NAMED + 1])


def _covered(evidence: SupportEvidence) -> str:
    whole, lacking = len(evidence.stems), len(evidence.lacking)
    said = f"the articles have {whole - lacking} of {whole} words"
    return f"{said}, not {_quoted(_words_of(evidence))}" if lacking else said


def _words_of(evidence: SupportEvidence) -> tuple[str, ...]:
    """Return words of the claim that stand nowhere, as they are written there."""
    wanted = frozenset(evidence.lacking)
    looked_through = evidence.words[:_LOOKED_THROUGH]
    return tuple(word for word in looked_through if not wanted.isdisjoint(stems(word)))


def _rare(evidence: SupportEvidence) -> str:
    found = sum(word in evidence.held for word in evidence.rare)
    return f"the closest statements have {found} of {len(evidence.rare)} rare words"


def _pairs(evidence: SupportEvidence) -> str:
    found = sum(pair in evidence.lexicon.pairs for pair in evidence.pairs)
    return f"{found} of {len(evidence.pairs)} pairs of words are in the articles"


def _best(evidence: SupportEvidence) -> str:
    return f"the closest statement speaks of {evidence.aligned[0].score:.0%} of it"


def _run(evidence: SupportEvidence) -> str:
    return f"{evidence.run} of {len(evidence.words)} words stand there in a row"


def _gap(evidence: SupportEvidence) -> str:
    return f"{evidence.gap} unknown words in a row" if evidence.gap else "no unknown words"


def _numbers(evidence: SupportEvidence) -> str:
    listed = _quoted(evidence.numbers_lacking)
    return f"not in the closest statements: {listed}" if evidence.numbers_lacking else ""


def _numbers_nowhere(evidence: SupportEvidence) -> str:
    listed = _quoted(evidence.numbers_nowhere)
    return f"in no article: {listed}" if evidence.numbers_nowhere else ""


def _names(evidence: SupportEvidence) -> str:
    listed = _quoted(evidence.names_nowhere)
    return f"names in no article: {listed}" if evidence.names_nowhere else ""


def _negation(evidence: SupportEvidence) -> str:
    return "negation differs" if evidence.negation_differs else ""


def _bound(evidence: SupportEvidence) -> str:
    listed = _quoted(evidence.bounds_lacking)
    return f"the closest statements don't say {listed}" if evidence.bounds_lacking else ""


def _quoted(listed: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{one}”" for one in tuple(dict.fromkeys(listed))[:_SHOWN])
    return f"{shown} …" if len(listed) > _SHOWN else shown


def _silence(evidence: SupportEvidence) -> str:
    return "it says what the articles don't say" if evidence.tells_of_silence else ""


def _lead_in(evidence: SupportEvidence) -> str:
    return "it introduces what follows" if evidence.introduces else ""


def _step(evidence: SupportEvidence) -> str:
    return "it is a step" if evidence.is_step else ""


def _length(evidence: SupportEvidence) -> str:
    return f"it has {len(evidence.words)} words"


def _asked(evidence: SupportEvidence) -> str:
    found = sum(word in evidence.asked_stems for word in evidence.stems)
    return f"{found} of its words are the customer's" if found else ""


_TOLD: Mapping[str, Callable[[SupportEvidence], str]] = {
    "words_best": _best,
    "words_three": _best,
    "rare": _rare,
    "lacking": _covered,
    "gap": _gap,
    "pairs_best": _pairs,
    "pairs_three": _pairs,
    "pairs_anywhere": _pairs,
    "run": _run,
    "run_words": _run,
    "numbers": _numbers,
    "numbers_nowhere": _numbers_nowhere,
    "negation": _negation,
    "bound": _bound,
    "names": _names,
    "length": _length,
    "step": _step,
    "margin": _best,
    "lead_in": _lead_in,
    "silence": _silence,
    "asked": _asked,
    "asked_lacking": _asked,
}
