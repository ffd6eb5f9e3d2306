"""What the tests of several commands share."""

from pathlib import Path

import pytest

from knowledge_base.generations.publication import publish
from tests.generations import write_generation


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a published generation, which the commands look at."""
    monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path))
    publish(tmp_path, write_generation(tmp_path))
    return tmp_path
