"""Prompts are files, `<name>.v<N>.md`: versioned, and immutable once released.

A file opens with front matter (`purpose`, `inputs`, `why`), and its body has one part a message,
each under `<!-- system -->` or `<!-- user -->`. Parts hold `$placeholders` and no logic.
`prompts.lock` keeps the fingerprint of each released version: to change a prompt, add a version.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Template

import yaml

from app.errors import PromptError

PROMPTS = Path(__file__).parent
LOCK = "prompts.lock"

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}\.v[1-9][0-9]{0,3}")
_FILE = re.compile(r"---\n(?P<front>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_ROLE = re.compile(r"^<!-- (system|user) -->\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """One rendered message for a chat model."""

    role: str
    """`system` or `user`."""
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt, as its file has it."""

    id: str
    """Name and version: `answer.v1`."""
    purpose: str
    inputs: frozenset[str]
    parts: tuple[Message, ...]
    """The messages with their placeholders."""
    fingerprint: str
    """SHA-256 of the file's text, in hexadecimal."""

    def render(self, inputs: Mapping[str, str]) -> tuple[Message, ...]:
        """Return the messages with every placeholder filled in, once: inputs aren't expanded.

        Raises:
            PromptError: An input is missing, or isn't one of the prompt's.
        """
        if inputs.keys() != self.inputs:
            given, wanted = sorted(inputs), sorted(self.inputs)
            raise PromptError(f"prompt {self.id} was given the inputs {given}: give it {wanted}")
        return tuple(
            Message(part.role, Template(part.text).substitute(inputs)) for part in self.parts
        )


class LockState(StrEnum):
    """How a prompt's file stands to the lock."""

    RELEASED = "released"
    DRAFT = "draft"
    """It isn't in the lock yet: it may still change."""
    CHANGED = "changed"
    GONE = "gone"

    @property
    def is_broken(self) -> bool:
        """Whether a released prompt isn't what it was."""
        return self in {LockState.CHANGED, LockState.GONE}


@dataclass(frozen=True, slots=True)
class ListedPrompt:
    """A prompt in a list."""

    id: str
    purpose: str
    fingerprint: str
    state: LockState


def load_prompt(prompt_id: str, folder: Path = PROMPTS) -> Prompt:
    """Return the prompt `prompt_id` (`answer.v1`) of `folder`.

    Raises:
        PromptError: There is no such file, or it can't be used as a prompt.
    """
    return _parsed(prompt_id, prompt_text(prompt_id, folder))


def prompt_text(prompt_id: str, folder: Path = PROMPTS) -> str:
    """Return the text of a prompt's file.

    Raises:
        PromptError: There is no such file, or it can't be read.
    """
    path = folder / f"{prompt_id}.md"
    if _ID.fullmatch(prompt_id) is None:
        raise PromptError(f"{prompt_id!r} names no prompt: name it as answer.v2")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"prompt {prompt_id} can't be read from {path}: {error}") from error


def listed(folder: Path = PROMPTS) -> tuple[ListedPrompt, ...]:
    """Return every prompt of a folder and its lock, by name and version.

    Raises:
        PromptError: A file can't be used as a prompt.
    """
    locked = released(folder)
    names = {path.stem for path in folder.glob("*.v*.md")} | locked.keys()
    return tuple(_listed(name, locked.get(name), folder) for name in sorted(names, key=_in_order))


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a prompt file's text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def released(folder: Path = PROMPTS) -> dict[str, str]:
    """Return the fingerprint of every released prompt in the folder's lock, by prompt id."""
    lines = (folder / LOCK).read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))


def _listed(prompt_id: str, locked: str | None, folder: Path) -> ListedPrompt:
    if not (folder / f"{prompt_id}.md").is_file():
        return ListedPrompt(prompt_id, "", locked or "", LockState.GONE)
    prompt = load_prompt(prompt_id, folder)
    if locked is None:
        return ListedPrompt(prompt_id, prompt.purpose, prompt.fingerprint, LockState.DRAFT)
    state = LockState.RELEASED if prompt.fingerprint == locked else LockState.CHANGED
    return ListedPrompt(prompt_id, prompt.purpose, prompt.fingerprint, state)


def _in_order(prompt_id: str) -> tuple[str, int]:
    name, _, version = prompt_id.rpartition(".v")
    return name, int(version) if version.isdecimal() else 0


def _parsed(prompt_id: str, text: str) -> Prompt:
    front, body = _front_and_body(prompt_id, text)
    parts = _parts(body)
    inputs = frozenset(front["inputs"])
    used = {name for part in parts for name in Template(part.text).get_identifiers()}
    if not parts or used != inputs or not all(Template(part.text).is_valid() for part in parts):
        raise PromptError(
            f"prompt {prompt_id} declares the inputs {sorted(inputs)} and uses {sorted(used)} "
            f"in {len(parts)} messages: make them agree"
        )
    return Prompt(prompt_id, str(front["purpose"]), inputs, parts, fingerprint(text))


def _front_and_body(prompt_id: str, text: str) -> tuple[Mapping[str, list[str]], str]:
    found = _FILE.fullmatch(text)
    try:
        front = yaml.safe_load(found["front"]) if found else None
    except yaml.YAMLError:
        front = None
    if not found or not isinstance(front, dict) or not {"purpose", "inputs", "why"} <= front.keys():
        raise PromptError(f"prompt {prompt_id} needs front matter with purpose, inputs and why")
    return front, found["body"]


def _parts(body: str) -> tuple[Message, ...]:
    _, *pieces = _ROLE.split(body)
    roles, texts = pieces[::2], pieces[1::2]
    return tuple(Message(role, text.strip()) for role, text in zip(roles, texts, strict=True))
