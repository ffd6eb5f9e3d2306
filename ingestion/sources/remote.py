"""Sources on other hosts, put together from the settings."""

from ingestion.errors import SourceError
from ingestion.fetching.addresses import AddressPolicy
from ingestion.fetching.polite_client import Limits, Network
from ingestion.settings import IngestionSettings
from ingestion.sources.help_desk import HelpDesk, HelpDeskBounds, HelpDeskSource
from ingestion.sources.intercom import Intercom
from ingestion.sources.source import Source
from ingestion.sources.website import WebsiteBounds, WebsiteSource
from ingestion.sources.zendesk import DEFAULT_LOCALE, Zendesk


def open_remote(spec: str, kind: str, rest: str, settings: IngestionSettings) -> Source:
    """Return the source of a `kind`, written as `kind:rest`.

    Raises:
        SourceError: There is no such kind, or what is named lacks something.
    """
    network = Network(AddressPolicy(settings.allowed_networks))
    if kind in {"http", "https"}:
        return WebsiteSource(spec, _website_bounds(settings), network)
    if kind == "zendesk":
        desk: HelpDesk = _zendesk(rest, settings)
    elif kind == "intercom":
        desk = Intercom(settings.intercom_token, settings.intercom_base_url, rest or None)
    else:
        raise SourceError(
            f"{spec!r} is neither a folder or file that is there nor a known kind of source: "
            "https://…, zendesk:SUBDOMAIN or intercom:"
        )
    return HelpDeskSource(spec, desk, _help_desk_bounds(settings), network)


def _zendesk(rest: str, settings: IngestionSettings) -> HelpDesk:
    subdomain, _, locale = rest.partition("/")
    return Zendesk(
        subdomain,
        locale or DEFAULT_LOCALE,
        email=settings.zendesk_email,
        token=settings.zendesk_token,
        base=settings.zendesk_base_url,
    )


def _website_bounds(settings: IngestionSettings) -> WebsiteBounds:
    return WebsiteBounds(
        settings.data_dir,
        _limits(settings, 1 / settings.website_requests_per_second),
        settings.source_max_articles,
        settings.website_hosts,
    )


def _help_desk_bounds(settings: IngestionSettings) -> HelpDeskBounds:
    return HelpDeskBounds(settings.data_dir, _limits(settings), settings.source_max_articles)


def _limits(settings: IngestionSettings, pause_seconds: float = 0.0) -> Limits:
    return Limits(
        max_bytes=settings.max_file_bytes,
        request_seconds=settings.source_request_seconds,
        total_seconds=settings.source_max_seconds,
        pause_seconds=pause_seconds,
    )
