"""What may stand after `--source`."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from ingestion.bootstrap import open_sources
from ingestion.errors import SourceError
from ingestion.settings import IngestionSettings
from ingestion.sources.folder import FolderSource
from ingestion.sources.help_desk import HelpDeskSource
from ingestion.sources.specs import open_source
from ingestion.sources.website import WebsiteSource

SETTINGS = IngestionSettings(intercom_token=SecretStr("token"))


class TestOpenSource:
    @pytest.mark.parametrize(
        ("spec", "kind"),
        [
            ("articles", FolderSource),
            ("/articles/a.md", FolderSource),
            ("C:\\articles", FolderSource),
            ("https://docs.example/sitemap.xml", WebsiteSource),
            ("HTTP://docs.example/sitemap_index.xml.gz", WebsiteSource),
            ("zendesk:acme", HelpDeskSource),
            ("zendesk:acme/de", HelpDeskSource),
            ("intercom:", HelpDeskSource),
            ("intercom:pt-BR", HelpDeskSource),
        ],
    )
    def test_returns_the_kind_of_source_that_is_named(self, spec: str, kind: type) -> None:
        assert isinstance(open_source(spec, SETTINGS), kind)

    def test_takes_what_is_there_for_a_file(self, tmp_path: Path) -> None:
        folder = tmp_path / "zendesk:acme"
        folder.mkdir()

        assert isinstance(open_source("zendesk:acme", SETTINGS), FolderSource)

    @pytest.mark.parametrize(
        "spec",
        [
            *("confluence:acme", "ftp://docs.example", "zendesk:", "zendesk:acme/x/y"),
            *("https://", "https://editor:hidden@docs.example/", "intercom:?"),
            *("zendesk:" + "a" * 300, "zendesk:a\0b"),
        ],
    )
    def test_says_in_one_line_what_it_does_not_know(self, spec: str) -> None:
        with pytest.raises(SourceError) as caught:
            open_source(spec, SETTINGS)
        assert len(str(caught.value).splitlines()) == 1
        assert "hidden" not in str(caught.value)

    def test_says_which_setting_cannot_be_used(self) -> None:
        settings = IngestionSettings(allowed_networks=("intranet",))

        with pytest.raises(SourceError, match="CANDOR_ALLOWED_NETWORKS"):
            open_source("https://docs.example/sitemap.xml", settings)


class TestOpenSources:
    def test_takes_those_of_the_settings_where_none_is_given(self) -> None:
        settings = IngestionSettings(sources=("here", "there"))

        assert list(open_sources(settings, ())) == ["here", "there"]
        assert list(open_sources(settings, ["elsewhere"])) == ["elsewhere"]

    def test_takes_the_sample_where_nothing_is_said(self) -> None:
        (name,) = open_sources(IngestionSettings(), ())

        assert Path(name).name == "articles"
