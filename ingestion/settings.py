"""What can be configured in ingestion."""

from pydantic import Field

from knowledge_base.settings import KnowledgeBaseSettings


class IngestionSettings(KnowledgeBaseSettings):
    """Settings of reindexing, beside those of the knowledge base."""

    max_file_bytes: int = Field(
        default=5 * 1024 * 1024, ge=1, description="Largest article file that is read, in bytes."
    )
