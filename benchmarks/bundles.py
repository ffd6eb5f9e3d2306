"""How many damaged bundles are refused: with a flipped bit, a missing file, a wrong key.

    python -m benchmarks.bundles BUNDLE --key PUBLIC.pem [--flips 10000] [--keys 1000] [--seed 5]

Each flip changes one bit of one file, drawn by seed with each byte of the bundle equally likely;
each file is taken away once; each wrong key is a new one. The bundle is as it was afterwards.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from app.releases.keys import SigningKey, VerifyingKey
from app.releases.verification import problems
from app.statistics import rate


def main() -> None:
    """Print how many of each were refused, with 95 % intervals, and how many were named."""
    asked = _arguments()
    key = VerifyingKey.read(asked.key)
    if found := list(problems(asked.bundle, key)):
        raise SystemExit(f"the bundle isn't whole to begin with: {found[0]}")
    files = {path: path.read_bytes() for path in sorted(asked.bundle.rglob("*")) if path.is_file()}
    started = time.monotonic()
    flips = [_flipped(asked.bundle, files, key, place) for place in _places(asked, files)]
    missing = [_missing(asked.bundle, path, content, key) for path, content in files.items()]
    keys = [any(problems(asked.bundle, SigningKey.generate().verifying)) for _ in range(asked.keys)]
    seconds = time.monotonic() - started
    told = {
        "files": len(files),
        "bytes": sum(map(len, files.values())),
        "flips": _row([refused for refused, _ in flips]),
        "flips_named_to_the_byte_or_as_manifest": _row([named for _, named in flips]),
        "missing": _row(missing),
        "wrong_keys": _row(keys),
        "seconds": round(seconds, 1),
        "whole_afterwards": not list(problems(asked.bundle, key)),
    }
    print(json.dumps(told, indent=2))


def _places(asked: argparse.Namespace, files: dict[Path, bytes]) -> Iterator[tuple[Path, int, int]]:
    generator = random.Random(asked.seed)
    paths, sizes = list(files), [len(content) for content in files.values()]
    for path in generator.choices(paths, weights=sizes, k=asked.flips):
        yield path, generator.randrange(len(files[path])), generator.randrange(8)


def _flipped(
    bundle: Path, files: dict[Path, bytes], key: VerifyingKey, place: tuple[Path, int, int]
) -> tuple[bool, bool]:
    path, byte, bit = place
    content = bytearray(files[path])
    content[byte] ^= 1 << bit
    path.write_bytes(content)
    found = list(problems(bundle, key))
    path.write_bytes(files[path])
    name = path.relative_to(bundle).as_posix()
    is_listed = path.name not in {"manifest.json", "manifest.sig"} or path.parent != bundle
    wanted = f"{name} differs in byte {byte} " if is_listed else "manifest"
    return bool(found), any(wanted in one or "wrong key" in one for one in found)


def _missing(bundle: Path, path: Path, content: bytes, key: VerifyingKey) -> bool:
    path.unlink()
    found = list(problems(bundle, key))
    path.write_bytes(content)
    return f"{path.relative_to(bundle).as_posix()} is missing" in found


def _row(held: list[bool]) -> dict[str, float | int]:
    found = rate(sum(held), len(held))
    return {"refused": found.successes, "n": found.n, "low": found.low, "high": found.high}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--flips", type=int, default=10_000)
    parser.add_argument("--keys", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
