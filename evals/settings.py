"""What can be configured in the evaluations."""

from pydantic import Field, SecretStr

from app.settings import AppSettings


class EvalsSettings(AppSettings):
    """Settings of the evaluations, beside those of the assistant that they measure."""

    eval_api_key: SecretStr | None = Field(
        default=None,
        description="Key that `candor eval run --url` sends to the API as a bearer token.",
    )
    eval_api_timeout_seconds: float = Field(
        default=60.0, gt=0, description="Longest time that `candor eval run --url` waits."
    )
    judge_model: str | None = Field(
        default=None,
        description="Model that judges answers; without one, no judge that needs it runs.",
    )
    judges: tuple[str, ...] = Field(
        default=("judged_faithfulness",),
        description="What is scored beside the metrics of every run, as a JSON list: "
        "`judged_faithfulness` and ragas's metrics, named as `candor eval judge --help` has them.",
    )
    judge_base_url: str | None = Field(
        default=None, description="Base URL of an OpenAI-compatible server for the judge model."
    )
    judge_api_key: SecretStr | None = Field(
        default=None, description="Key for the judge model; a local server may need none."
    )
    judge_timeout_seconds: float = Field(
        default=60.0, gt=0, description="Longest time that judging one answer may take."
    )
    judge_repeats: int = Field(
        default=1,
        ge=1,
        description="How often Candor's own judge is asked; where its verdicts differ, a case is "
        "unscored.",
    )
    live_budget_usd: float | None = Field(
        default=None,
        gt=0,
        description="Most that one run of `candor eval live` may spend on `CANDOR_JUDGE_MODEL`, in "
        "US dollars; without it, no model judges live answers.",
    )
