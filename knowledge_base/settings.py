"""What can be configured in the knowledge base."""

from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class KnowledgeBaseSettings(BaseSettings):
    """Settings that every floor shares, read from `CANDOR_…` variables and `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="CANDOR_", env_file=".env", extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        default=Path(".candor"), description="Folder that holds everything Candor writes."
    )
    embedder: str = Field(
        default="all-MiniLM-L6-v2",
        description=(
            "Embedding model: the bundled `all-MiniLM-L6-v2`, a directory, or a "
            "sentence-transformers model name."
        ),
    )
    timezone: ZoneInfo = Field(
        default=ZoneInfo("UTC"), description="Time zone in which `valid_from` and `valid_to` count."
    )
