import shutil
from pathlib import Path

from typer.testing import CliRunner

from app.commands.prompts import prompts
from app.prompts.registry import PROMPTS


def listed(folder: Path) -> tuple[int, str]:
    """Return the exit status of `candor prompts list` over a folder, and what it prints."""
    result = CliRunner().invoke(prompts, ["list", "--folder", str(folder)])
    return result.exit_code, result.stdout


class TestList:
    def test_exits_with_0_where_every_released_prompt_is_what_it_was(self) -> None:
        code, told = listed(PROMPTS)

        assert code == 0
        assert "answer.v3" in told

    def test_exits_with_1_where_a_released_one_was_changed(self, tmp_path: Path) -> None:
        folder = tmp_path / "prompts"
        shutil.copytree(PROMPTS, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        prompt = folder / "answer.v1.md"
        prompt.write_text(prompt.read_text("utf-8") + "Be brief.\n", encoding="utf-8")

        code, told = listed(folder)

        assert code == 1
        (line,) = (one for one in told.splitlines() if " answer.v1 " in one)
        assert "changed" in line
