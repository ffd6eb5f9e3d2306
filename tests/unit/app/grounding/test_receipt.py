from app.answer import Sentence
from app.grounding.receipt import Attempt, CheckedClaim, Origin, Receipt, Ruling
from app.grounding.verdict import Claim, Finding, Verdict

TEXT = "Refunds take 5 days."


def a_finding(verdict: Verdict = Verdict.SUPPORTED) -> Finding:
    return Finding(Claim(TEXT, 0, len(TEXT)), verdict, 1.0, "stands there", "verbatim")


def shown(*origins: Origin) -> Receipt:
    attempts = tuple(Attempt(one, TEXT, (CheckedClaim(a_finding(), None),)) for one in origins)
    return Receipt(Ruling.RELEASED, attempts, Sentence(TEXT, ()))


class TestRefused:
    def test_shows_nothing_and_says_who_refused_it_and_why(self) -> None:
        receipt = shown(Origin.DRAFT).refused("links", "the sentence leads to a strange host")

        assert (receipt.ruling, receipt.sentence) == (Ruling.DROPPED, None)
        assert receipt.objection is not None
        assert receipt.objection.check == "links"
        assert receipt.objection.reason == "the sentence leads to a strange host"

    def test_keeps_what_was_found_before(self) -> None:
        receipt = shown(Origin.DRAFT).refused("links", "strange")

        (attempt,) = receipt.attempts
        assert attempt.claims[0].finding == a_finding()

    def test_is_about_the_wording_that_would_have_been_shown(self) -> None:
        receipt = shown(Origin.DRAFT, Origin.REPAIR).refused("links", "strange")

        assert [attempt.holds for attempt in receipt.attempts] == [True, False]
