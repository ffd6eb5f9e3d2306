from pathlib import Path

import pytest

from app.bootstrap import ReleaseOpening
from app.errors import ReleaseError
from app.releases.budgets import check_budgets
from app.releases.candidate import create_release
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.generations import write_generation

PRICES = {"openai:m": {"prompt": 1, "cached": 1, "completion": 1, "as_of": "2026-11-01"}}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """One with a published generation."""
    publish(tmp_path, write_generation(tmp_path))
    return tmp_path


class TestCheckBudgets:
    def test_asks_for_the_prices_that_the_release_pins(self, data_dir: Path) -> None:
        release = create_release(AppSettings(data_dir=data_dir, model="openai:m"))
        now = AppSettings.model_validate(
            {"data_dir": data_dir, "budget_request_usd": 0.01, "prices": PRICES}
        )

        with pytest.raises(ReleaseError, match=f"{release.id}.*price of openai:m"):
            check_budgets(release, now)

    def test_lets_one_pass_whose_models_have_a_price(self, data_dir: Path) -> None:
        then = {"data_dir": data_dir, "model": "openai:m", "prices": PRICES}
        release = create_release(AppSettings.model_validate(then))

        check_budgets(release, AppSettings(data_dir=data_dir, budget_request_usd=0.01))

    def test_asks_for_none_where_no_budget_is_set(self, data_dir: Path) -> None:
        release = create_release(AppSettings(data_dir=data_dir, model="openai:m"))

        check_budgets(release, AppSettings(data_dir=data_dir))


class TestReleaseOpening:
    def test_refuses_to_serve_what_the_budgets_cannot_reckon(self, data_dir: Path) -> None:
        release = create_release(AppSettings(data_dir=data_dir, model="openai:m"))
        opening = ReleaseOpening(AppSettings(data_dir=data_dir, budget_request_usd=0.01))

        with pytest.raises(ReleaseError, match="price of openai:m"):
            opening.of_release(release.id)
