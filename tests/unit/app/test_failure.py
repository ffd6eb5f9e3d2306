"""What a client may know of an error."""

import pytest

from app.errors import (
    AnswererError,
    ConflictError,
    ModelRateLimitError,
    ModelTimeoutError,
    PromptError,
)
from app.failure import describe
from knowledge_base.errors import DamagedGenerationError, EmbedderError, NoGenerationError


class TestDescribe:
    def test_tells_what_was_foreseen(self) -> None:
        failure = describe(ConflictError("Still running."))

        assert (failure.status, failure.detail) == (409, "Still running.")

    @pytest.mark.parametrize(
        ("kind", "status", "told"),
        [
            (ModelTimeoutError, 504, "took too long"),
            (ModelRateLimitError, 503, "can't be written right now"),
            (AnswererError, 502, "can't be written right now"),
        ],
    )
    def test_spares_a_customer_what_an_operator_must_do(
        self, kind: type[Exception], status: int, told: str
    ) -> None:
        failure = describe(kind("The provider refused: check its API key."))

        assert failure.status == status
        assert told in failure.detail
        assert "key" not in failure.detail

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
