"""Signatures of webhooks."""

import pytest
from pydantic import SecretStr

from app.api.signatures import TOLERANCE_SECONDS, Signatures, sign
from app.errors import SignatureError

SECRET = "0123456789abcdef"
NOW = 1_800_000_000
BODY = b'{"article": 7}'


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = float(NOW)

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def signatures(watch: Watch) -> Signatures:
    return Signatures(SecretStr(SECRET), watch)


def header(time: int = NOW, body: bytes = BODY, secret: str = SECRET) -> str:
    return f"t={time},v1={sign(secret.encode(), time, body)}"


class TestSign:
    def test_is_the_hmac_of_time_and_body(self) -> None:
        # printf '1800000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
        assert sign(SECRET.encode(), NOW, b"{}") == (
            "1313ae9c874eb1a0868ad0b65f841c4243c23fdcfad69a3ada227726fad9960e"
        )


class TestAccept:
    @pytest.mark.parametrize("late", [-TOLERANCE_SECONDS, 0, TOLERANCE_SECONDS])
    def test_takes_what_was_signed_about_now(self, signatures: Signatures, late: int) -> None:
        signatures.accept(header(NOW - late), BODY)

    def test_takes_one_of_several_signatures(self, signatures: Signatures) -> None:
        time, _, fits = header().partition(",")

        signatures.accept(f"{time}, v1=00, v0=x, {fits}", BODY)

    @pytest.mark.parametrize(
        ("given", "body"),
        [
            (header(), BODY + b" "),
            (header(secret="another secret.."), BODY),
            (header().replace(str(NOW), str(NOW + 1)), BODY),
            (header()[:-1], BODY),
            (header() + "0", BODY),
        ],
    )
    def test_refuses_what_does_not_fit(
        self, signatures: Signatures, given: str, body: bytes
    ) -> None:
        with pytest.raises(SignatureError, match="doesn't fit"):
            signatures.accept(given, body)

    @pytest.mark.parametrize("off", [-TOLERANCE_SECONDS - 1, TOLERANCE_SECONDS + 1])
    def test_refuses_what_was_signed_at_another_time(
        self, signatures: Signatures, off: int
    ) -> None:
        with pytest.raises(SignatureError, match="300 seconds off"):
            signatures.accept(header(NOW + off), BODY)

    def test_refuses_what_it_has_taken_for_as_long_as_it_is_valid(
        self, signatures: Signatures, watch: Watch
    ) -> None:
        given = header(NOW + TOLERANCE_SECONDS)
        signatures.accept(given, BODY)

        for passed in (0, 1, TOLERANCE_SECONDS, 2 * TOLERANCE_SECONDS):
            watch.time = NOW + passed
            with pytest.raises(SignatureError, match="used before"):
                signatures.accept(given, BODY)

    def test_refuses_a_second_use_beside_another_signature(self, signatures: Signatures) -> None:
        signatures.accept(header(), BODY)

        with pytest.raises(SignatureError, match="used before"):
            signatures.accept(header() + ",v1=00", BODY)

    def test_takes_another_body_at_the_same_time(self, signatures: Signatures) -> None:
        signatures.accept(header(), BODY)
        signatures.accept(header(body=b"{}"), b"{}")

    @pytest.mark.parametrize(
        "given",
        [
            *("", "t=", "v1=00", f"t={NOW}", f"t={NOW},v1=", f"t=x,v1={'0' * 64}", "t=-1,v1=00"),
            *(f"t={NOW},t={NOW},v1=00", "t=٣,v1=00", f"t={'9' * 13},v1=00", f"t={NOW},v1=é"),
            *(",,,", "=" * 2000, f"t={NOW};v1=00", "t=1e9,v1=00"),
        ],
    )
    def test_refuses_what_is_no_signature(self, signatures: Signatures, given: str) -> None:
        with pytest.raises(SignatureError) as caught:
            signatures.accept(given, BODY)
        assert len(str(caught.value).splitlines()) == 1
