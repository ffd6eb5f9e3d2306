"""How like each other the drafts of a question are, by the embedding model that also searches."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from app.drift.comparison import Similarity
from app.drift.observation import Pass
from knowledge_base.embedding.embedder import Embedder


def likeness(passes: Sequence[Pass], embedder: Embedder) -> Similarity:
    """Return the cosines between the drafts of each question: (questions, passes, passes).

    Two empty drafts are alike; an empty one is like no other.
    """
    drafts = [[one.draft for one in asked.observations] for asked in passes]
    texts = list(dict.fromkeys(text for text in chain(*drafts) if text))
    known = {text: place for place, text in enumerate(texts)}
    vectors = embedder.embed(texts) if texts else np.empty((0, embedder.dimensions))
    found = np.empty((len(drafts[0]), len(drafts), len(drafts)), dtype=np.float64)
    for number, answers in enumerate(zip(*drafts, strict=True)):
        for one, first in enumerate(answers):
            for other, second in enumerate(answers):
                if first == second:
                    cosine = 1.0
                elif first and second:
                    cosine = float(vectors[known[first]] @ vectors[known[second]])
                else:
                    cosine = 0.0
                found[number, one, other] = cosine
    return found
