import pytest

from app.grounding.verdict import Verdict
from tests.grounded import findings, verdict

TABLE = """\
| Fee | Family plan | Summit plan |
|---|---|---|
| Late return | 5 USD | 9 USD |
| Deposit | 20 USD | 20 USD |
"""


class TestColumnCheck:
    def test_contradicts_a_number_of_another_column(self) -> None:
        (found,) = findings("The late return fee is 9 USD on the Family plan.", TABLE)

        assert (found.verdict, found.reason) == (
            Verdict.CONTRADICTED,
            "9 USD stands below 'Summit plan', not 'Family plan'",
        )

    def test_contradicts_a_number_of_another_column_than_is_asked_about(self) -> None:
        asked = "What is the late return fee for Family members?"

        assert verdict("The late return fee is 9 USD.", TABLE, asked=asked) is Verdict.CONTRADICTED

    @pytest.mark.parametrize(
        "claim",
        [
            "The late return fee is 5 USD on the Family plan.",
            "The late return fee is 9 USD on the Summit plan.",
            "The late return fee is 5 USD or 9 USD.",
            "The deposit fee is 20 USD on the Summit plan.",
        ],
    )
    def test_lets_stand_what_the_column_says(self, claim: str) -> None:
        assert verdict(claim, TABLE) is Verdict.SUPPORTED

    def test_takes_a_row_as_a_row(self) -> None:
        asked = "What is the late return fee on the Summit plan?"

        same, other = (
            verdict(f"| Late return | {first} | {second} |", TABLE, asked=asked)
            for first, second in (("$5", "$9"), ("$9", "$5"))
        )

        assert same is Verdict.SUPPORTED
        assert other is not Verdict.SUPPORTED
