import json

import pytest

from evals.judges.claim_verdicts import UnreadableVerdictsError, read_verdicts


class TestReadVerdicts:
    @pytest.mark.parametrize("form", ["{}", "```json\n{}\n```", "\n```\n{}\n```\n", "  {}\n"])
    def test_reads_the_object_with_or_without_a_fence(self, form: str) -> None:
        text = form.replace("{}", json.dumps({"supported": [1, 3], "unsupported": {"2": "no"}}))

        verdicts = read_verdicts(text, 3)

        assert verdicts.supported == {1, 3}
        assert verdicts.reasons == {2: "no"}

    @pytest.mark.parametrize(
        "row",
        [
            {"supported": [1], "unsupported": {}},
            {"supported": [1, 2, 3], "unsupported": {}},
            {"supported": [1, 2], "unsupported": {"2": "no"}},
            {"supported": [1, 1], "unsupported": {}},
            {"supported": [0, 1], "unsupported": {}},
        ],
        ids=["left out", "added", "both", "repeated", "from 0"],
    )
    def test_refuses_verdicts_that_do_not_judge_each_claim_once(
        self, row: dict[str, object]
    ) -> None:
        with pytest.raises(UnreadableVerdictsError, match="of 2"):
            read_verdicts(json.dumps(row), 2)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "I'd say 1 is supported.",
            '{"supported": ["1"], "unsupported": {}}',
            '{"supported": [true], "unsupported": {}}',
            '{"supported": [1]}',
            '{"supported": [1], "unsupported": {}, "note": "x"}',
            '{"supported": [], "unsupported": {"one": "no"}}',
            '{"supported": [NaN], "unsupported": {}}',
            'Here: {"supported": [1], "unsupported": {}}',
        ],
    )
    def test_refuses_any_other_form(self, text: str) -> None:
        with pytest.raises(UnreadableVerdictsError, match="JSON"):
            read_verdicts(text, 1)
