"""Reads the articles of sources together with the files that they come from."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ingestion.article_file import TEXTS
from ingestion.decoding import decode
from ingestion.errors import UnusableFileError
from ingestion.lint.manuscript import Manuscript
from ingestion.sources.reading import iterate_named
from ingestion.sources.source import Skipped, Source


@dataclass(frozen=True, slots=True)
class Manuscripts:
    """What sources hold, with the paths of all files of their folders."""

    manuscripts: tuple[Manuscript, ...]
    skipped: tuple[Skipped, ...]
    files: frozenset[str]


def read_manuscripts(sources: Mapping[str, Source], seen_from: Path) -> Manuscripts:
    """Return the articles of `sources`, by name, each with the text of its file.

    A source whose name is a folder or a file has files; paths are written as seen from the folder
    `seen_from` where they lie below it. Of other sources, the articles are all there is.

    Raises:
        SourceError: A source as a whole can't be read.
    """
    roots = {name: _root(name, seen_from) for name in sources}
    manuscripts: list[Manuscript] = []
    skipped: list[Skipped] = []
    for name, found in iterate_named(sources):
        root = roots[name]
        path = found.path if root is None else _file(root, found.path).as_posix()
        if isinstance(found, Skipped):
            skipped.append(replace(found, path=path))
        else:
            text = None if root is None else _text(seen_from / path)
            manuscripts.append(Manuscript(found, path, text))
    files = frozenset(file for root in roots.values() if root for file in _files(root, seen_from))
    return Manuscripts(tuple(manuscripts), tuple(skipped), files)


def _root(name: str, seen_from: Path) -> Path | None:
    root = Path(name)
    if not (seen_from / root).exists():
        return None
    absolute = (seen_from / root).resolve()
    below = absolute.is_relative_to(seen_from.resolve())
    return absolute.relative_to(seen_from.resolve()) if below else root


def _file(root: Path, path: str) -> Path:
    return root if root.name == path and root.suffix else root / path


def _text(file: Path) -> str | None:
    """Return the text of a file, None of one that isn't text, or isn't there any more."""
    if file.suffix.lower() not in TEXTS:
        return None
    try:
        return decode(file.read_bytes())
    except (OSError, UnusableFileError):
        return None


def _files(root: Path, seen_from: Path) -> Iterator[str]:
    for folder, _, names in os.walk(seen_from / root):
        shown = root / Path(folder).relative_to(seen_from / root)
        yield from ((shown / name).as_posix() for name in names)
