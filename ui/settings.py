"""What can be configured in the page."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class UiSettings(BaseSettings):
    """Settings of the page, read from `CANDOR_…` variables and `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="CANDOR_", env_file=".env", extra="ignore", frozen=True
    )

    api_url: str = Field(
        default="http://127.0.0.1:8000", description="Where the page finds the API."
    )
    ui_host: str = Field(default="127.0.0.1", description="Address that the page listens on.")
    ui_port: int = Field(default=8501, ge=1, le=65535, description="Port that the page listens on.")
    ui_title: str = Field(
        default="Ridgeline Outfitters", description="Name at the top of the page."
    )
    admin_page: bool = Field(
        default=False,
        description=(
            "Whether the site has the pages *Knowledge base*, *Evaluations*, *Releases* and "
            "*Operations* for the team; they ask for `CANDOR_ADMIN_KEY`."
        ),
    )
    starter_questions: tuple[str, ...] = Field(
        default=(
            "How long do I have to return something?",
            "What does the Summit membership include?",
            "How do I book a tent rental?",
            "Is my jacket covered by the warranty?",
        ),
        description="Questions offered where a conversation begins, as a JSON list.",
    )
