from datetime import date

from app.answer import Answer, Budget, Outcome, Usage
from app.drift.observation import CanaryQuestion
from app.drift.observing import asked
from app.errors import ModelTimeoutError
from app.telemetry.spending import Spending
from tests.fakes import ScriptedAssistant
from tests.live_server import a_receipt, a_refusal, a_sentence

QUESTION = CanaryQuestion("q", "Free?")
DAY = date(2026, 11, 1)
USAGE = Usage("openai:m", 10, 4, 0.5, served_model="m-2026", served_fingerprint="fp_1")


class TestAsked:
    async def test_notes_what_the_model_wrote_and_what_the_gate_made_of_it(self) -> None:
        sentence = a_sentence()
        answer = Answer(
            Outcome.ANSWERED, "Free.", (sentence,), usage=(USAGE, USAGE), timings_ms={"draft": 250}
        )
        assistant = ScriptedAssistant(a_receipt(sentence, "All is free."), sentence, answer)

        (found,) = (await asked(assistant, [QUESTION], DAY)).observations

        assert (found.draft, found.holds, found.outcome) == ("All is free.", False, "ANSWERED")
        assert (found.seconds, found.completion_tokens, found.cost_usd) == (0.25, 8, 1.0)
        assert (found.models, found.fingerprints) == (("m-2026",), ("fp_1",))
        assert assistant.asked == [("Free?", (), DAY)]

    async def test_knows_no_cost_where_one_call_has_none(self) -> None:
        unknown = Usage("openai:m", 10, 4, None)
        answer = Answer(Outcome.ABSTAINED, "No.", usage=(USAGE, unknown))

        (found,) = (await asked(ScriptedAssistant(answer), [QUESTION], DAY)).observations

        assert found.cost_usd is None
        assert not found.holds

    async def test_notes_a_model_that_fails_and_what_it_took(self) -> None:
        failure = ModelTimeoutError("took too long")
        assistant = ScriptedAssistant(USAGE, a_refusal("No."), failure)

        found = await asked(assistant, [QUESTION], DAY)

        assert found.failed == 1
        assert found.observations[0].error == "took too long"
        assert (found.tokens, found.cost_usd) == (14, 0.5)

    async def test_adds_up_what_all_questions_took_in_one_account(self) -> None:
        account = Spending()
        assistant = ScriptedAssistant(USAGE, Answer(Outcome.ABSTAINED, "No.", usage=(USAGE,)))

        found = await asked(assistant, [QUESTION, QUESTION], DAY, account=account)

        assert [one.completion_tokens for one in found.observations] == [4, 4]
        assert account.calls == [USAGE, USAGE]

    async def test_counts_what_the_account_could_not_pay_for_as_failed(self) -> None:
        quoted = Answer(Outcome.ANSWERED, "Quoted.", usage=(USAGE,), budget=Budget.REQUEST)

        found = await asked(ScriptedAssistant(USAGE, quoted), [QUESTION], DAY)

        assert found.failed == 1
        assert found.cost_usd == 0.5
