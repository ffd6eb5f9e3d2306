"""What a client may know of an error."""

import pytest

from app.errors import ConflictError, ModelTimeoutError, PromptError
from app.failure import describe
from knowledge_base.errors import DamagedGenerationError, EmbedderError, NoGenerationError


class TestDescribe:
    @pytest.mark.parametrize(
        ("error", "status"),
        [
            (ConflictError("Still running."), 409),
            (ModelTimeoutError("The model took over 30 s."), 504),
        ],
    )
    def test_tells_what_was_foreseen(self, error: Exception, status: int) -> None:
        failure = describe(error)

        assert (failure.status, failure.detail) == (status, str(error))

    @pytest.mark.parametrize(
        "error",
        [
            ValueError("/srv/secret"),
            KeyError("/srv/secret"),
            EmbedderError("/srv/secret is damaged"),
            PromptError("/srv/secret is missing"),
        ],
    )
    def test_tells_nothing_of_what_was_not(self, error: Exception) -> None:
        failure = describe(error)

        assert failure.status == 500
        assert "secret" not in failure.detail

    @pytest.mark.parametrize("kind", [NoGenerationError, DamagedGenerationError])
    def test_names_no_folder_of_the_server(self, kind: type[Exception]) -> None:
        failure = describe(kind("/srv/secret has no index"))

        assert failure.status == 503
        assert "secret" not in failure.detail

    def test_gives_each_unforeseen_error_an_id_of_its_own(self) -> None:
        first, second = describe(ValueError("x")), describe(ValueError("x"))

        assert first.detail != second.detail
