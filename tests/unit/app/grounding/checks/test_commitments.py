import pytest

from app.grounding.checks.commitments import commits
from app.grounding.verdict import Verdict
from tests.grounded import findings, verdict

PROMISES = (
    "I have refunded you.",
    "I've gone ahead and cancelled your order.",
    "We will call you tomorrow.",
    "I'll cancel your order now.",
    "I am processing your refund.",
    "Your refund has been issued.",
    "Our team will contact you within 2 days.",
    "Let me cancel that for you.",
    "I can waive the fee for you.",
    "Rest assured, a new tent is coming.",
    "I am a travel agent.",
)
NO_PROMISES = (
    "You can cancel your order in your account.",
    "Once your refund has been issued, you get an email.",
    "The document must have been issued this year.",
    "We ship to the EU and the UK.",
    "Why was I charged twice?",
    "We will be happy to help.",
    "The label is free if we sent the wrong one.",
)


class TestCommits:
    @pytest.mark.parametrize("text", PROMISES)
    def test_tells_a_promise_or_a_report(self, text: str) -> None:
        assert commits(text)

    @pytest.mark.parametrize("text", NO_PROMISES)
    def test_lets_rules_and_courtesy_be(self, text: str) -> None:
        assert not commits(text)


class TestCommitmentCheck:
    @pytest.mark.parametrize("text", PROMISES)
    def test_refuses_what_no_article_says(self, text: str) -> None:
        found = findings(text, "Refunds, orders, fees and calls: see your account.")

        assert all(one.verdict is not Verdict.SUPPORTED for one in found)

    def test_lets_the_companys_own_words_be_quoted(self) -> None:
        told = "We will email you when your order ships."

        assert verdict(told, told) is Verdict.SUPPORTED

    def test_never_lets_the_assistant_speak_for_the_company(self) -> None:
        told = "We will email you when your order ships."

        found = findings("I will email you when your order ships.", told)

        assert [one.check for one in found] == ["commitment"]

    @pytest.mark.parametrize(
        ("claim", "is_told"),
        [
            ("We will answer an email within 1 business day.", True),
            ("We will refund an email within 1 business day.", False),
            ("I will answer an email within 1 business day.", False),
        ],
    )
    def test_the_company_does_what_it_says_that_it_does(self, claim: str, *, is_told: bool) -> None:
        found = findings(claim, "We answer an email within 1 business day.")

        assert all(one.check != "commitment" for one in found) is is_told
