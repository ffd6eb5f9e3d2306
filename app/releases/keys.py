"""Ed25519 keys (RFC 8032) that bundles are signed with and verified by."""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from app.errors import ReleaseError

PRIVATE, PUBLIC = "release-key.pem", "release-key.pub.pem"

_OWNER_ONLY = 0o600
_SHOWN = 16


class SigningKey:
    """Signs; it stays with whoever makes releases."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def generate(cls) -> "SigningKey":
        """Return a new key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, file: Path) -> "SigningKey":
        """Return the key in a PEM file.

        Raises:
            ReleaseError: The file holds no Ed25519 private key.
        """
        try:
            key = load_pem_private_key(file.read_bytes(), password=None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise _unusable(file, "private") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise _unusable(file, "private")
        return cls(key)

    @property
    def verifying(self) -> "VerifyingKey":
        """The public half."""
        return VerifyingKey(self._key.public_key())

    def sign(self, content: bytes) -> bytes:
        """Return the signature of `content`, 64 bytes."""
        return self._key.sign(content)

    def write(self, folder: Path) -> None:
        """Write both halves below `folder`, the private one for its owner alone.

        Raises:
            ReleaseError: There are some already, or the folder can't be written.
        """
        private = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(folder / PRIVATE, flags, _OWNER_ONLY), "wb") as stream:
                stream.write(private)
            (folder / PUBLIC).write_bytes(self.verifying.pem)
        except OSError as error:
            raise ReleaseError(
                f"no key can be written to {folder} ({error.strerror}): name another folder"
            ) from error


class VerifyingKey:
    """Tells whether something was signed by the private half; anybody may have it."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key

    @classmethod
    def read(cls, file: Path) -> "VerifyingKey":
        """Return the key in a PEM file.

        Raises:
            ReleaseError: The file holds no Ed25519 public key.
        """
        try:
            key = load_pem_public_key(file.read_bytes())
        except (OSError, ValueError, UnsupportedAlgorithm) as error:
            raise _unusable(file, "public") from error
        if not isinstance(key, Ed25519PublicKey):
            raise _unusable(file, "public")
        return cls(key)

    @property
    def pem(self) -> bytes:
        """The key as a PEM file has it."""
        return self._key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def fingerprint(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of the key."""
        raw = self._key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return hashlib.sha256(raw).hexdigest()[:_SHOWN]

    def verifies(self, signature: bytes, content: bytes) -> bool:
        """Whether `signature` is that of `content` by the private half."""
        try:
            self._key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


def _unusable(file: Path, half: str) -> ReleaseError:
    return ReleaseError(
        f"{file} holds no Ed25519 {half} key in PEM; `candor release key` makes a pair"
    )
