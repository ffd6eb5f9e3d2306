from dataclasses import replace

import pytest

from app.answer import Outcome
from evals.case import Case, Side
from evals.metrics.score import ScoreState
from evals.metrics.side import RightSide
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer

RULE = "Boots can be returned within 30 days of delivery."


def a_boundary(side: Side | None = Side.NO) -> Case:
    return replace(a_case(question="I bought boots 31 days ago. Can I return them?"), side=side)


class TestRightSide:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("No, boots can be returned within 30 days.", 1),
            ("The limit is 30 days. No: it is too late.", 1),
            ("Yes, you can still return them.", 0),
            ("Yes! Boots can be returned within 30 days.", 0),
        ],
    )
    def test_compares_the_yes_or_no_that_is_said(self, text: str, value: float) -> None:
        answer = an_answer(a_sentence(text, cites=RULE))

        assert RightSide().score(a_boundary(), answer).value == value

    @pytest.mark.parametrize(
        "text", [RULE, "Boots can be returned within **30 days** of delivery.", "No signature."]
    )
    def test_takes_no_side_where_the_rule_is_quoted(self, text: str) -> None:
        cites = text if text == "No signature." else RULE

        score = RightSide().score(a_boundary(), an_answer(a_sentence(text, cites=cites)))

        assert score.state is ScoreState.NOT_APPLICABLE

    def test_takes_no_side_where_a_row_is_quoted_below_its_head(self) -> None:
        table = "| Store | Days |\n| --- | --- |\n| EU | 30 |\n| US | 45 |"
        row = a_sentence("Store, Days\n| US | 45 |", cites=table)

        score = RightSide().score(a_boundary(), an_answer(row))

        assert score.state is ScoreState.NOT_APPLICABLE

    @pytest.mark.parametrize("text", ["You are just past it.", "Yes, maybe. No, rather not."])
    def test_leaves_unscored_what_cannot_be_read(self, text: str) -> None:
        answer = an_answer(a_sentence(text, cites=RULE))

        assert RightSide().score(a_boundary(), answer).state is ScoreState.UNSCORED

    def test_asks_nothing_of_an_abstention_or_another_case(self) -> None:
        said = an_answer(a_sentence("Yes, gladly.", cites=RULE), outcome=Outcome.ANSWERED)

        scores = (
            RightSide().score(a_boundary(), an_abstention()),
            RightSide().score(a_boundary(None), said),
        )

        assert {score.state for score in scores} == {ScoreState.NOT_APPLICABLE}
