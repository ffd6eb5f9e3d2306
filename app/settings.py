"""What can be configured in the assistant."""

from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue, SecretStr

from app.price import Price
from app.setting_choices import Guard, Masking, OutputGuard, Scheduled
from knowledge_base.settings import KnowledgeBaseSettings


class AppSettings(KnowledgeBaseSettings):
    """Settings of the assistant and its API, beside those of the knowledge base."""

    model: str | None = Field(
        default=None,
        description=(
            "Chat model as `provider:name` (`openai:…`, `anthropic:…`, `ollama:…`); "
            "without one, the assistant quotes."
        ),
    )
    fallback_model: str | None = Field(
        default=None, description="Chat model that answers when `CANDOR_MODEL` fails."
    )
    model_base_url: str | None = Field(
        default=None, description="Base URL of an OpenAI-compatible server for `CANDOR_MODEL`."
    )
    fallback_base_url: str | None = Field(
        default=None, description="Base URL of an OpenAI-compatible server for the fallback."
    )
    model_api_key: SecretStr | None = Field(
        default=None, description="Key for the model; else the provider's own variable is used."
    )
    fallback_api_key: SecretStr | None = Field(
        default=None, description="Key for the fallback; else the provider's own variable is used."
    )
    model_timeout_seconds: float = Field(
        default=30.0, gt=0, description="Longest time that one answer may take, retries included."
    )
    model_max_retries: int = Field(
        default=2, ge=0, description="How often a failed model call is tried again."
    )
    model_options: dict[str, JsonValue] = Field(
        default={},
        description=(
            "What else `CANDOR_MODEL` and its fallback are asked with, as JSON by LangChain's "
            'names: `{"temperature": 0, "max_tokens": 800}`.'
        ),
    )
    repairs: bool = Field(
        default=True,
        description=(
            "Whether `CANDOR_MODEL` may write a sentence that doesn't hold a second time, "
            "before the passage is quoted in its place."
        ),
    )
    gate_judge_model: str | None = Field(
        default=None,
        description=(
            "Chat model, as `provider:name`, that judges each sentence after all checks; "
            "it can keep one back, never release one. Without one, nothing is judged."
        ),
    )
    gate_judge_base_url: str | None = Field(
        default=None, description="Base URL of an OpenAI-compatible server for the gate's judge."
    )
    gate_judge_api_key: SecretStr | None = Field(
        default=None, description="Key for the gate's judge; else the provider's own variable."
    )
    gate_timeout_seconds: float = Field(
        default=10.0, gt=0, description="Longest time that one repair or one judgement may take."
    )
    prices: dict[str, Price] = Field(
        default={},
        description=(
            "Price table as JSON, in US dollars per million tokens: "
            '`{"openai:NAME": {"prompt": 1, "cached": 0.5, "completion": 4, '
            '"as_of": "2026-11-01"}}`; a model that isn\'t listed has no known cost.'
        ),
    )
    guardrails: tuple[Guard, ...] = Field(
        default=tuple(Guard),
        description="Guardrails on questions, as JSON, in the order in which they are asked.",
    )
    output_guardrails: tuple[OutputGuard, ...] = Field(
        default=tuple(OutputGuard),
        description="Guardrails on each sentence before it is shown, as JSON, in their order.",
    )
    masking: Masking = Field(
        default=Masking.AUTO,
        description=(
            "What masks personal data in questions and comments: `rules` (e-mail addresses, "
            "telephone numbers, cards, IBANs, US social security numbers, street addresses, names "
            'after "my name is"), `presidio` (these, and what Presidio finds; needs '
            "`candor[privacy]`), or `auto`: Presidio where it is installed, else the rules."
        ),
    )
    contact: str = Field(
        default="our support team at help@ridgeline.example",
        description="Whom to contact when the articles don't cover a question.",
    )
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL; SQLite in the data folder by default."
    )
    host: str = Field(default="127.0.0.1", description="Address that the API listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that the API listens on.")
    max_question_chars: int = Field(
        default=2000, ge=1, description="Longest question that the API accepts, in characters."
    )
    max_body_bytes: int = Field(
        default=65536, ge=1, description="Largest request body that the API accepts."
    )
    admin_key: SecretStr | None = Field(
        default=None,
        min_length=16,
        description=(
            "Key to the routes under `/v1/admin`, 16 characters at least; "
            "without one there are no such routes."
        ),
    )
    review_share: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description=(
            "Share of the answers that nobody complained about which come to the review queue; "
            "those with a thumb down or a sentence that was kept back all do."
        ),
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        min_length=16,
        description=(
            "Secret that `POST /v1/webhooks/reindex` is signed with, 16 characters at least; "
            "without one there is no such route."
        ),
    )
    reader_grace_seconds: float = Field(
        default=10.0, ge=0, description="How long a turn that nobody reads any more may go on."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="How the API's log is written: for people or for machines."
    )
    answer_prompt: str = Field(
        default="answer.v3", description="Version of the prompt that `CANDOR_MODEL` answers by."
    )
    tone: str = Field(
        default="friendly, plain and short.",
        min_length=1,
        max_length=300,
        description="How `CANDOR_MODEL` puts the few words that aren't an article's.",
    )
    signing_key: Path | None = Field(
        default=None,
        description="File with the Ed25519 private key that `candor release export` signs with.",
    )
    gates: Path = Field(
        default=Path("evals/gates.toml"),
        description=(
            "File of thresholds that `candor eval gate` asks and that a release must have passed."
        ),
    )
    limits: str = Field(
        default="four sentences at most.",
        min_length=1,
        max_length=1000,
        description=(
            "What `CANDOR_MODEL` must not answer, or not at length, though articles cover it: "
            '"nothing about repairs; two sentences at most."'
        ),
    )
    repair_prompt: str = Field(
        default="repair.v1", description="Version of the prompt that it repairs a sentence by."
    )
    judge_prompt: str = Field(
        default="judge.v1",
        description="Version of the prompt that `CANDOR_GATE_JUDGE_MODEL` judges by.",
    )
    client_keys: dict[str, SecretStr] = Field(
        default={},
        description=(
            "Keys that clients may send as `Authorization: Bearer …`, as JSON by name: "
            '`{"shop": "<key>"}`. Costs are kept by name; whoever sends no key is `anonymous`.'
        ),
    )
    budget_request_usd: float | None = Field(
        default=None,
        gt=0,
        description=(
            "Most that one request may spend on model calls, in US dollars. A call is made only "
            "where its longest reply fits in."
        ),
    )
    budget_conversation_usd: float | None = Field(
        default=None, gt=0, description="Most that one conversation may spend, in US dollars."
    )
    budget_key_usd: float | None = Field(
        default=None,
        gt=0,
        description="Most that one key of `CANDOR_CLIENT_KEYS` may spend a day (UTC).",
    )
    budget_day_usd: float | None = Field(
        default=None, gt=0, description="Most that all may spend together a day (UTC)."
    )
    over_budget: Literal["quote", "hand_over"] = Field(
        default="quote",
        description=(
            "What happens where a budget is reached: the articles are quoted, "
            "or the customer is passed on to a person."
        ),
    )
    answer_cache: int = Field(
        default=0,
        ge=0,
        description=(
            "How many of a chat model's drafts each process remembers, to try them again when the "
            "same is asked on the same day; none by default."
        ),
    )
    breaker_failures: int = Field(
        default=8,
        ge=0,
        description=(
            "After so many failures in a row, a chat model is asked once in 30 seconds and its "
            "fallback at once; 0 for never."
        ),
    )
    metrics_key: SecretStr | None = Field(
        default=None,
        min_length=16,
        description=(
            "Key that Prometheus sends as `Authorization: Bearer …` to `/metrics`, 16 characters "
            "at least; without one there is no such route."
        ),
    )
    otlp_endpoint: str | None = Field(
        default=None,
        description=(
            "Address of an OpenTelemetry collector that takes OTLP over gRPC, such as "
            "`http://127.0.0.1:4317`; without one, nothing is traced."
        ),
    )
    answer_cache_near: bool = Field(
        default=True,
        description="Whether questions that differ only in politeness, articles or plurals count.",
    )
    canary_webhook_url: str | None = Field(
        default=None,
        description=(
            "Address that an alarm of `candor canary run` is posted to, signed with "
            "`CANDOR_WEBHOOK_SECRET`; without one, nobody is called."
        ),
    )
    canary_false_alarms: float = Field(
        default=0.01,
        gt=0,
        lt=1,
        description="Rate of false alarms of the canary, over all looks at one reference.",
    )
    canary_planned_looks: int = Field(
        default=30, ge=1, description="Looks that share nine tenths of that rate equally."
    )
    canary_budget_usd: float | None = Field(
        default=None,
        gt=0,
        description=(
            "Most that one look of the canary may spend on model calls, in US dollars; it is no "
            "part of the other budgets."
        ),
    )
    schedule: dict[Scheduled, str] = Field(
        default={},
        description=(
            "What `candor serve` starts again and again in a process of its own, as JSON: "
            '`{"canary": "1d", "live": "1d"}` for `candor canary run` and `candor eval live`.'
        ),
    )
    live_share: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="Share of the live answers that `candor eval live` scores.",
    )
    live_most_turns: int = Field(
        default=200, ge=1, description="Live answers that one run of `candor eval live` scores."
    )
