"""Facts of whole articles: comparators, subjects, and for whom they hold."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ingestion.sources.folder import FolderSource
from knowledge_base.article import Article
from knowledge_base.policy.fact import Comparator, FactKind, PolicyFact
from knowledge_base.policy.reader import FactReader, read_facts
from knowledge_base.sample import SAMPLE_ARTICLES
from tests.builders import an_article

_MAX_BYTES = 1_000_000


def facts(body: str, *, title: str = "Returns", others: Sequence[Article] = ()) -> list[PolicyFact]:
    """Return the facts of an article that says `body`."""
    article = an_article(body, title=title)
    return list(FactReader((article, *others)).read(article))


def fact(body: str, *, title: str = "Returns", others: Sequence[Article] = ()) -> PolicyFact:
    """Return the one fact of an article that says `body`."""
    (only,) = facts(body, title=title, others=others)
    return only


class TestComparator:
    @pytest.mark.parametrize(
        ("sentence", "comparator"),
        [
            ("Refunds take 5 days.", Comparator.EQ),
            ("Refunds take up to 5 days.", Comparator.AT_MOST),
            ("Refunds arrive within 5 days.", Comparator.AT_MOST),
            ("Refunds take no more than 5 days.", Comparator.AT_MOST),
            ("Refunds take at least 5 days.", Comparator.AT_LEAST),
            ("Refunds take 5 days or more.", Comparator.AT_LEAST),
            ("Refunds take 5+ days.", Comparator.AT_LEAST),
            ("Refunds take more than 5 days.", Comparator.MORE_THAN),
            ("Refunds take less than 5 days.", Comparator.LESS_THAN),
            ("Refunds take about 5 days.", Comparator.ABOUT),
            ("The maximum refund time is 5 days.", Comparator.AT_MOST),
            ("Refund times can't exceed 5 days.", Comparator.AT_MOST),
            ("Refund time: 5 days minimum", Comparator.AT_LEAST),
            ("It holds for orders placed on or after May 5, 2026.", Comparator.AT_LEAST),
            ("It holds for orders placed after May 5, 2026.", Comparator.MORE_THAN),
            ("Send it back on or before May 5, 2026.", Comparator.AT_MOST),
        ],
    )
    def test_is_said_by_the_words_around_the_value(
        self, sentence: str, comparator: Comparator
    ) -> None:
        assert fact(sentence).comparator is comparator

    def test_of_a_range_is_its_two_ends(self) -> None:
        found = facts("Refunds take 3 to 5 days.")

        assert [one.comparator for one in found] == [
            Comparator.BETWEEN_LOW,
            Comparator.BETWEEN_HIGH,
        ]

    def test_is_shared_by_values_that_are_listed(self) -> None:
        found = facts("You need a balance of at least 5 USD, 5 EUR or 4 GBP.")

        assert {one.comparator for one in found} == {Comparator.AT_LEAST}

    def test_may_stand_in_the_header_of_a_column(self) -> None:
        found = fact("| Currency | Minimum balance |\n|---|---|\n| Krona | 90 SEK |")

        assert found.comparator is Comparator.AT_LEAST

    def test_a_denied_value_is_negated(self) -> None:
        assert fact("The fee is not $5.").negated


class TestSubject:
    @pytest.mark.parametrize(
        ("sentence", "subject"),
        [
            ("Parcels leave within 3 days.", "parcel"),
            ("You have a 30-day trial.", "trial"),
            ("We charge a fee of up to $5.", "fee"),
            ("Late fee: $5", "late fee"),
            ("We keep your data for 90 days.", "data"),
            ("It can take 5 days for the refund to appear.", "refund"),
            ("You can invite up to 5 team members.", "team member"),
            ("Standard shipping in the US is free.", "standard shipping"),
            ("There is no cancellation fee.", "cancellation fee"),
            ("Members get 10% off guided tours.", "guided tour"),
            ("The file is ready within 5 days.", "file"),
            ("After 60 minutes, the order is locked.", "order"),
            ("You have 3 days to change your username.", "username"),
        ],
    )
    def test_is_the_noun_that_the_value_is_of(self, sentence: str, subject: str) -> None:
        assert fact(sentence, title="Help").scope.subject == subject

    def test_is_the_heading_where_the_sentence_names_none(self) -> None:
        assert fact("## Late fees\n\nIt is $5.").scope.subject == "late fee"

    def test_is_what_a_list_was_introduced_with(self) -> None:
        found = facts("Each order carries a fee:\n\n- $5 if you pay by card")

        assert found[0].scope.subject == "fee"

    def test_in_a_table_is_the_header_of_the_column(self) -> None:
        table = "| Item | Rental price |\n|---|---|\n| Two-person tent | 12 EUR |"

        assert fact(table).scope.subject == "rental price"

    def test_in_a_table_of_features_is_the_first_cell(self) -> None:
        table = "| Feature | Value |\n|---|---|\n| Late fee | 12 EUR |"

        assert fact(table).scope.subject == "late fee"

    def test_is_shared_by_values_that_are_listed(self) -> None:
        found = facts("The pick-up fee is 5 USD, 5 EUR or 4 GBP.")

        assert {one.scope.subject for one in found} == {"pick-up fee"}

    def test_may_be_named_in_several_ways_of_which_the_surest_is_first(self) -> None:
        found = fact("## Discounts\n\nMembers get 10% off guided tours.")

        assert found.scope.subjects == ("guided tour", "member", "discount")

    def test_leaves_out_headings_that_announce_text_of_any_subject(self) -> None:
        found = fact("## Frequently asked questions\n\nIt is $5.", title="Late fees")

        assert found.scope.subjects == ("late fee",)

    def test_in_a_row_that_begins_with_its_date_stands_behind_it(self) -> None:
        table = "| Date | What happens |\n|---|---|\n| From May 2, 2027 | Vouchers expire |"

        assert "voucher" in fact(table).scope.subjects

    def test_of_labelled_values_stands_before_the_labels(self) -> None:
        found = facts("The fee depends on your region: Canada: 5 CAD France: 4 EUR", title="Help")

        assert {one.scope.subject for one in found} == {"fee"}
        assert [one.scope.region for one in found] == [("Canada",), ("France",)]


class TestProduct:
    MAPS = an_article("Open it with Trail Maps. You need Trail Maps.", article_id="maps")

    def test_is_a_name_that_comes_again_inside_sentences(self) -> None:
        found = fact("You get 3 GB with Trail Maps.", others=[self.MAPS])

        assert found.scope.product == ("Trail Maps",)

    def test_is_named_by_the_title_where_the_sentence_names_none(self) -> None:
        found = fact("You get 3 GB.", title="Installing Trail Maps", others=[self.MAPS])

        assert found.scope.product == ("Trail Maps",)

    def test_is_the_one_that_the_sentence_chooses_of_those_of_the_title(self) -> None:
        books = an_article("We sell Trail Books. Read Trail Books.", article_id="books")
        title = "Trail Maps and Trail Books"

        found = fact("You get 3 GB with Trail Maps.", title=title, others=[self.MAPS, books])

        assert found.scope.product == ("Trail Maps",)

    def test_is_no_label_that_is_clicked(self) -> None:
        labels = an_article("Then click Save Draft. Now click Save Draft.", article_id="labels")

        found = fact("After you click Save Draft you have 3 days.", others=[labels])

        assert found.scope.product == ()

    def test_is_not_the_name_that_most_articles_have(self) -> None:
        others = [
            an_article("We at Ridgeline Shop care. Ask Ridgeline Shop.", article_id=f"other-{n}")
            for n in range(5)
        ]

        found = fact("Orders from Ridgeline Shop take 3 days.", others=others)

        assert found.scope.product == ()

    def test_is_no_part_of_a_region(self) -> None:
        others = an_article("We ship to New Zealand. Ask in New Zealand.", article_id="nz")

        found = fact("Orders to New Zealand take 3 days.", others=[others])

        assert (found.scope.product, found.scope.region) == ((), ("New Zealand",))


class TestScope:
    def test_of_the_front_matter_holds_for_every_fact(self) -> None:
        article = an_article(
            "Returns take 30 days.", applies_to={"region": ("EU",), "plan": ("Summit",)}
        )

        (found,) = read_facts([article])

        assert (found.scope.region, found.scope.plan) == (("EU",), ("Summit",))

    def test_of_the_sentence_narrows_that_of_the_front_matter(self) -> None:
        other = an_article("", article_id="other", applies_to={"plan": ("Trail",)})
        article = an_article(
            "Trail members wait 30 days.", applies_to={"plan": ("Summit", "Trail")}
        )

        found = list(read_facts([article, other]))

        assert found[0].scope.plan == ("Trail",)

    def test_names_the_region_of_the_heading(self) -> None:
        found = fact("## Orders to Italy\n\nDelivery takes 3 days.")

        assert found.scope.region == ("Italy",)

    def test_gives_each_value_the_plan_beside_it(self) -> None:
        table = "| Plan | Credit |\n|---|---|\n| Pro | 2% |\n| Hobby | 1% |\n\n"
        twice = "The Pro plan and the Hobby plan differ: $5 on Hobby and $20 on Pro."
        found = [one for one in facts(table + twice) if one.kind is FactKind.AMOUNT]

        assert [one.scope.plan for one in found] == [("Hobby",), ("Pro",)]

    def test_takes_plans_from_the_first_column(self) -> None:
        found = fact("| Plan | Price |\n|---|---|\n| Silver and Gold | $5 |")

        assert found.scope.plan == ("Silver", "Gold")

    def test_takes_products_from_the_first_column(self) -> None:
        found = fact("| Carrier | Delivery time |\n|---|---|\n| Alpine Post | 3 days |")

        assert found.scope.product == ("Alpine Post",)

    def test_takes_the_product_that_a_sentence_restricts_itself_to(self) -> None:
        found = fact("For Cairn tents, the warranty is 3 years.")

        assert found.scope.product == ("Cairn tents",)

    def test_keeps_what_a_rate_is_per(self) -> None:
        found = facts("The plan costs $4 per user or $40 a year.")

        assert [one.scope.per for one in found] == ["user", "year"]

    def test_keeps_headings_and_the_validity_of_the_article(self) -> None:
        article = an_article("## When\n\nIt takes 3 days.", valid_from=date(2027, 1, 1))

        (found,) = read_facts([article])

        assert found.scope.headings == ("Refunds", "When")
        assert found.scope.valid_from == date(2027, 1, 1)


class TestRead:
    def test_leaves_out_what_stands_below_an_example(self) -> None:
        assert facts("## Example\n\nThe fee is $5.") == []

    def test_leaves_out_code(self) -> None:
        assert facts("    wait 30 days\n") == []

    def test_counts_a_bare_number_in_a_table_by_its_header(self) -> None:
        found = fact("| Plan | Seats |\n|---|---|\n| Team | 50 |")

        assert (found.kind, found.value, found.unit) == (FactKind.COUNT, "50", "seat")

    @given(
        st.lists(
            st.sampled_from(
                ["# A", "- up to 3 days", "| A | B |", "|---|---|", "| x | $5 |", "\n", "Fee: $5.",
                 "It takes 3–5 days.", "é 5 % é", "1. free", "    code 5 days", "For US: 3 GB"]
            )
        ).map("\n".join)
    )  # fmt: skip
    def test_every_span_is_the_value_as_it_is_written(self, body: str) -> None:
        found = facts(body)

        assert all(one.sentence_start <= one.start < one.end <= one.sentence_end for one in found)
        assert all(body[one.start : one.end].strip() for one in found)
        assert facts(body) == found

    @pytest.mark.parametrize("piece", ["5 days ", "$5, ", "two hundred ", "| 5 ", "(", "1.1"])
    def test_reads_the_beginning_of_a_sentence_that_has_no_end(self, piece: str) -> None:
        body = f"| {piece * 20_000} |"

        assert len(facts(body)) < 200

    def test_facts_survive_being_written_and_read(self) -> None:
        adapter = TypeAdapter(PolicyFact)
        found = fact("Returns take up to 30 days.")

        assert adapter.validate_json(adapter.dump_json(found)) == found


@pytest.fixture(scope="module")
def sample_facts() -> dict[str, list[tuple[str, str, str]]]:
    """Return kind, value and unit of the facts of the sample help centre, by article."""
    source = FolderSource(Path(SAMPLE_ARTICLES), _MAX_BYTES)
    articles = [one for one in source.read() if isinstance(one, Article)]
    by_article: dict[str, list[tuple[str, str, str]]] = {one.id: [] for one in articles}
    for one in read_facts(articles):
        by_article[one.article_id].append((one.kind.value, one.value, one.unit))
    return by_article


class TestSampleHelpCentre:
    """Every amount, percentage and duration of these articles, listed by hand."""

    @pytest.mark.parametrize(
        ("article", "expected"),
        [
            (
                "returns-eu",
                ["30 day", "14 day", "30 day", "4.9 EUR", "0", "0", "40 %"],
            ),
            (
                "returns-uk",
                ["28 day", "28 day", "3.95 GBP", "0", "0", "10 business_day"],
            ),
            (
                "returns-uk-2027",
                ["35 day", "35 day", "2.95 GBP", "0", "0"],
            ),
            ("loyalty-credit-expiry", ["12 month", "10 USD", "10 EUR", "10 GBP", "12 month",
                                       "45 day", "7 day", "2 USD", "2 EUR", "2 GBP", "20 day"]),
        ],
    )  # fmt: skip
    def test_has_every_amount_percentage_and_duration(
        self,
        sample_facts: dict[str, list[tuple[str, str, str]]],
        article: str,
        expected: list[str],
    ) -> None:
        kinds = {FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DURATION}

        found = [f"{value} {unit}".strip() for kind, value, unit in sample_facts[article]
                 if kind in kinds]  # fmt: skip

        assert found == expected
