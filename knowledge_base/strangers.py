"""Strangers: names of a scope's key that no article knows, such as a country that isn't served."""

import re
from collections.abc import Collection, Mapping, Sequence

from knowledge_base.countries import COUNTRIES, REGION_NAMES

_REGION_KEYS = frozenset({"region", "country", "market"})
_PRODUCT_KEYS = frozenset({"product", "model"})
_COUNTRY = re.compile(
    rf"(?<!\bNew )(?<!\w)(?:{'|'.join(sorted(COUNTRIES, key=len, reverse=True))})(?!\w)"
)
_MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?(?:[$€£¥]|[A-Z]{3}\b)")
_SHORTEST_SORT = 3
"""Letters of a word for a sort of thing: shorter ones are "in" and "is"."""


class Strangers:
    """Finds countries where the articles tell countries apart, and products of a sort they sell."""

    def __init__(
        self, values: Mapping[str, Sequence[str]], titles: Sequence[str], words: Collection[str]
    ) -> None:
        """Take the scope's values by key, and the titles and all words of the articles."""
        self._values = values
        self._words = words
        self._served = {
            key: _served(of_key) for key, of_key in values.items() if _by_country(key, of_key)
        }
        self._sorts = {
            key: _sorts(of_key, titles) for key, of_key in values.items() if key in _PRODUCT_KEYS
        }

    def in_text(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return the names in `text` that belong to a key and stand for none of its values."""
        found = {key: _countries_beside(served, text) for key, served in self._served.items()}
        found |= {key: self._products(sorts, text) for key, sorts in self._sorts.items()}
        return {key: names for key, names in found.items() if names}

    def are_named(self, key: str, name: str, text: str) -> bool:
        """Tell whether `text` speaks of what stands for no value: "we don't deliver to Norway"."""
        is_stranger = name not in self._values.get(key, ())
        return is_stranger and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None

    def have_no_price(self, text: str, scope: Mapping[str, str]) -> bool:
        """Tell whether `text` states a sum of money, and the scope a country that isn't served."""
        settled = [scope[key] for key in self._served.keys() & scope.keys()]
        served = frozenset[str]().union(*self._served.values())
        abroad = [name for name in settled if name in COUNTRIES - served and name not in text]
        return bool(abroad) and _MONEY.search(text) is not None

    def _products(self, sorts: Collection[str], text: str) -> tuple[str, ...]:
        if not sorts:
            return ()
        named = re.finditer(rf"(?<=[\w,] )([A-Z][a-z]\w+)[ -]+(?:{'|'.join(sorts)})\b", text)
        names = dict.fromkeys(found[1] for found in named)
        return tuple(name for name in names if name.lower() not in self._words)


def _by_country(key: str, values: Sequence[str]) -> bool:
    """Tell whether all values of a key are countries, or regions whose countries are known."""
    return key in _REGION_KEYS and all(
        value in COUNTRIES or value.lower() in REGION_NAMES for value in values
    )


def _served(values: Sequence[str]) -> frozenset[str]:
    return frozenset(
        name for value in values for name in (value, *REGION_NAMES.get(value.lower(), ()))
    )


def _sorts(values: Sequence[str], titles: Sequence[str]) -> frozenset[str]:
    """Return the sorts of thing that products are: what follows their names in titles."""
    following = {
        found[1].removesuffix("s")
        for title in titles
        for value in values
        for found in re.finditer(rf"(?<!\w){re.escape(value)} ([a-z]+)", title)
    }
    return frozenset(f"{word}s?" for word in following if len(word) >= _SHORTEST_SORT)


def _countries_beside(served: Collection[str], text: str) -> tuple[str, ...]:
    named = dict.fromkeys(found[0] for found in _COUNTRY.finditer(text))
    return tuple(name for name in named if name not in served)
