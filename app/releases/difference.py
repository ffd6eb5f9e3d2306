"""What differs between two pinned sets, one line a thing."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from pydantic import JsonValue

from app.errors import PromptError
from app.prompts.comparison import prompt_diff
from app.releases.release import Pinned


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two sets pin otherwise."""

    name: str
    """Dotted: `model.model`, `generation`, `prompts.answer`."""
    before: str | None
    """As JSON has it, text without its quotes; None where it isn't pinned, like `after`."""
    after: str | None


def differences(before: Pinned, after: Pinned) -> tuple[Difference, ...]:
    """Return what differs, in the order in which a release holds it."""
    old, new = dict(_flat(before)), dict(_flat(after))
    names = dict.fromkeys((*old, *new))
    return tuple(
        Difference(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def prompt_lines(found: Difference) -> tuple[str, ...]:
    """Return the changed lines of a prompt of another version; none of anything else.

    An old release may pin a prompt that is gone: then a line says so.
    """
    if not (found.name.startswith("prompts.") and found.before and found.after):
        return ()
    try:
        return prompt_diff(_prompt(found.before), _prompt(found.after))
    except PromptError as error:
        return (f"its lines can't be shown: {error}",)


def _prompt(shown: str) -> str:
    return shown.partition(" ")[0]


def _flat(pinned: Pinned) -> Iterator[tuple[str, str]]:
    """Yield each thing by its name; a prompt by the prompt's, as its version is what changes."""
    for name, value in asdict(pinned).items():
        if name == "prompts":
            for prompt, fingerprint in pinned.prompts.items():
                yield f"prompts.{prompt.partition('.')[0]}", f"{prompt} {fingerprint}"
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{key}", _shown(each)) for key, each in value.items())
        else:
            yield name, _shown(value)


def _shown(value: JsonValue) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
