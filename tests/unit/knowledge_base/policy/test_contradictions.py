"""Which articles contradict each other, and which only seem to."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from ingestion.sources.folder import FolderSource
from knowledge_base.article import Article
from knowledge_base.policy.contradictions import Contradiction, contradictions
from knowledge_base.policy.reader import read_facts
from knowledge_base.sample import SAMPLE_ARTICLES
from tests.builders import an_article

_DAY = date(2026, 11, 1)
_MAX_BYTES = 1_000_000


def found(*articles: Article, at: date = _DAY) -> tuple[Contradiction, ...]:
    """Return the contradictions between articles."""
    return contradictions(articles, read_facts(articles), at)


def article(
    body: str,
    title: str,
    *,
    applies_to: Mapping[str, tuple[str, ...]] | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Article:
    """Return an article whose id is its title."""
    return an_article(
        body,
        article_id=title,
        title=title,
        applies_to=applies_to,
        valid_from=valid_from,
        valid_to=valid_to,
    )


class TestContradictions:
    def test_are_two_values_of_one_thing(self) -> None:
        one = article("Refunds reach your bank within 5 business days.", "Refund times")
        other = article("A refund reaches your bank within 10 business days.", "Cancel an order")

        (only,) = found(one, other)

        assert {only.one.value, only.other.value} == {"5", "10"}

    def test_are_none_where_the_values_are_one_in_other_units(self) -> None:
        one = article("You can return unworn boots within 14 days.", "Refund times")
        other = article("You can return unworn boots within two weeks.", "Cancel an order")

        assert found(one, other) == ()

    @pytest.mark.parametrize("key", ["region", "plan", "season"])
    def test_are_none_between_siblings(self, key: str) -> None:
        one = article("You can return boots within 14 days.", "Boots", applies_to={key: ("A",)})
        other = article("You can return boots within 30 days.", "More", applies_to={key: ("B",)})

        assert found(one, other) == ()

    def test_are_none_between_titles_that_name_different_things(self) -> None:
        one = article("The deposit for one day is 40 EUR.", "Hire a kayak")
        other = article("The deposit for one day is 90 EUR.", "Hire a tent")

        assert found(one, other) == ()

    def test_are_none_with_an_article_that_is_not_in_force(self) -> None:
        one = article("You can return unworn boots within 14 days.", "Returns")
        past = article(
            "You can return unworn boots within 30 days.", "Boots", valid_to=date(2026, 1, 1)
        )
        coming = article(
            "You can return unworn boots within 45 days.", "Socks", valid_from=date(2027, 1, 1)
        )

        assert found(one, past, coming) == ()
        assert len(found(one, past, coming, at=date(2027, 2, 1))) == 1

    def test_are_none_under_different_conditions(self) -> None:
        one = article("The return label costs 5 EUR if the item is faulty.", "Returns")
        other = article("The return label costs 9 EUR if the order is large.", "Labels")

        assert found(one, other) == ()

    def test_are_none_where_an_article_tells_several_values_apart(self) -> None:
        one = article("The late fee is 5 EUR.\n\nThe late fee is 9 EUR.", "Rentals")
        other = article("The late fee is 7 EUR.", "Fees")

        assert found(one, other) == ()

    def test_are_none_between_sentences_that_say_different_things(self) -> None:
        one = article("The link works for 24 hours.", "Change your address")
        other = article("The link in the mail works for 45 minutes.", "Reset a password")

        assert found(one, other) == ()

    def test_are_none_in_the_sample_help_centre(self) -> None:
        source = FolderSource(Path(SAMPLE_ARTICLES), _MAX_BYTES)
        articles = [one for one in source.read() if isinstance(one, Article)]

        for at in (date(2025, 6, 1), _DAY, date(2027, 6, 1)):
            assert found(*articles, at=at) == ()
