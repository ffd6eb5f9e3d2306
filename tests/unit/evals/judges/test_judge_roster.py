import pytest

from evals.errors import JudgeError
from evals.judges.roster import open_judges
from evals.settings import EvalsSettings


class TestOpenJudges:
    def test_opens_none_without_a_model(self) -> None:
        assert open_judges(EvalsSettings()) == ()

    def test_opens_candors_own_with_a_model(self) -> None:
        settings = EvalsSettings(judge_model="scripted", judge_base_url="http://127.0.0.1:1/v1")

        assert [judge.name for judge in open_judges(settings)] == ["judged_faithfulness"]

    def test_opens_what_needs_no_model_without_one(self) -> None:
        settings = EvalsSettings(judges=("ragas_id_context_recall", "ragas_faithfulness"))

        assert [judge.name for judge in open_judges(settings)] == ["ragas_id_context_recall"]

    def test_refuses_a_name_that_it_does_not_know(self) -> None:
        with pytest.raises(JudgeError, match="names vibes: it may hold judged_faithfulness"):
            open_judges(EvalsSettings(judges=("vibes",)))
