"""One reindex at a time."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingestion.errors import ReindexRunningError
from ingestion.reindex_lock import LOCK_FILE, reindex_lock, running_reindex

SINCE = datetime(2026, 11, 1, 9, tzinfo=UTC)


class TestReindexLock:
    def test_tells_a_second_one_since_when_it_is_held(self, tmp_path: Path) -> None:
        with (
            reindex_lock(tmp_path, SINCE),
            pytest.raises(ReindexRunningError, match=r"since 2026-11-01T09:00:00"),
            reindex_lock(tmp_path, SINCE),
        ):
            pass

    def test_is_free_again_afterwards(self, tmp_path: Path) -> None:
        with reindex_lock(tmp_path, SINCE):
            pass

        with reindex_lock(tmp_path, SINCE):
            note = json.loads((tmp_path / LOCK_FILE).read_bytes())

        assert note["since"] == "2026-11-01T09:00:00+00:00"


class TestRunningReindex:
    def test_is_nobody_before_the_first(self, tmp_path: Path) -> None:
        assert running_reindex(tmp_path) is None

    def test_is_whoever_holds_the_lock(self, tmp_path: Path) -> None:
        with reindex_lock(tmp_path, SINCE):
            held = running_reindex(tmp_path)

        assert held is not None
        assert "2026-11-01T09:00:00" in held
        assert running_reindex(tmp_path) is None
