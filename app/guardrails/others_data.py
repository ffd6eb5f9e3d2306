"""Personal data of others: no address or number that neither article nor customer gave."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.guardrails.guardrail import ALLOW, Decision, block
from app.guardrails.personal_data import PersonalDataFinder, PersonalKind
from knowledge_base.article import Passage

_SEPARATORS = re.compile(r"[\s().+/-]")
_TELLING = frozenset(PersonalKind) - {PersonalKind.NAME, PersonalKind.ADDRESS}
"""Names and streets are told from other words too badly to block an answer for them."""


@dataclass(frozen=True, slots=True)
class OthersDataGuardrail:
    """Blocks a sentence with somebody's address, number or account from nowhere."""

    finder: PersonalDataFinder
    name: ClassVar[str] = "others_data"

    def check(self, text: str, cited: Sequence[Passage], question: str) -> Decision:
        """Return a block where such a piece stands in no cited article and not in the question."""
        found = [one for one in self.finder.find(text) if one.kind in _TELLING]
        given = [
            _bare(known) for known in (question, *(one.article.body for one in cited)) if found
        ]
        for one in found:
            if not any(_bare(text[one.start : one.end]) in known for known in given):
                return block(f"the sentence holds personal data from nowhere: {one.kind}")
        return ALLOW


def _bare(text: str) -> str:
    return _SEPARATORS.sub("", text).lower()
