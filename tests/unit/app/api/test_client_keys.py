import pytest
from pydantic import SecretStr

from app.api.client_keys import client_of

KEYS = {"shop": SecretStr("s3cret"), "app": SecretStr("other")}


class TestClientOf:
    @pytest.mark.parametrize(
        ("header", "name"),
        [
            ("Bearer s3cret", "shop"),
            ("bearer  other ", "app"),
            ("Bearer wrong", "anonymous"),
            ("Basic s3cret", "anonymous"),
            ("Bearer \u20ac", "anonymous"),
            ("", "anonymous"),
        ],
    )
    def test_names_the_key_that_was_sent(self, header: str, name: str) -> None:
        assert client_of(header, KEYS) == name
