from collections.abc import Sequence

import pytest

from app.answer import Outcome
from app.errors import PrivacyError
from app.guardrails.guardrail import ALLOW, Action, Decision
from app.guardrails.personal_data import PersonalKind
from app.guardrails.presidio import is_installed
from app.guardrails.roster import (
    Confidential,
    build_guardrails,
    build_masker,
    build_output_guardrails,
)
from app.guardrails.screening import OutputScreening, Screening
from app.setting_choices import Guard, Masking, OutputGuard
from app.settings import AppSettings
from knowledge_base.article import Passage


class Fixed:
    """Decides the same of everything, or fails."""

    def __init__(self, name: str, decides: Decision | Exception = ALLOW) -> None:
        self.name = name
        self._decides = decides
        self.asked = 0

    def check(self, question: str) -> Decision:
        del question
        self.asked += 1
        if isinstance(self._decides, Exception):
            raise self._decides
        return self._decides


class FixedOutput:
    """Decides the same of every sentence."""

    def __init__(self, name: str, decides: Decision | Exception = ALLOW) -> None:
        self.name = name
        self._fixed = Fixed(name, decides)

    def check(self, text: str, cited: Sequence[Passage], question: str) -> Decision:
        del text, cited
        return self._fixed.check(question)


REPLY = Decision(Action.REPLY, "says hello", Outcome.ANSWERED, "Hello!")
BLOCK = Decision(Action.BLOCK, "is bad", Outcome.BLOCKED, "No.")


class TestScreening:
    def test_takes_the_first_objection_and_names_its_guardrail(self) -> None:
        last = Fixed("last", BLOCK)

        decision = Screening([Fixed("first"), Fixed("second", REPLY), last]).screen("Hi")

        assert (decision.guard, decision.reason) == ("second", "says hello")
        assert last.asked == 0

    def test_blocks_where_a_guardrail_fails(self, capsys: pytest.CaptureFixture[str]) -> None:
        decision = Screening([Fixed("broken", RuntimeError("secret words"))]).screen("Hi")

        assert (decision.action, decision.outcome) == (Action.BLOCK, Outcome.BLOCKED)
        assert decision.guard == "broken"
        assert "secret" not in decision.reason
        assert "secret" not in capsys.readouterr().out


class TestOutputScreening:
    def test_lets_a_sentence_out_that_nothing_objects_to(self) -> None:
        screening = OutputScreening([FixedOutput("first"), FixedOutput("second")])

        decision = screening.screen("Free.", [], "Is it?")

        assert decision.action is Action.ALLOW

    def test_blocks_where_a_guardrail_fails(self) -> None:
        decision = OutputScreening([FixedOutput("broken", ValueError())]).screen("Free.", [], "?")

        assert (decision.action, decision.guard) == (Action.BLOCK, "broken")


class TestBuildGuardrails:
    def test_follows_the_order_of_the_settings(self) -> None:
        settings = AppSettings(guardrails=(Guard.INJECTION, Guard.SIZE))

        assert [each.name for each in build_guardrails(settings)] == ["injection", "size"]

    def test_has_a_guardrail_under_every_name(self) -> None:
        names = [each.name for each in build_guardrails(AppSettings())]
        output = [
            each.name for each in build_output_guardrails(AppSettings(), Confidential("c", "p"))
        ]

        assert names == list(Guard)
        assert output == list(OutputGuard)


class TestBuildMasker:
    def test_masks_by_rules_without_the_extra(self) -> None:
        masker = build_masker(AppSettings(masking=Masking.RULES))

        assert masker.mask("I'm jo@mail.example") == "I'm <EMAIL_1>"

    @pytest.mark.skipif(is_installed(), reason="runs without the extra `privacy`")
    def test_refuses_presidio_where_it_is_missing(self) -> None:
        with pytest.raises(PrivacyError, match=r"candor\[privacy\]"):
            build_masker(AppSettings(masking=Masking.PRESIDIO))

    @pytest.mark.skipif(not is_installed(), reason="needs the extra `privacy`")
    def test_finds_more_with_presidio(self) -> None:
        text = "Call me back, this is Maria Schneider, number 030 901820."
        by_rules = build_masker(AppSettings(masking=Masking.RULES))

        found = {one.kind for one in build_masker(AppSettings()).find(text)}

        assert PersonalKind.NAME in found
        assert PersonalKind.NAME not in {one.kind for one in by_rules.find(text)}
