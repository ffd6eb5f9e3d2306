"""A small help centre, indexed once for the tests that run a whole evaluation."""

from pathlib import Path

import pytest

from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.progress import NoProgress

ARTICLES = {
    "returns": ("Return of boots", "Unworn boots can be returned within 30 days of delivery."),
    "opening": ("Opening hours", "The shops open at 9 in the morning and close at 7 at night."),
    "repairs": ("Repair of tents", "A torn tent is repaired for 40 USD within 12 days."),
}


@pytest.fixture(scope="session")
def help_centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("help_centre")
    for article_id, (title, body) in ARTICLES.items():
        text = f"---\nid: {article_id}\ntitle: {title}\n---\n\n{body}\n"
        (folder / f"{article_id}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory, help_centre: Path) -> Path:
    """Return a data folder in which the help centre is published."""
    settings = IngestionSettings(data_dir=tmp_path_factory.mktemp("data"))
    sources = open_sources(settings, [help_centre])
    build_reindexing(settings, NoProgress()).run(sources)
    return settings.data_dir
