import random

import pytest

from benchmarks.claim_mutations.rewriting.rewriting import TEMPLATES, rewritten
from benchmarks.claim_mutations.rewriting.template import Claim
from benchmarks.claim_mutations.row import Part

BY_NAME = {template.name: template for template in TEMPLATES}

EXAMPLES = (
    (
        "fronted_condition",
        "We refund the fee if you cancel within 14 days.",
        "If you cancel within 14 days, we refund the fee.",
    ),
    ("fronted_condition", "Check if the label is free.", "Check if the label is free."),
    (
        "trailing_condition",
        "If they leak, you get a new pair.",
        "You get a new pair if they leak.",
    ),
    ("trailing_condition", "If it fails, it is sold.", "If it fails, it is sold."),
    (
        "fronted_deadline",
        "Report a missing item within 21 days of delivery.",
        "Within 21 days of delivery, report a missing item.",
    ),
    (
        "nominalised",
        "We refund the full fee if you cancel.",
        "A refund of the full fee is made if you cancel.",
    ),
    ("nominalised", "You cannot cancel the order.", "Cancellation of the order is not possible."),
    (
        "nominalised",
        "The warranty on tents lasts 2 years.",
        "The duration of the warranty on tents is 2 years.",
    ),
    (
        "passive_to_active",
        "The deposit is refunded within 5 days.",
        "We refund the deposit within 5 days.",
    ),
    ("passive_to_active", "The fee is not waived.", "We do not waive the fee."),
    ("must_as_required", "You must pay the fee.", "You are required to pay the fee."),
    ("must_as_required", "You need not pay.", "You are not required to pay."),
    ("company_named", "We ship within 4 days.", "The company ships within 4 days."),
    ("company_named", "Then we try it again.", "Then the company tries it again."),
    ("company_named", "We do not refund it.", "The company does not refund it."),
    (
        "you_to_customers",
        "You can cancel your plan if you joined.",
        "Customers can cancel their plan if they joined.",
    ),
    (
        "exclusion_synonym",
        "Credit on everything, except gift cards and sale items.",
        "Credit on everything with the exception of gift cards and sale items.",
    ),
    ("equal_duration", "It lasts 2 years.", "It lasts 24 months."),
    ("equal_duration", "It takes 14 business days.", "It takes 14 business days."),
    ("number_in_words", "We decide within 6 business days.", "We decide within six business days."),
    ("number_in_words", "It costs 6 USD and 4.50 days.", "It costs 6 USD and 4.50 days."),
    ("percent_in_words", "You earn 2% credit.", "You earn 2 percent credit."),
    ("labelled_item", "Late payment fee: $32.50.", "The late payment fee is $32.50."),
    ("labelled_item", "Note: It is 5 days.", "Note: It is 5 days."),
    (
        "active_to_passive",
        "We refund the full fee if you cancel.",
        "The full fee is refunded if you cancel.",
    ),
    (
        "active_to_passive",
        "We do not refund the extra costs within a week.",
        "The extra costs are not refunded within a week.",
    ),
    ("active_to_passive", "We ship within 4 days.", "We ship within 4 days."),
    ("no_as_not", "From then on there is no refund.", "From then on there isn't any refund."),
    ("customers_may", "You can cancel your plan.", "Customers may cancel their plan."),
    ("customers_may", "You get your money.", "You get your money."),
    ("it_is_possible", "You cannot add items.", "It is not possible to add items."),
    ("allowed_to", "You can add items.", "You are allowed to add items."),
    ("future_tense", "The hold is released at once.", "The hold will be released at once."),
    ("fronted_place", "The label is free in the EU.", "In the EU, the label is free."),
    ("condition_synonym", "It is free if you ask.", "It is free in case you ask."),
    ("condition_synonym", "Check it even if you paid.", "Check it even if you paid."),
    ("synonym_limits", "You can have up to 15 alerts.", "You can have at most 15 alerts."),
    ("synonym_verbs", "The warranty lasts 2 years.", "The warranty runs for 2 years."),
    ("digits_for_words", "You get two free labels.", "You get 2 free labels."),
    ("digits_for_words", "That one is yours.", "That one is yours."),
    ("currency_symbol", "It costs 4 USD or 3.50 GBP.", "It costs $4 or £3.50."),
    ("currency_symbol", "The fee is $25.", "The fee is 25 USD."),
    ("expanded", "You can't cancel.", "You cannot cancel."),
    ("contracted", "It is not free and you cannot cancel.", "It isn't free and you can't cancel."),
    ("opening_phrase", "Note: It is free.", "Note: It is free."),
    ("articles_dropped", "The fee is 4 USD a year.", "Fee is 4 USD a year."),
    (
        "inverted_condition",
        "We refund the fee if you cancel within 14 days.",
        "Should you cancel within 14 days, we refund the fee.",
    ),
    ("inverted_condition", "It is free even if you cancel.", "It is free even if you cancel."),
    (
        "can_be_done",
        "You cannot return gift cards after 30 days.",
        "Gift cards cannot be returned after 30 days.",
    ),
    ("however", "It is free, but slow.", "It is free; however, slow."),
    ("no_as_never", "We do not refund gift cards.", "We never refund gift cards."),
    ("in_the_event", "We ask if the box is whole.", "We ask if the box is whole."),
    (
        "in_the_event",
        "It is free if the box is whole.",
        "It is free in the event that the box is whole.",
    ),
    (
        "deadline_bounds",
        "Return it within 14 days of delivery.",
        "Return it no later than 14 days after delivery.",
    ),
    ("rates", "The monthly fee is 5 USD.", "The fee per month is 5 USD."),
    ("discount_of", "You get 10% off guided tours.", "You get a discount of 10% on guided tours."),
    ("other_verbs", "You get 10% off.", "You are given 10% off."),
    ("other_nouns", "The fee for a parcel is low.", "The charge for a package is low."),
    ("code_first", "It costs 4 USD.", "It costs USD 4."),
    ("code_first", "It costs 4 USD or EUR.", "It costs 4 USD or EUR."),
    ("dollars", "The fee is $25.", "The fee is 25 dollars."),
    ("no_thousands", "A balance of $10,000.", "A balance of $10000."),
    ("comes_to", "Monthly fee: $15", "$15 is what applies to “Monthly fee”."),
    ("yes_or_sorry", "You cannot cancel it.", "Unfortunately, you cannot cancel it."),
    ("framed", "Note: It is free.", "Note: It is free."),
)


