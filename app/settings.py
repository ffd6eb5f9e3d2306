"""What can be configured in the assistant."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from knowledge_base.settings import KnowledgeBaseSettings


class Guard(StrEnum):
    """A guardrail on questions."""

    SIZE = "size"
    SMALL_TALK = "small_talk"
    DISTRESS = "distress"
    LEGAL_THREAT = "legal_threat"
    INJECTION = "injection"
    OFF_TOPIC = "off_topic"


class OutputGuard(StrEnum):
    """A guardrail on the sentences of an answer."""

    PROMPT_LEAK = "prompt_leak"
    LINKS = "links"
    MARKUP = "markup"
    OTHERS_DATA = "others_data"
    ABUSE = "abuse"
    INSTRUCTIONS = "instructions"


class Masking(StrEnum):
    """What finds personal data in what customers write."""

    AUTO = "auto"
    RULES = "rules"
    PRESIDIO = "presidio"


class Price(BaseModel):
    """A chat model's list price in US dollars per million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompt: float = Field(ge=0)
    cached: float = Field(ge=0)
    """Prompt tokens that the provider read from its prefix cache."""
    completion: float = Field(ge=0)
    as_of: date
    """The day on which the price was read."""


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
