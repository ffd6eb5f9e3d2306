from pathlib import Path

import pytest

from app.errors import PromptError
from app.prompts.registry import PROMPTS, Message, fingerprint, load_prompt, released

FRONT = "---\npurpose: Say hello.\ninputs: [name]\nwhy: First version.\n---\n"
HELLO = f"{FRONT}<!-- system -->\nBe kind.\n<!-- user -->\nHello, $name!\n"


def a_prompt_file(folder: Path, text: str) -> Path:
    (folder / "hello.v1.md").write_text(text, encoding="utf-8")
    return folder


class TestReleasedPrompts:
    def test_are_unchanged(self) -> None:
        files = {path.stem: path.read_text(encoding="utf-8") for path in PROMPTS.glob("*.v*.md")}

        locked = {prompt_id: fingerprint(text) for prompt_id, text in files.items()}

        assert locked == released(), (
            "a released prompt never changes: add a version as a file of its own, "
            "and its line to prompts.lock"
        )

    @pytest.mark.parametrize("prompt_id", released())
    def test_can_be_loaded(self, prompt_id: str) -> None:
        assert load_prompt(prompt_id).fingerprint == released()[prompt_id]


class TestLoadPrompt:
    def test_reads_the_messages_the_inputs_and_the_fingerprint(self, tmp_path: Path) -> None:
        prompt = load_prompt("hello.v1", a_prompt_file(tmp_path, HELLO))

        assert prompt.id == "hello.v1"
        assert prompt.purpose == "Say hello."
        assert prompt.inputs == {"name"}
        assert prompt.parts == (Message("system", "Be kind."), Message("user", "Hello, $name!"))
        assert prompt.fingerprint == fingerprint(HELLO)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Hello, $name!",
            "---\npurpose: [\n---\n<!-- user -->\nHello",
            "---\npurpose: x\n---\n<!-- user -->\nHello",
            FRONT,
            f"{FRONT}<!-- user -->\nHello, $nobody!",
            f"{FRONT}<!-- user -->\nHello!",
            f"{FRONT}<!-- user -->\nHello, $name! 5 $ each",
        ],
    )
    def test_refuses_a_damaged_file(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(PromptError, match=r"hello\.v1"):
            load_prompt("hello.v1", a_prompt_file(tmp_path, text))

    def test_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PromptError, match=r"hello\.v1"):
            load_prompt("hello.v1", tmp_path)


class TestRender:
    def test_fills_in_each_input_once(self, tmp_path: Path) -> None:
        prompt = load_prompt("hello.v1", a_prompt_file(tmp_path, HELLO))

        _, user = prompt.render({"name": "$name ${name}"})

        assert user == Message("user", "Hello, $name ${name}!")

    @pytest.mark.parametrize("inputs", [{}, {"name": "you", "age": "7"}])
    def test_refuses_missing_and_extra_inputs(self, tmp_path: Path, inputs: dict[str, str]) -> None:
        prompt = load_prompt("hello.v1", a_prompt_file(tmp_path, HELLO))

        with pytest.raises(PromptError, match="name"):
            prompt.render(inputs)