class TestTemplates:
    @pytest.mark.parametrize(("name", "text", "said"), EXAMPLES)
    def test_says_a_claim_in_other_words_or_leaves_it(
        self, name: str, text: str, said: str
    ) -> None:
        assert BY_NAME[name].rewrite(Claim(text)) == said

    def test_makes_a_sentence_of_a_tables_row(self) -> None:
        row = Claim("| Trail | 2% | none |", columns=("Plan", "Loyalty credit", "Off repairs"))

        sentence = BY_NAME["row_sentence"].rewrite(row)
        having = BY_NAME["row_of"].rewrite(row)

        assert sentence == "For Trail, the loyalty credit is 2% and the off repairs is none."
        assert having == "Trail has loyalty credit 2%, off repairs none."

    def test_lists_the_cells_of_a_tables_row(self) -> None:
        row = Claim("| Trail | 2% | none |", columns=("Plan", "Loyalty credit", "Off repairs"))

        assert BY_NAME["row_listed"].rewrite(row) == "Trail – Loyalty credit: 2%; Off repairs: none"

    def test_calls_members_those_on_the_plan(self) -> None:
        claim = Claim("Summit members get it free.", names=frozenset({"Summit"}))

        said = BY_NAME["members_on_plan"].rewrite(claim)

        assert said == "Members on the Summit plan get it free."

    def test_names_the_heading_unless_there_is_none_to_name(self) -> None:
        told = BY_NAME["merged_heading"].rewrite(Claim("The label is free.", topic="Labels"))

        assert told == "When it comes to “Labels”, the label is free."
        assert BY_NAME["merged_heading"].rewrite(Claim("Labels are free.")) == "Labels are free."

    def test_keeps_the_capital_of_a_name_inside_a_sentence(self) -> None:
        claim = Claim("Summit is free if you joined.", names=frozenset({"Summit"}))

        assert BY_NAME["fronted_condition"].rewrite(claim) == "If you joined, Summit is free."


class TestRewritten:
    def test_gives_the_same_words_for_the_same_seed(self) -> None:
        claim = Claim("We refund the fee within 14 days if you cancel.", topic="Refunds")

        first, second = (rewritten(claim, Part.BEFORE, random.Random(3)) for _ in range(2))

        assert first == second
        assert first is not None
        assert first.text != claim.text

    def test_names_the_templates_that_it_used(self) -> None:
        said = rewritten(Claim("It costs 5%."), Part.BEFORE, random.Random(1))

        assert said is not None
        assert set(said.templates) <= set(BY_NAME)

    def test_gives_none_where_no_template_applies(self) -> None:
        assert rewritten(Claim("Free returns"), Part.BEFORE, random.Random(1)) is None
