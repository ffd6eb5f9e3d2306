"""Which policy facts changed with the articles: "refund window 30 → 45 days, EU"."""

from collections.abc import Mapping, Sequence
from itertools import islice

from knowledge_base.article import Article
from knowledge_base.policy.changes import fact_changes
from knowledge_base.policy.reader import FactReader

MOST_ARTICLES = 500
"""Changed articles whose facts are read at most; more change with a rewrite, not an edit."""
NAMING_ARTICLES = 1000
"""Articles, beside the changed ones, that the names of plans and products are learnt from."""


def changed_facts(
    before: Mapping[str, Article], after: Mapping[str, Article], changed: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return what each of the `changed` articles promises otherwise, a line a fact, by its id.

    Articles that promise the same are left out, and so are all from the 501st on.
    """
    if not changed:
        return {}
    read = changed[:MOST_ARTICLES]
    names = [after[one] for one in read]
    reader = FactReader([*names, *islice(after.values(), NAMING_ARTICLES)])
    told = {
        one: tuple(map(str, fact_changes(reader.read(before[one]), reader.read(after[one]))))
        for one in read
    }
    return {one: changes for one, changes in told.items() if changes}
