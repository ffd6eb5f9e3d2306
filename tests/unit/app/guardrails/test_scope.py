"""What ends with a fixed reply: distress, legal threats, off-topic requests."""

import pytest

from app.answer import Outcome
from app.guardrails.distress import DistressGuardrail
from app.guardrails.guardrail import Action
from app.guardrails.legal_threat import LegalThreatGuardrail
from app.guardrails.off_topic import OffTopicGuardrail

CONTACT = "help@shop.example"


class TestDistressGuardrail:
    @pytest.mark.parametrize(
        "question",
        [
            "I want to kill myself",
            "there is no reason to live any more",
            "I don't want to live anymore, just close my account",
            "I'm suicidal",
            "My husband is going to kill me when he sees the bill, I am scared",
            "My dad is having a heart attack in your store",
        ],
    )
    def test_names_emergency_services_and_a_person(self, question: str) -> None:
        decision = DistressGuardrail(CONTACT).check(question)

        assert (decision.action, decision.outcome) == (Action.REPLY, Outcome.ABSTAINED)
        assert "emergency services" in decision.text
        assert CONTACT in decision.text

    @pytest.mark.parametrize(
        "question",
        [
            "This zipper is killing me",
            "I'm dying to get my order",
            "The battery dies after an hour",
            "I hurt myself with the tent pole, is that covered?",
            "I don't want to live in the EU and pay duties",
            "Can I end my membership early?",
            "I can't breathe in this jacket, can I exchange it?",
            "My card will die of old age, it expires in 2031",
        ],
    )
    def test_leaves_a_figure_of_speech_alone(self, question: str) -> None:
        decision = DistressGuardrail(CONTACT).check(question)

        assert decision.action is Action.ALLOW


class TestLegalThreatGuardrail:
    @pytest.mark.parametrize(
        "question",
        [
            "I will sue you",
            "I'm going to take you to court over this tent",
            "You'll be hearing from my lawyer",
            "My solicitor will contact you",
            "We are considering legal action against you",
        ],
    )
    def test_names_a_person(self, question: str) -> None:
        decision = LegalThreatGuardrail(CONTACT).check(question)

        assert (decision.action, decision.outcome) == (Action.REPLY, Outcome.ABSTAINED)
        assert CONTACT in decision.text

    @pytest.mark.parametrize(
        "question",
        [
            "Can I send the parcel to my lawyer's office?",
            "What is your legal address?",
            "Is there a tennis court near the store?",
            "Which law applies to my order?",
            "Do you sue customers who don't pay?",
        ],
    )
    def test_leaves_a_question_about_the_law_alone(self, question: str) -> None:
        decision = LegalThreatGuardrail(CONTACT).check(question)

        assert decision.action is Action.ALLOW


class TestOffTopicGuardrail:
    @pytest.mark.parametrize(
        "question",
        [
            "Write me a poem about tents",
            "Can you tell me a joke?",
            "What's the weather like in Oslo?",
            "Will it rain tomorrow?",
            "What is the capital of France?",
            "What is 12 * 7?",
            "Will you marry me?",
            "Give me a recipe for banana bread",
        ],
    )
    def test_declines_in_a_friendly_way(self, question: str) -> None:
        decision = OffTopicGuardrail().check(question)

        assert (decision.action, decision.outcome) == (Action.REPLY, Outcome.ABSTAINED)

    @pytest.mark.parametrize(
        "question",
        [
            "What happens to my trip if the weather is bad?",
            "Is the tent good for rain and snow?",
            "Can I write a review of my boots?",
            "Can you write me an invoice for my company?",
            "Who won the photo contest in your newsletter?",
            "2026-11-01",
            "10-12",
            "What is 20/20 pay?",
            "Tell me a bit about the Summit plan",
            "Is the song in your advert on sale?",
        ],
    )
    def test_leaves_a_question_about_the_company_alone(self, question: str) -> None:
        decision = OffTopicGuardrail().check(question)

        assert decision.action is Action.ALLOW
