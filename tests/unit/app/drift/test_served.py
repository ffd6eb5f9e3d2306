"""Which references a look may be compared with."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.drift.canaries import Reference
from app.drift.served import check_reference, pinned_over, served_set
from app.errors import DriftError
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.builders import an_article
from tests.drifting import a_reference
from tests.generations import CREATED, write_generation


def settings_in(data_dir: Path, **changed: str) -> AppSettings:
    return AppSettings.model_validate({"data_dir": data_dir, "model": "openai:m", **changed})


def reference_of(settings: AppSettings) -> Reference:
    served = served_set(settings)
    told = {
        "release": served.release,
        "generation": served.generation,
        "pinned": pinned_over(served, served.generation),
    }
    return a_reference().model_copy(update=told)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    publish(tmp_path, write_generation(tmp_path))
    return tmp_path


class TestServedSet:
    def test_reaches_the_model_with_every_question(self, data_dir: Path) -> None:
        settings = settings_in(data_dir, answer_cache="100")

        assert served_set(settings).settings.answer_cache == 0


class TestCheckReference:
    def test_takes_the_set_that_wrote_it_whatever_is_published_since(self, data_dir: Path) -> None:
        settings = settings_in(data_dir)
        reference = reference_of(settings)
        newer = an_article("Refunds take 9 days.")
        publish(data_dir, write_generation(data_dir, CREATED + timedelta(days=1), newer))

        check_reference(reference, served_set(settings))

        assert served_set(settings).generation != reference.generation

    @pytest.mark.parametrize(
        ("changed", "name"),
        [
            ({"tone": "terse."}, "wording.tone"),
            ({"limits": "one sentence."}, "wording.limits"),
            ({"answer_prompt": "answer.v2"}, "prompts.answer"),
            ({"model_timeout_seconds": "3"}, "model.model_timeout_seconds"),
        ],
    )
    def test_names_what_the_deployment_changed(
        self, data_dir: Path, changed: dict[str, str], name: str
    ) -> None:
        reference = reference_of(settings_in(data_dir))

        with pytest.raises(DriftError, match=f"^{name} changed since the reference was written"):
            check_reference(reference, served_set(settings_in(data_dir, **changed)))

    def test_names_the_program_that_changed(self, data_dir: Path) -> None:
        settings = settings_in(data_dir)
        reference = reference_of(settings)
        assert reference.pinned is not None
        older = reference.model_copy(update={"pinned": replace(reference.pinned, candor="0.0.1")})

        with pytest.raises(DriftError, match="candor changed since"):
            check_reference(older, served_set(settings))

    def test_refuses_one_that_does_not_say_what_it_was_written_with(self, data_dir: Path) -> None:
        settings = settings_in(data_dir)
        reference = reference_of(settings).model_copy(update={"pinned": None})

        with pytest.raises(DriftError, match="write a new one"):
            check_reference(reference, served_set(settings))
