"""Rewrites claims with up to three templates of one part."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.claim_mutations.rewriting.after import AFTER
from benchmarks.claim_mutations.rewriting.before import BEFORE
from benchmarks.claim_mutations.rewriting.developing import DEVELOPING
from benchmarks.claim_mutations.rewriting.fresh import FRESH
from benchmarks.claim_mutations.rewriting.template import Claim, Template
from benchmarks.claim_mutations.row import Part

TEMPLATES: tuple[Template, ...] = (*BEFORE, *AFTER, *FRESH, *DEVELOPING)
"""In the order of their use: what changes the sentence's build comes before what changes words."""
MOST = 3
FRAMED = 0.2
"""Share of the claims in other words that are put into a frame as well."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A claim in other words, with the names of the templates that gave them."""

    text: str
    templates: tuple[str, ...]


def rewritten(
    claim: Claim, part: Part, draw: random.Random, templates: Sequence[Template] = TEMPLATES
) -> Rewritten | None:
    """Return the claim in other words, or None where no template of the part applies."""
    of_part = [one for one in templates if one.part is part]
    applicable = [one for one in of_part if one.rewrite(claim) != claim.text]
    chosen = set(_drawn(applicable, draw))
    text, used = claim.text, []
    for template in of_part:
        said = template.rewrite(replace(claim, text=text)) if template in chosen else text
        if said != text:
            used.append(template.name)
            text = said
    return Rewritten(text, tuple(used)) if used else None


def _drawn(applicable: Sequence[Template], draw: random.Random) -> Sequence[Template]:
    inner = [one for one in applicable if not one.is_frame]
    frames = [one for one in applicable if one.is_frame]
    chosen = draw.sample(inner, min(len(inner), draw.randint(1, MOST)))
    return chosen if chosen and draw.random() > FRAMED else [*chosen, *frames]
