"""What can be configured in ingestion."""

from pydantic import Field, SecretStr

from knowledge_base.settings import KnowledgeBaseSettings


class IngestionSettings(KnowledgeBaseSettings):
    """Settings of reindexing, beside those of the knowledge base."""

    max_file_bytes: int = Field(
        default=5 * 1024 * 1024, ge=1, description="Largest article file that is read, in bytes."
    )
    probe_allowed_drop: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description=(
            "Share of the probe's questions, of 1, by which fewer may find their articles in a new "
            "generation than in the one that serves."
        ),
    )
    sources: tuple[str, ...] = Field(
        default=(),
        description=(
            "What `candor reindex` reads where no `--source` is given, as JSON: "
            '`["articles", "https://docs.example/sitemap.xml", "zendesk:acme/en-us"]`; '
            "the sample articles where it is empty."
        ),
    )
    source_max_articles: int = Field(
        default=10_000, ge=1, description="Most articles of one website or help desk."
    )
    source_max_seconds: float = Field(
        default=3600.0, gt=0, description="Longest time that reading one of them may take."
    )
    source_request_seconds: float = Field(
        default=30.0, gt=0, description="Longest time that one request to them may take."
    )
    allowed_networks: tuple[str, ...] = Field(
        default=(),
        description=(
            "Private networks and addresses that websites and help desks may lie in, as JSON: "
            '`["10.1.0.0/16"]`; none by default.'
        ),
    )
    website_hosts: tuple[str, ...] = Field(
        default=(),
        description=(
            "Hosts, as JSON, that a sitemap's pages may lie on beside the sitemap's own: "
            '`["help.example"]`.'
        ),
    )
    website_requests_per_second: float = Field(
        default=2.0, gt=0, description="How fast a website is read; its robots.txt may slow it."
    )
    zendesk_email: str | None = Field(
        default=None,
        description="Agent whose API token `CANDOR_ZENDESK_TOKEN` is; without one, it is OAuth's.",
    )
    zendesk_token: SecretStr | None = Field(
        default=None, description="Zendesk token; without one, what is public is read."
    )
    zendesk_base_url: str | None = Field(
        default=None, description="Address of the help desk in place of Zendesk's own."
    )
    intercom_token: SecretStr | None = Field(default=None, description="Intercom access token.")
    intercom_base_url: str = Field(
        default="https://api.intercom.io",
        description="Intercom's API; `https://api.eu.intercom.io` for workspaces in Europe.",
    )
