from app.answer import Answer, DraftSentence, Outcome, Sentence
from app.grounding.case import Hearing
from benchmarks.weak_model import Heard, OpenGate, report
from evals.case import Case, Kind, Part
from tests.builders import a_passage, a_question, an_article
from tests.word_for_word import word_for_word

ARTICLE = an_article("A kayak costs 45 USD a day.", article_id="kayaks")


def an_answer(text: str) -> Answer:
    if not text:
        return Answer(Outcome.ABSTAINED, "Our articles don't cover this.")
    return Answer(Outcome.ANSWERED, text, (Sentence(text, ()),))


def a_case(kind: Kind = Kind.GOLDEN) -> Case:
    is_trap = kind is Kind.TRAP
    return Case(
        id=f"{kind}-1",
        kind=kind,
        part=Part.GENERATED,
        question="How much is a kayak?",
        history=(),
        at=None,
        outcomes=(Outcome.ABSTAINED,) if is_trap else (Outcome.ANSWERED,),
        articles=() if is_trap else ("kayaks",),
        must=() if is_trap else (("45 USD",),),
        must_not=(),
        note="",
    )


class TestOpenGate:
    async def test_shows_whatever_was_drafted(self) -> None:
        hearing = Hearing(a_question("How much?"), (a_passage(),), word_for_word())

        receipt = await OpenGate().release(DraftSentence("Kayaks are free.", ()), hearing)

        assert receipt.sentence == Sentence("Kayaks are free.", ())


class TestReport:
    def test_tells_what_the_gate_keeps_back_and_what_it_costs(self) -> None:
        heard = [
            Heard(a_case(), off=an_answer("It is 45 USD."), on=an_answer("")),
            Heard(a_case(Kind.TRAP), off=an_answer("It is 99 USD."), on=an_answer("")),
        ]

        told = report(heard, [ARTICLE])

        everything = told["all"]
        assert isinstance(everything, dict)
        assert everything["invented, gate off"].startswith("1 of 2")
        assert everything["invented, gate on"].startswith("0 of 2")
        assert everything["right without the gate and lost with it"].startswith("1 of 1")
