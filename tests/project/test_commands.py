"""What the README, the Makefile and the command line promise each other."""

import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CANDOR = Path(sys.executable).with_name("candor")
HEAVY = ("torch", "chromadb", "langchain", "fastapi", "streamlit", "sqlalchemy", "numpy", "ragas")


class TestMake:
    def test_every_target_has_its_help_line(self) -> None:
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        targets = re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE)

        listed = subprocess.run(
            ["make", "-C", str(ROOT)], capture_output=True, text=True, check=True
        ).stdout

        assert targets
        assert [name for name in targets if f"\n  {name} " not in f"\n{listed}"] == []

    def test_every_target_that_a_page_names_exists(self) -> None:
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]

        named = {
            name
            for page in pages
            for name in re.findall(r"`?make ([a-z][a-z-]+)`", page.read_text(encoding="utf-8"))
        }

        assert named
        assert {name for name in named if f"\n{name}:" not in makefile} == set()


class TestCandor:
    def test_help_lists_every_sub_command(self) -> None:
        done = subprocess.run([CANDOR, "--help"], capture_output=True, text=True, check=True)

        names = {entry.name for entry in entry_points(group="candor.commands")}
        assert {name for name in names if not re.search(rf"│ {name} ", done.stdout)} == set()

    @pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["reindex", "--help"]])
    def test_help_imports_nothing_heavy(self, arguments: list[str]) -> None:
        code = (
            "import sys; from knowledge_base.command_line import main\n"
            f"sys.argv = ['candor', *{arguments!r}]\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            f"print([name for name in {HEAVY!r} if name in sys.modules])"
        )

        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.splitlines()[-1] == "[]"

    def test_every_command_that_a_page_names_exists(self) -> None:
        pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
        known = {entry.name for entry in entry_points(group="candor.commands")}

        named = {
            name
            for page in pages
            for name in re.findall(r"`candor ([a-z]+)", page.read_text(encoding="utf-8"))
        }

        assert named
        assert named - known == set()

    def test_an_unknown_command_is_refused_without_a_traceback(self) -> None:
        done = subprocess.run([CANDOR, "fly"], capture_output=True, text=True, check=False)

        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert "fly" in done.stderr

    @pytest.mark.parametrize("value", ["sk-secret", '["sk-secret"]'])
    def test_names_a_setting_that_cannot_be_used_without_its_value(self, value: str) -> None:
        variables = {**os.environ, "CANDOR_MODEL_OPTIONS": value}  # noqa: TID251 — a child process inherits them

        done = subprocess.run(
            [CANDOR, "ask", "Hi"], capture_output=True, text=True, check=False, env=variables
        )

        assert done.returncode == 1
        assert done.stderr.startswith("candor: CANDOR_MODEL_OPTIONS can't be used: ")
        assert "sk-secret" not in done.stderr


class TestSettingsPage:
    def test_says_what_the_settings_classes_say(self) -> None:
        code = "from scripts.settings_page import PAGE, page; print(PAGE.read_text() == page())"

        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
        )

        assert done.stdout.strip() == "True", "run `make settings-page`"
