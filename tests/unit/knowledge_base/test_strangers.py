from collections.abc import Mapping

import pytest

from knowledge_base.strangers import Strangers

VALUES = {"region": ("US", "EU"), "product": ("Talus", "Talus GTX", "Kestrel"), "plan": ("Trail",)}
TITLES = ("Warranty on Talus GTX boots", "Kestrel packs", "Countries we deliver to")
WORDS = frozenset({"talus", "gtx", "kestrel", "boots", "packs", "summer"})


def strangers(**values: tuple[str, ...]) -> Strangers:
    return Strangers(values or VALUES, TITLES, WORDS)


class TestInText:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("How much is Trail in Brazil?", {"region": ("Brazil",)}),
            ("Do you deliver to Norway or New Zealand?", {"region": ("Norway", "New Zealand")}),
            ("How long is the warranty on Onyx packs?", {"product": ("Onyx",)}),
            ("Are my Vireo boots covered in Japan?", {"region": ("Japan",), "product": ("Vireo",)}),
        ],
    )
    def test_finds_names_that_no_article_knows(
        self, text: str, found: Mapping[str, tuple[str, ...]]
    ) -> None:
        assert strangers().in_text(text) == found

    @pytest.mark.parametrize(
        "text",
        [
            "Returns from Germany?",
            "Do you ship to the United States?",
            "I live in New Mexico.",
            "Is the warranty on Talus boots longer?",
            "Are Summer boots in stock?",
            "Onyx boots",
            "Can my friend Maria return them?",
        ],
    )
    def test_finds_nothing_else(self, text: str) -> None:
        assert strangers().in_text(text) == {}

    def test_tells_no_countries_apart_where_the_articles_have_regions_of_their_own(self) -> None:
        assert strangers(region=("EMEA", "APAC")).in_text("Delivery to Japan?") == {}


class TestHaveNoPrice:
    @pytest.mark.parametrize("text", ["It costs 20 USD a year.", "From $20.", "20 € a year"])
    def test_takes_no_price_for_a_country_that_is_not_served(self, text: str) -> None:
        assert strangers().have_no_price(text, {"region": "Brazil"})

    @pytest.mark.parametrize(
        ("text", "scope"),
        [
            ("It costs 20 USD a year.", {"region": "US"}),
            ("It costs 20 USD a year.", {"plan": "Trail"}),
            ("It costs 20 USD a year.", {}),
            ("Trail lasts 12 months.", {"region": "Brazil"}),
            ("Delivery to Brazil costs 20 USD.", {"region": "Brazil"}),
        ],
    )
    def test_takes_all_else(self, text: str, scope: dict[str, str]) -> None:
        assert not strangers().have_no_price(text, scope)
