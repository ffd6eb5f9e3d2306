"""For whom a fact holds: plan, product, region and channel from around it and the front matter."""

from collections.abc import Mapping, Sequence

from knowledge_base.article import Article
from knowledge_base.policy.fact import FactScope
from knowledge_base.scope import Scopes

_KEYS: Mapping[str, str] = {
    "plan": "plan", "plans": "plan", "membership": "plan", "tier": "plan", "subscription": "plan",
    "product": "product", "products": "product",
    "region": "region", "regions": "region", "country": "region", "market": "region",
    "channel": "channel", "channels": "channel",
}  # fmt: skip
"""Which part of a fact's scope a key of `applies_to` tells."""


def scope_of(
    article: Article, subject: str, headings: Sequence[str], named: Mapping[str, tuple[str, ...]]
) -> FactScope:
    """Return the scope: what the text around the fact names, else what the front matter says."""
    parts: dict[str, tuple[str, ...]] = {}
    for source in (article.applies_to, named):
        for key, values in source.items():
            part = _KEYS.get(key.lower())
            if part is not None and values:
                parts[part] = tuple(values)
    return FactScope(
        subject=subject,
        plan=parts.get("plan", ()),
        product=parts.get("product", ()),
        region=parts.get("region", ()),
        channel=parts.get("channel", ()),
        headings=(article.title, *headings),
        valid_from=article.valid_from,
        valid_to=article.valid_to,
    )


def named_around(scopes: Scopes, *texts: str) -> dict[str, tuple[str, ...]]:
    """Return the scope values that the texts name, the earlier text winning key by key."""
    named: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for key, values in scopes.named_in(text).items():
            named.setdefault(key, values)
    return named
