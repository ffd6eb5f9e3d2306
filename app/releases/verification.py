"""Verifying a bundle: every byte that differs is named, as far as a checksum can tell it."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from app.releases.bundle import (
    BLOCK_BYTES,
    FORMAT,
    MANIFEST,
    SIGNATURE,
    BundledFile,
    BundleManifest,
    block_checksum,
    blocks,
    bundled,
)
from app.releases.keys import VerifyingKey

_FLIPS = sorted(range(1, 256), key=int.bit_count)
"""What may have become of a byte: one bit flipped is likeliest, and is tried first."""
_SHOWN_BLOCKS = 8


def problems(folder: Path, key: VerifyingKey) -> Iterator[str]:
    """Yield what is wrong with a bundle, one line a thing; nothing where it is as it was signed.

    Files are looked for in the folder, and never by a name that its manifest holds.
    """
    held = _read(folder)
    yield from (f"{name} is no plain file" for name, content in held.items() if content is None)
    listed, signature = held.get(MANIFEST), held.get(SIGNATURE)
    if listed is None or signature is None:
        yield from (f"{name} is missing" for name in (MANIFEST, SIGNATURE) if not held.get(name))
        return
    manifest = _manifest(listed)
    if not key.verifies(signature, listed):
        yield _unsigned(manifest, key)
    if manifest is None:
        yield f"{MANIFEST} can't be read"
        return
    yield from _compared(manifest, held)


def _unsigned(manifest: BundleManifest | None, key: VerifyingKey) -> str:
    if manifest is not None and manifest.key != key.fingerprint:
        return (
            f"wrong key: the bundle says that key {manifest.key} signed it, "
            f"this is {key.fingerprint}"
        )
    return f"{MANIFEST} or {SIGNATURE} isn't what was signed with key {key.fingerprint}"


def _compared(manifest: BundleManifest, held: dict[str, bytes | None]) -> Iterator[str]:
    if manifest.format != FORMAT:
        yield f"{MANIFEST} has format {manifest.format}, this program reads {FORMAT}"
    for name, told in manifest.files.items():
        content = held.get(name)
        if name not in held:
            yield f"{name} is missing"
        elif content is not None and bundled(content) != told:
            yield f"{name} differs{_where(content, told)}"
    known = {*manifest.files, MANIFEST, SIGNATURE}
    yield from (f"{name} is extra" for name in held if name not in known)


def _where(content: bytes, told: BundledFile) -> str:
    """Return which bytes differ: of each of the first blocks that do, the one, where it is one."""
    if len(content) != told.bytes:
        return f": it has {len(content)} bytes, not {told.bytes}"
    digits = len(block_checksum(b""))
    wanted = [told.blocks[start : start + digits] for start in range(0, len(told.blocks), digits)]
    found = list(blocks(content))
    differing = [
        number
        for number, (block, checksum) in enumerate(zip(found, wanted, strict=False))
        if block_checksum(block) != checksum
    ]
    named = [
        _byte(number * BLOCK_BYTES, found[number], wanted[number])
        for number in differing[:_SHOWN_BLOCKS]
    ]
    more = len(differing) - len(named)
    return f" in {', '.join(named)}" + (f" and {more} more blocks" if more else "")


def _byte(start: int, block: bytes, checksum: str) -> str:
    """Return which byte of a block differs: the one whose change gives the block's checksum."""
    for flip in _FLIPS:
        for place, now in enumerate(block):
            changed = block[:place] + bytes((now ^ flip,)) + block[place + 1 :]
            if block_checksum(changed) == checksum:
                return f"byte {start + place} (0x{now:02x}, was 0x{now ^ flip:02x})"
    return f"bytes {start} to {start + len(block) - 1}"


def _read(folder: Path) -> dict[str, bytes | None]:
    """Return the files of a folder by name; None for what isn't a plain file, as a link."""
    held: dict[str, bytes | None] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            held[path.relative_to(folder).as_posix()] = None
        elif path.is_file():
            held[path.relative_to(folder).as_posix()] = path.read_bytes()
    return held


def _manifest(listed: bytes) -> BundleManifest | None:
    try:
        return BundleManifest.model_validate_json(listed)
    except ValidationError:
        return None
