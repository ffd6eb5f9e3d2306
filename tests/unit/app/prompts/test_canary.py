from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.prompts.canary import FILE, deployment_canary
from app.prompts.registry import load_prompt
from app.settings import AppSettings


class TestDeploymentCanary:
    def test_is_the_same_for_all_processes_of_a_data_folder(self, tmp_path: Path) -> None:
        with ThreadPoolExecutor(8) as threads:
            marks = set(threads.map(lambda _: deployment_canary(tmp_path / "data"), range(32)))

        assert len(marks) == 1
        assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE]

    def test_differs_between_data_folders(self, tmp_path: Path) -> None:
        assert deployment_canary(tmp_path / "a") != deployment_canary(tmp_path / "b")

    def test_can_be_read_by_its_owner_alone(self, tmp_path: Path) -> None:
        deployment_canary(tmp_path)

        assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600

    def test_is_a_fresh_one_where_the_file_is_damaged(self, tmp_path: Path) -> None:
        (tmp_path / FILE).write_text("x")

        assert len(deployment_canary(tmp_path)) == 16

    def test_is_a_fresh_one_where_none_can_be_kept(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()

        assert len(deployment_canary(tmp_path / "file")) == 16


class TestPromptsForAPrefixCache:
    def test_have_what_never_changes_first_and_the_question_last(self) -> None:
        settings = AppSettings()
        for name in (settings.answer_prompt, settings.repair_prompt, settings.judge_prompt):
            system, user = load_prompt(name).parts

            assert (system.role, user.role) == ("system", "user")
            assert {"$passages", "$day", "$question"}.isdisjoint(system.text.split())
            places = [user.text.index(mark) for mark in ("$passages", "$day", "$question")]
            assert places == sorted(places)
