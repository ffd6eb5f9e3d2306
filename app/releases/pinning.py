"""Which settings a release pins, and the set that the settings and a generation make."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from app.errors import ReleaseError
from app.grounding import support, thresholds
from app.prompts.registry import load_prompt
from app.releases.release import Pinned, Settings
from app.settings import AppSettings
from knowledge_base.generations.manifest import Manifest

MODEL = (
    "model",
    "fallback_model",
    "model_timeout_seconds",
    "model_max_retries",
    "model_options",
)
WORDING = ("contact", "tone", "limits")
SEARCH = ("embedder", "timezone")
GUARDRAILS = ("guardrails", "output_guardrails")
GATE = ("repairs", "gate_judge_model", "gate_timeout_seconds")
PROMPTS = ("answer_prompt", "repair_prompt", "judge_prompt")
PINNED = frozenset((*MODEL, *WORDING, *SEARCH, *GUARDRAILS, *GATE, *PROMPTS, "prices"))
"""Every setting that a release decides on; all others stay the environment's."""
REACHED_BY = {
    "model": ("model_base_url", "model_api_key"),
    "fallback_model": ("fallback_base_url", "fallback_api_key"),
    "gate_judge_model": ("gate_judge_base_url", "gate_judge_api_key"),
}
"""Each model's address and key: the environment's, so they are those of the model it names."""

_JUDGED_BY = {
    "thresholds": Path(thresholds.__file__).with_name(thresholds.FILE_NAME),
    "support_model": Path(support.__file__).with_name("model.json"),
}


def pinned_now(settings: AppSettings, manifest: Manifest) -> Pinned:
    """Return the set that the settings and a generation make.

    Raises:
        PromptError: A prompt can't be read.
    """
    prompts = [load_prompt(getattr(settings, name)) for name in PROMPTS]
    return Pinned(
        candor=version("candor"),
        generation=manifest.id,
        embedder=manifest.embedder,
        prompts={prompt.id: prompt.fingerprint for prompt in prompts},
        model=_dumped(settings, MODEL),
        wording=_dumped(settings, WORDING),
        search=_dumped(settings, SEARCH),
        guardrails=_dumped(settings, GUARDRAILS),
        gate={**_dumped(settings, GATE), **judged_by()},
        prices={name: price.model_dump(mode="json") for name, price in settings.prices.items()},
    )


def settings_of(pinned: Pinned, settings: AppSettings) -> AppSettings:
    """Return the settings with those that a release pins in their place.

    A model of another provider than the settings' gets neither their address nor their key: one
    provider's key must not go to another.

    Raises:
        ReleaseError: A pinned prompt isn't what it was.
        PromptError: A pinned prompt can't be read.
    """
    _check_prompts(pinned)
    values = {
        **pinned.model,
        **pinned.wording,
        **pinned.search,
        **pinned.guardrails,
        **pinned.gate,
        **{f"{prompt.partition('.')[0]}_prompt": prompt for prompt in pinned.prompts},
        "prices": pinned.prices,
    }
    given = {name: value for name, value in values.items() if name in PINNED}
    valid = AppSettings.model_validate(given)
    pins = {name: getattr(valid, name) for name in given}
    return settings.model_copy(update=pins | _withheld(valid, settings))


def judged_by() -> dict[str, str]:
    """Return the SHA-256 of the files that the gate decides by, in hexadecimal."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in _JUDGED_BY.items()
    }


def _check_prompts(pinned: Pinned) -> None:
    for prompt, fingerprint in pinned.prompts.items():
        found = load_prompt(prompt).fingerprint
        if found != fingerprint:
            raise ReleaseError(
                f"prompt {prompt} has the fingerprint {found}, the release pins {fingerprint}: "
                "restore the prompt's file"
            )


def _withheld(valid: AppSettings, settings: AppSettings) -> dict[str, None]:
    """Return the addresses and keys that are another provider's than the pinned model's."""
    return {
        name: None
        for model, names in REACHED_BY.items()
        if _provider(getattr(valid, model)) != _provider(getattr(settings, model))
        for name in names
    }


def _provider(model: str | None) -> str | None:
    return model.partition(":")[0] if model else None


def _dumped(settings: AppSettings, names: tuple[str, ...]) -> Settings:
    dumped: Settings = settings.model_dump(mode="json", include=set(names))
    return {name: dumped[name] for name in names}
