"""The statements that come closest to a sentence: what may be quoted in its place."""

from collections import Counter
from math import fsum

from app.grounding.sources import Sources
from app.grounding.stated import Stated
from knowledge_base.searching.keywords import stems

CLOSE_ENOUGH = 0.3
"""Share of a draft's word stems, rare ones counting more, that a sentence must hold to be quoted.

A judgement, not a measurement: below it, the draft is about something else than the passage.
"""


def closest(text: str, sources: Sources, most: int) -> tuple[Stated, ...]:
    """Return the statements that hold most of the text's words, the best first, `most` at most.

    Summed exactly, since a set's order, which differs from process to process, decided ties else.
    """
    wanted = frozenset(stems(text))
    spread = Counter(stem for one in sources.stated for stem in one.words)
    whole = fsum(1 / max(1, spread[stem]) for stem in wanted)
    shares = {
        place: fsum(1 / spread[stem] for stem in wanted & one.words) / whole if whole else 0.0
        for place, one in enumerate(sources.stated)
    }
    near = sorted(
        (place for place, share in shares.items() if share > CLOSE_ENOUGH),
        key=lambda place: (-shares[place], place),
    )
    return tuple(sources.stated[place] for place in near[:most])
