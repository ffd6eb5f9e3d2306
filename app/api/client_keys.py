"""Who asks: the name of the key that a request bears."""

import hmac
from collections.abc import Mapping

from pydantic import SecretStr

from app.telemetry.limits import ANONYMOUS

_SCHEME = "bearer"


def client_of(authorization: str, keys: Mapping[str, SecretStr]) -> str:
    """Return the name of the key in an `Authorization` header, `anonymous` where it holds none."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() != _SCHEME:
        return ANONYMOUS
    sent = given.strip().encode("latin-1", "replace")
    # All are compared, as bytes: the time that it takes tells nothing of where two keys differ.
    named = [
        name
        for name, key in keys.items()
        if hmac.compare_digest(sent, key.get_secret_value().encode())
    ]
    return named[0] if named else ANONYMOUS
