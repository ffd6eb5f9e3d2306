"""Which of the releases that serve side by side a conversation gets: once, by weight, for good."""

import hashlib
from collections.abc import Callable

from app.releases.pointer import Serving

_HASH_BYTES = 8


class Assignment:
    """Assigns conversations to the releases that serve."""

    def __init__(self, serving: Callable[[], Serving]) -> None:
        self._serving = serving

    def release_of(self, conversation: str, before: str | None) -> str | None:
        """Return the release of a conversation, None where no release decides.

        `before` is the one that answered its last question; it stays as long as that one serves.

        Raises:
            ReleaseError: What serves can't be read.
        """
        serving = self._serving()
        return before if before in serving.releases else drawn(serving, conversation)


def drawn(serving: Serving, conversation: str) -> str | None:
    """Return the release that a conversation is drawn by, each with its weight's chance.

    The draw is a hash of the conversation's id, which nobody chooses, and of the releases:
    it needs no memory, and another pair of releases parts the conversations anew.
    """
    if not serving.arms:
        return None
    text = "\n".join((conversation, *serving.releases))
    digest = hashlib.sha256(text.encode()).digest()[:_HASH_BYTES]
    place = int.from_bytes(digest) / 2 ** (8 * _HASH_BYTES)
    place *= sum(arm.weight for arm in serving.arms)
    for arm in serving.arms:
        if place < arm.weight:
            return arm.release
        place -= arm.weight
    return serving.arms[-1].release
