"""Source specs: what a person writes after `--source`."""

import re
from pathlib import Path

from ingestion.settings import IngestionSettings
from ingestion.sources.folder import FolderSource
from ingestion.sources.source import Source

_KIND = re.compile(r"(?P<kind>[A-Za-z][A-Za-z0-9+.-]+):(?P<rest>.*)")


def open_source(spec: str, settings: IngestionSettings) -> Source:
    """Return the source that `spec` names.

    Args:
        spec: A folder or file, `https://…` (a sitemap), `zendesk:SUBDOMAIN[/LOCALE]` or
            `intercom:[LOCALE]`.
        settings: Keys, limits and hosts.

    Raises:
        SourceError: It names no kind of source, or what it names lacks something.
    """
    found = _KIND.fullmatch(spec)
    if found is None or _is_there(spec):
        return FolderSource(Path(spec), settings.max_file_bytes, settings.data_dir)
    from ingestion.sources.remote import open_remote  # noqa: PLC0415 — folders need none of it

    return open_remote(spec, found["kind"].lower(), found["rest"], settings)


def _is_there(spec: str) -> bool:
    try:
        return Path(spec).exists()
    except (OSError, ValueError):  # too long, or no path at all
        return False
