import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guardrails.personal_data import Masker, without_placeholders
from app.guardrails.personal_data_rules import PersonalDataRules, is_iban, is_luhn

MASKER = Masker([PersonalDataRules()])


class TestMask:
    @pytest.mark.parametrize(
        ("text", "masked"),
        [
            ("I'm jo.doe+x@mail.example.", "I'm <EMAIL_1>."),
            ("I'm jo (at) mail (dot) example", "I'm <EMAIL_1>"),
            ("Call +44 20 7946 0958 today", "Call <PHONE_1> today"),
            ("Call (555) 010-9999", "Call <PHONE_1>"),
            ("My phone number is 0688 872 49 99", "My phone number is <PHONE_1>"),
            ("Card 4111 1111 1111 1111 was declined", "Card <CARD_1> was declined"),
            ("IBAN DE89 3704 0044 0532 0130 00 please", "IBAN <IBAN_1> please"),
            ("My SSN is 460-89-9847", "My SSN is <SSN_1>"),
            ("Ship it to 12 Harbour Street, please", "Ship it to <ADDRESS_1>, please"),
            ("My name is Ada Lovelace and I", "My name is <NAME_1> and I"),
        ],
    )
    def test_puts_a_typed_placeholder_in_its_place(self, text: str, masked: str) -> None:
        assert MASKER.mask(text) == masked

    def test_gives_the_same_words_the_same_number(self) -> None:
        masked = MASKER.mask("From a@x.example to b@x.example and back to a@x.example")

        assert masked == "From <EMAIL_1> to <EMAIL_2> and back to <EMAIL_1>"

    @pytest.mark.parametrize(
        "question",
        [
            "Where is order 4111111111111111?",
            "Where is my parcel 9400111899223197428490?",
            "Order R-10482-773 of 2026-11-01 for 1,299.00 USD",
            "My order number is 5550109999, where is it?",
            "Invoice 4111 1111 1111 1111 is wrong",
            "Is the Talus GTX 45 on sale from 01/11/2026 to 30/11/2026?",
            "Version 8.5.5.4 fails with error 2147483647",
            "Do I get 10 % off 75 USD with the Summit plan?",
            "My name is on the list, is it?",
            "I am a Trail member in the EU",
            "Do you open at 9:30 on 24 December?",
            "The barcode 4006381333931 is not read",
        ],
    )
    def test_leaves_an_ordinary_question_alone(self, question: str) -> None:
        assert MASKER.mask(question) == question

    @given(st.text(alphabet="0123456789 -+()@.abAB<>_\n", max_size=60))
    def test_changes_nothing_that_is_masked_already(self, text: str) -> None:
        once = MASKER.mask(text)

        assert MASKER.mask(once) == once


class TestWithoutPlaceholders:
    def test_leaves_what_can_be_searched_for(self) -> None:
        assert without_placeholders("I'm <EMAIL_1>, where is it?") == "I'm , where is it?"


class TestIsLuhn:
    def test_knows_a_wrong_digit(self) -> None:
        assert is_luhn("4111111111111111")
        assert not is_luhn("4111111111111112")


class TestIsIban:
    def test_knows_a_wrong_digit(self) -> None:
        assert is_iban("GB82 WEST 1234 5698 7654 32")
        assert not is_iban("GB82 WEST 1234 5698 7654 33")
