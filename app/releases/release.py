"""A release: prompts, model, embedder, index generation, guardrails and gate, pinned as one set.

Two sets with the same fingerprint answer alike, as far as that lies in the hands of this machine;
an evaluation of one is an evaluation of the other.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from pydantic import JsonValue, TypeAdapter

Settings = Mapping[str, JsonValue]
"""Settings by name, as JSON has them."""

UNRELEASED = "unreleased"
NO_RELEASE = "none"
"""Stands for the turns that no release answered, where they are asked for."""

_ID = re.compile(r"r[1-9][0-9]{0,8}-[0-9a-f]{8}")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Pinned:
    """What a release pins. Secrets and addresses stay in the environment."""

    candor: str
    """Version of the program: its checks are code."""
    generation: str
    """Id of the index generation that is searched."""
    embedder: str
    """Fingerprint of the embedding model."""
    prompts: Mapping[str, str]
    """SHA-256 of each prompt's file, by prompt id: `answer.v3`."""
    model: Settings
    """The chat models and how they are called."""
    wording: Settings
    """How the deployment speaks: whom it names to contact."""
    search: Settings
    """Name of the embedding model, and the time zone in which articles come into force."""
    guardrails: Settings
    gate: Settings
    """Settings of the gate, and the fingerprints of what it decides by."""
    prices: Settings
    """Price table, in US dollars per million tokens."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all of it, in hexadecimal."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def unreleased_id(self) -> str:
        """What answers of this set carry where it isn't a release: `unreleased-1a2b3c4d`."""
        return f"{UNRELEASED}-{self.fingerprint[:_SHOWN]}"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run that passed its gate with exactly this set."""

    run: str
    """Name of its folder."""
    suite: str
    fingerprint: str
    """SHA-256 of its results."""


@dataclass(frozen=True, slots=True)
class Release:
    """A pinned set with a name; it never changes."""

    id: str
    """Number and beginning of the fingerprint: `r3-1a2b3c4d`."""
    created: datetime
    pinned: Pinned
    evaluation: Evaluation | None = None
    """What let it through when it was created; None where nothing had yet."""
    note: str = ""

    @property
    def number(self) -> int:
        """Its place among all releases, from 1."""
        return int(self.id[1:].partition("-")[0])


RELEASE = TypeAdapter(Release)
RELEASES_ROW = TypeAdapter(tuple[Release, ...])


def release_id(number: int, pinned: Pinned) -> str:
    """Return the id of the release with this number."""
    return f"r{number}-{pinned.fingerprint[:_SHOWN]}"


def is_release_id(name: str) -> bool:
    """Whether `name` can be the id of a release."""
    return _ID.fullmatch(name) is not None
