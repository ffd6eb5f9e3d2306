"""How well a ranking of articles puts the gold ones first."""

from collections.abc import Collection, Sequence
from math import log2


def hit(ranked: Sequence[str], gold: Collection[str], k: int) -> bool:
    """Return whether a gold article is among the first `k`."""
    return any(article in gold for article in ranked[:k])


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return 1 / rank of the first gold article among the first `k`, else 0."""
    ranks = (rank for rank, article in enumerate(ranked[:k], start=1) if article in gold)
    return 1 / next(ranks, float("inf"))


def ndcg(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return the normalised discounted cumulative gain of the first `k`, every gold one worth 1.

    Järvelin & Kekäläinen 2002, ACM TOIS 20:422, with the logarithm to base 2 from rank 2 on.

    Raises:
        ValueError: There is no gold article.
    """
    wanted = set(gold)
    if not wanted:
        raise ValueError("no nDCG without a gold article")
    first = list(dict.fromkeys(ranked))[:k]
    gain = sum(1 / log2(rank + 1) for rank, found in enumerate(first, start=1) if found in wanted)
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))
    return gain / ideal
