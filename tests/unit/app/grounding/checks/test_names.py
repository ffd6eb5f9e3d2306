import pytest

from app.grounding.verdict import Verdict
from tests.grounded import findings, verdict

TOLD = (
    "Write to help@ridgeline.example or call +1 (555) 010-2030 about a return. "
    "See https://help.ridgeline.example/returns for your return. "
    "Start a return under **Account > Orders** with the Alpine Post label."
)


class TestNameCheck:
    @pytest.mark.parametrize(
        "claim",
        [
            "Write to help@ridgeline.example about a return.",
            "Call +1 555 010 2030 about a return.",
            "See https://help.ridgeline.example/returns/ for your return.",
            "Start a return under Account › Orders.",
            "Start a return with the Alpine Post label.",
        ],
    )
    def test_lets_pass_what_stands_in_a_source(self, claim: str) -> None:
        assert all(one.check != "names" for one in findings(claim, TOLD))

    @pytest.mark.parametrize(
        "claim",
        [
            "Write to refunds@ridgeline.example about a return.",
            "Write to help@ridgeline.example.evil.com about a return.",
            "Call +1 555 010 9999 about a return.",
            "See https://ridgeline-returns.com for your return.",
            "See [your return](http://evil.example/x) for your return.",
            "Start a return under Account > Wallet.",
            "Start a return with the Royal Mail label.",
        ],
    )
    def test_refuses_what_stands_nowhere(self, claim: str) -> None:
        found = verdict(claim, TOLD)

        assert found is not Verdict.SUPPORTED

    def test_takes_a_name_from_the_question(self) -> None:
        claim = "Start a return of the Cairn Pro with the Alpine Post label."

        found = findings(claim, TOLD, asked="How do I return a Cairn Pro?")

        assert all(one.check != "names" for one in found)

    @pytest.mark.parametrize("claim", ["The 62 USD warn you.", "The USD 62 warn you."])
    def test_a_currency_is_no_name(self, claim: str) -> None:
        assert all(one.check != "names" for one in findings(claim, "The $62 warn you."))

    def test_finds_a_plural_by_its_singular(self) -> None:
        found = findings("We don't ship to PO Boxes.", "We don't ship to a PO box.")

        assert all(one.check != "names" for one in found)
