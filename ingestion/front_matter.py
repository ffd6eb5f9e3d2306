"""Front matter: what an author says of an article above its text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import yaml

from ingestion.errors import UnusableFileError, WithdrawnError
from ingestion.markup.characters import clean_characters
from ingestion.markup.layout import one_line

MAX_CHARS = 16_384
"""Longest front matter that is read."""
MAX_FAST_CHARS = 1_000
"""Longest front matter that libyaml reads: it overflows the stack on deep nesting."""

_FENCED = re.compile(
    r"\s*^---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_UNCLOSED = re.compile(r"\s*^---[ \t]*\n[A-Za-z_][\w-]*:(?:\s|$)", re.MULTILINE)
_YES = {"true", "yes", "on"}
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter of one article says; what it leaves out is None or empty."""

    id: str | None = None
    title: str | None = None
    url: str | None = None
    updated: date | None = None
    applies_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    supersedes: tuple[str, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter of `text` and what follows it; unknown keys are ignored.

    Raises:
        UnusableFileError: The front matter is no YAML mapping, or a value has the wrong type.
        WithdrawnError: It says that the article is a draft.
    """
    match = _FENCED.match(text)
    if match is None:
        if _UNCLOSED.match(text):
            raise _broken("it begins with '---' and has no closing '---' line")
        return FrontMatter(), text
    return _read(_load(match["yaml"])), text[match.end() :]


def _load(text: str) -> Mapping[str, Any]:
    """Return the YAML mapping in `text`, every scalar as the author wrote it.

    The base loader builds strings, lists and mappings and nothing else; an alias stays one shared
    object, so that nested aliases don't multiply.
    """
    if len(text) > MAX_CHARS:
        raise _broken(f"it is longer than {MAX_CHARS} characters")
    try:
        loaded = yaml.load(text, Loader=_loader(text))  # noqa: S506 - builds no objects
    except yaml.YAMLError as error:
        raise _broken(_first_line(error)) from error
    except RecursionError as error:
        raise _broken("it is nested too deeply") from error
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        raise _broken("it is not a list of 'key: value' lines")
    return loaded


def _loader(text: str) -> type[yaml.BaseLoader | yaml.CBaseLoader]:
    """Return libyaml's loader, ten times as fast, where it is there and safe."""
    fast = yaml.__with_libyaml__ and len(text) <= MAX_FAST_CHARS
    return yaml.CBaseLoader if fast else yaml.BaseLoader


def _first_line(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    mark = getattr(error, "problem_mark", None)
    return f"{problem} in its line {mark.line + 1}" if mark else str(problem)


def _read(values: Mapping[str, Any]) -> FrontMatter:
    valid_from, valid_to = _date(values, "valid_from"), _date(values, "valid_to")
    if str(values.get("draft")).lower() in _YES:
        raise WithdrawnError("it is a draft")
    if valid_from and valid_to and valid_to < valid_from:
        raise _broken(f"valid_to {valid_to} lies before valid_from {valid_from}")
    return FrontMatter(
        id=_text(values, "id"),
        title=_text(values, "title"),
        url=_text(values, "url"),
        updated=_date(values, "updated"),
        applies_to=_scope(values.get("applies_to")),
        valid_from=valid_from,
        valid_to=valid_to,
        supersedes=_texts("supersedes", values.get("supersedes")),
    )


def _text(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise _broken(f"{key} is not a text")
    text = one_line(clean_characters(value))
    return None if text in _NOTHING else text


def _date(values: Mapping[str, Any], key: str) -> date | None:
    value = _text(values, key)
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError as error:
        raise _broken(f"{key} {value[:40]!r} is not a date such as 2026-11-01") from error


def _texts(key: str, value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else ["" if value is None else value]
    texts = [one_line(clean_characters(one)) for one in values if isinstance(one, str)]
    if len(texts) < len(values):
        raise _broken(f"{key} is neither a text nor a list of texts")
    return tuple(text for text in texts if text not in _NOTHING)


def _scope(value: object) -> dict[str, tuple[str, ...]]:
    if value is None or (isinstance(value, str) and value in _NOTHING):
        return {}
    if not isinstance(value, dict):
        raise _broken("applies_to is not a mapping such as {plan: Summit}")
    scope = {
        clean_characters(str(key)): _texts(f"applies_to.{key}", one) for key, one in value.items()
    }
    return {key: texts for key, texts in scope.items() if texts}


def _broken(problem: str) -> UnusableFileError:
    return UnusableFileError(f"broken front matter: {problem}")
