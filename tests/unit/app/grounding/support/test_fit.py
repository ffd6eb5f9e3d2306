import numpy as np
import pytest

from app.grounding.support.features import SupportFeatures
from app.grounding.support.fit import (
    FitSettings,
    Judged,
    judged_out_of_fold,
    threshold_for,
)
from app.grounding.support.labels import LabelledAnswer, LabelledClaim
from app.grounding.support.report import report


def a_claim(generator: np.random.Generator, *, supported: bool) -> LabelledClaim:
    values = dict.fromkeys(SupportFeatures._fields, 0.0)
    values["lacking"] = float(generator.normal() + (0 if supported else 3))
    return LabelledClaim(SupportFeatures(**values), float(generator.random()), supported)


def answers(count: int = 60) -> list[LabelledAnswer]:
    generator = np.random.default_rng(2)
    made = []
    for number in range(count):
        supported = number % 3 > 0
        held = (a_claim(generator, supported=True), a_claim(generator, supported=supported))
        made.append(LabelledAnswer(str(number), f"source {number // 2}", held, supported))
    return made


def judged(*supports: float) -> Judged:
    claims = tuple(a_claim(np.random.default_rng(1), supported=True) for _ in supports)
    return Judged(LabelledAnswer("1", "s", claims, supported=True), 0, supports)


class TestJudgedOutOfFold:
    def test_keeps_the_order_and_the_groups_together(self) -> None:
        labelled = answers()

        found = judged_out_of_fold(labelled, FitSettings())

        assert [one.answer for one in found] == labelled
        assert all(found[at].fold == found[at + 1].fold for at in range(0, len(found), 2))

    def test_a_label_has_no_say_in_its_own_judgement(self) -> None:
        labelled = answers()
        flipped = LabelledClaim(labelled[0].claims[0].features, 0.5, supported=False)
        changed = [LabelledAnswer("0", "source 0", (flipped,) * 2, supported=False), *labelled[1:]]

        before, after = (judged_out_of_fold(one, FitSettings())[0] for one in (labelled, changed))

        assert after.supports[0] == before.supports[0]

    def test_supports_nothing_that_no_passage_speaks_of(self) -> None:
        labelled = answers()
        features = labelled[0].claims[0].features
        alone = LabelledClaim(features, 0.0, supported=True, is_spoken_of=False)

        found = judged_out_of_fold(
            [LabelledAnswer("x", "x", (alone,), supported=True), *labelled], FitSettings()
        )

        assert found[0].support == 0


class TestThresholdFor:
    def test_blocks_at_most_the_stated_share_of_supported_claims(self) -> None:
        labelled = [judged(*(number / 100 for number in range(100)))]

        threshold = threshold_for(labelled, [], FitSettings(false_block_rate=0.05))

        assert threshold == pytest.approx(0.05)

    def test_touches_at_most_the_stated_share_of_the_experts_answers(self) -> None:
        labelled = [judged(*(0.9 for _ in range(100)))]
        experts = [judged(0.95, number / 10) for number in range(10)]

        threshold = threshold_for(labelled, experts, FitSettings(touched_rate=0.2))

        assert threshold == pytest.approx(0.2)


class TestReport:
    def test_shows_what_the_model_separates_beside_word_overlap(self) -> None:
        figures = {one.name: one.value for one in report(answers(), FitSettings())}

        assert figures["answer AUROC"] > 0.9 > figures["answer AUROC of word overlap"]
        assert figures["sentence AUROC"] > 0.9
        assert figures["answer F1"] > 0.8
