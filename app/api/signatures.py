"""Signatures of webhooks: who knows the secret, said it now, and for the first time."""

import hashlib
import hmac
from collections.abc import Callable

from pydantic import SecretStr

from app.errors import SignatureError

HEADER = "X-Candor-Signature"
TOLERANCE_SECONDS = 300
"""How far the sender's clock and the way here may put a signature off."""

_LONGEST = 1000
_LONGEST_TIME = 12


class Signatures:
    """Accepts each signed message once.

    The signature is `t=<seconds since 1970>,v1=<HMAC-SHA256>`, in hexadecimal digits, of the time,
    a full stop, and the body. There may be several `v1`, so that a secret can be changed.
    """

    def __init__(self, secret: SecretStr, now: Callable[[], float]) -> None:
        self._secret = secret.get_secret_value().encode()
        self._now = now
        self._accepted: dict[str, int] = {}

    def accept(self, header: str, body: bytes) -> None:
        """Return if the message is to be believed.

        Raises:
            SignatureError: The signature is missing, wrong, too old or too new, or was used before.
        """
        time, signatures = _parts(header)
        if abs(self._now() - time) > TOLERANCE_SECONDS:
            raise SignatureError(
                f"The signature's time is more than {TOLERANCE_SECONDS} seconds off."
            )
        expected = sign(self._secret, time, body)
        if not any(hmac.compare_digest(expected, each) for each in signatures):
            raise SignatureError("The signature doesn't fit the body and the secret.")
        self._remember(expected, time)

    def _remember(self, signature: str, time: int) -> None:
        oldest = self._now() - TOLERANCE_SECONDS
        self._accepted = {old: made for old, made in self._accepted.items() if made >= oldest}
        if signature in self._accepted:
            raise SignatureError("The signature was used before: sign each request anew.")
        self._accepted[signature] = time


def sign(secret: bytes, time: int, body: bytes) -> str:
    """Return the signature of `body` at `time`, in seconds since 1970, in hexadecimal digits."""
    return hmac.new(secret, b"%d." % time + body, hashlib.sha256).hexdigest()


def _parts(header: str) -> tuple[int, list[str]]:
    pairs = [part.strip().partition("=")[::2] for part in header[:_LONGEST].split(",")]
    times = [value for name, value in pairs if name == "t"]
    signatures = [value for name, value in pairs if name == "v1" and value.isascii()]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdecimal() and signatures):
        raise SignatureError(f"Sign the request: `{HEADER}: t=<time>,v1=<signature>`.")
    if len(times[0]) > _LONGEST_TIME:
        raise SignatureError("The signature's time is no time.")
    return int(times[0]), signatures
