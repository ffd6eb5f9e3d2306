"""What every verifier promises the gate, the real one and the fake."""

import pytest

from app.grounding.grounds import Grounds, Verify
from app.grounding.soundness import sound
from app.grounding.sources import sources_of
from app.grounding.verdict import Verdict
from tests.builders import a_passage, a_question
from tests.fakes import ScriptedVerifier
from tests.word_for_word import word_for_word

SOURCES = sources_of([a_passage("Refunds take 5 days. Shipping is free.")], {})
ASKED = a_question("How long do refunds take?")
VERIFIERS = {
    "drafts": Grounds.of().verifier,
    "quotes": Grounds.of().quotes,
    "word for word": word_for_word().verifier,
    "scripted": ScriptedVerifier(),
}


@pytest.fixture(params=VERIFIERS)
def verifier(request: pytest.FixtureRequest) -> Verify:
    return VERIFIERS[request.param]


class TestVerify:
    def test_supports_what_a_source_says_and_shows_where(self, verifier: Verify) -> None:
        (finding,) = verifier.verify("Shipping is free.", SOURCES, ASKED)

        assert finding.verdict is Verdict.SUPPORTED
        assert finding.place is not None
        said = SOURCES.listed[0].text[finding.place.start : finding.place.end]
        assert said == "Shipping is free."

    def test_does_not_support_what_no_source_says(self, verifier: Verify) -> None:
        findings = verifier.verify("Refunds take 9 days.", SOURCES, ASKED)

        assert Verdict.SUPPORTED not in [finding.verdict for finding in findings]
        assert findings

    @pytest.mark.parametrize("sentence", ["Refunds take 5 days.", "Gold is free.", "\x00 [1]", "…"])
    def test_makes_sense(self, verifier: Verify, sentence: str) -> None:
        findings = verifier.verify(sentence, SOURCES, ASKED)

        assert sound(sentence, findings, SOURCES) == findings
