from app.prompts.registry import load_prompt, released
from evals.judges.claim_judge import PROMPT, PROMPTS


class TestThePromptsOfTheJudges:
    def test_are_what_they_were_when_they_were_released(self) -> None:
        found = {path.stem for path in PROMPTS.glob("*.v*.md")}

        assert found == released(PROMPTS).keys()
        assert {one: load_prompt(one, PROMPTS).fingerprint for one in found} == released(PROMPTS)

    def test_hold_the_one_that_is_asked(self) -> None:
        assert PROMPT in released(PROMPTS)
