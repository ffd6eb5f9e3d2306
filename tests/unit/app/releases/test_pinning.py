from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import PromptError, ReleaseError
from app.prompts.registry import released
from app.releases.pinning import PINNED, pinned_now, settings_of
from app.settings import AppSettings
from knowledge_base.generations.generation import sealed_manifest
from knowledge_base.generations.manifest import Manifest
from tests.generations import write_generation

PRICE = {"prompt": 1, "cached": 1, "completion": 1, "as_of": "2026-11-01"}
ENVIRONMENT = {
    "data_dir",
    "database_url",
    "host",
    "port",
    "max_question_chars",
    "max_body_bytes",
    "admin_key",
    "webhook_secret",
    "review_share",
    "reader_grace_seconds",
    "log_format",
    "model_base_url",
    "fallback_base_url",
    "gate_judge_base_url",
    "model_api_key",
    "fallback_api_key",
    "gate_judge_api_key",
    "masking",
    "signing_key",
    "answer_cache",
    "gates",
    "answer_cache_near",
    "breaker_failures",
    "budget_conversation_usd",
    "budget_day_usd",
    "budget_key_usd",
    "budget_request_usd",
    "canary_budget_usd",
    "canary_false_alarms",
    "canary_planned_looks",
    "canary_webhook_url",
    "client_keys",
    "live_most_turns",
    "live_share",
    "metrics_key",
    "otlp_endpoint",
    "over_budget",
    "schedule",
}
"""Settings that no release decides on: secrets, addresses, and what the machine is used for."""


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    """What a generation on disk says of itself."""
    return sealed_manifest(tmp_path / "generations" / write_generation(tmp_path))


class TestPinnedSettings:
    def test_are_all_that_are_not_the_environments(self) -> None:
        assert AppSettings.model_fields.keys() - PINNED == ENVIRONMENT, (
            "say of a new setting whether a release pins it (app/releases/pinning.py) or not (here)"
        )


class TestPinnedNow:
    def test_holds_no_secret_and_no_address(self, manifest: Manifest) -> None:
        settings = AppSettings(
            model="openai:m", model_api_key="sk-secret", model_base_url="http://gpu.internal/v1"
        )

        told = repr(pinned_now(settings, manifest))

        assert "openai:m" in told
        assert "secret" not in told
        assert "gpu.internal" not in told

    @pytest.mark.parametrize(
        "changed",
        [
            {"model": "openai:other"},
            {"contact": "help@other.example"},
            {"guardrails": ()},
            {"repairs": False},
            {"answer_prompt": "answer.v1"},
            {"timezone": "Europe/Zurich"},
            {
                "prices": {
                    "openai:m": {"prompt": 1, "cached": 1, "completion": 1, "as_of": "2026-11-01"}
                }
            },
        ],
    )
    def test_tells_sets_apart(self, manifest: Manifest, changed: dict[str, object]) -> None:
        before = pinned_now(AppSettings(), manifest)

        after = pinned_now(AppSettings.model_validate(changed), manifest)

        assert after.fingerprint != before.fingerprint


class TestSettingsOf:
    def test_gives_back_what_was_pinned_whatever_the_environment_says(
        self, manifest: Manifest
    ) -> None:
        then = AppSettings(model="openai:m", contact="help@shop.example", answer_prompt="answer.v1")
        pinned = pinned_now(then, manifest)

        now = settings_of(pinned, AppSettings(model="openai:other", port=9))

        assert (now.model, now.contact, now.answer_prompt) == (
            "openai:m",
            "help@shop.example",
            "answer.v1",
        )
        assert now.port == 9
        assert pinned_now(now, manifest) == pinned

    @pytest.mark.parametrize(
        ("model", "base_url", "key"),
        [
            ("model", "model_base_url", "model_api_key"),
            ("fallback_model", "fallback_base_url", "fallback_api_key"),
            ("gate_judge_model", "gate_judge_base_url", "gate_judge_api_key"),
        ],
    )
    @pytest.mark.parametrize("named_now", ["anthropic:m", None])
    def test_gives_another_providers_model_neither_the_address_nor_the_key(
        self, manifest: Manifest, model: str, base_url: str, key: str, named_now: str | None
    ) -> None:
        pinned = pinned_now(AppSettings.model_validate({model: "openai:m"}), manifest)
        environment = {model: named_now, base_url: "https://anthropic.example", key: "sk-theirs"}

        now = settings_of(pinned, AppSettings.model_validate(environment))

        assert (getattr(now, base_url), getattr(now, key)) == (None, None)

    def test_leaves_another_model_of_the_same_provider_its_address_and_key(
        self, manifest: Manifest
    ) -> None:
        pinned = pinned_now(AppSettings(model="openai:old"), manifest)
        environment = AppSettings.model_validate(
            {"model": "openai:new", "model_base_url": "http://gpu/v1", "model_api_key": "sk-ours"}
        )

        now = settings_of(pinned, environment)

        assert now.model == "openai:old"
        assert (now.model_base_url, now.model_api_key) == (
            environment.model_base_url,
            environment.model_api_key,
        )

    def test_refuses_a_prompt_that_is_not_what_it_was(self, manifest: Manifest) -> None:
        pinned = replace(pinned_now(AppSettings(), manifest), prompts={"answer.v2": "0" * 64})

        with pytest.raises(ReleaseError, match=released()["answer.v2"]):
            settings_of(pinned, AppSettings())

    def test_refuses_a_prompt_that_is_gone(self, manifest: Manifest) -> None:
        pinned = replace(pinned_now(AppSettings(), manifest), prompts={"answer.v999": "0" * 64})

        with pytest.raises(PromptError, match=r"answer\.v999"):
            settings_of(pinned, AppSettings())
