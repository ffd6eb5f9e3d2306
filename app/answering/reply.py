"""A model's reply while it streams: sentences with their citations resolved, and what it cost.

A marker that points at nothing is an error: it is logged, and its sentence is never shown. A
sentence that cites nothing isn't shown either. When nothing is left *and* a marker pointed at
nothing, the reply as a whole is an error; where the model merely cited nothing, it most likely
said in its own words that the passages don't answer, and the draft is empty.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog

from app.answer import CallEnd, Citation, DraftSentence, Purpose, Usage
from app.answering.provider import FailedCallError
from app.answering.tally import Tally
from app.answering.written_sentences import WrittenSentence, WrittenSentences
from app.errors import ModelOutputError
from app.price import Price
from app.prompts.registry import Message
from knowledge_base.article import Passage

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

NOT_COVERED = "NOT_COVERED"
"""What the prompt asks for when the passages don't answer; the draft ends there."""
_CUT = {
    ("done_reason", "length"),
    ("finish_reason", "length"),
    ("status", "incomplete"),
    ("stop_reason", "max_tokens"),
}
"""How providers say that a reply ended because it reached its greatest length."""
MAX_SENTENCE_CHARS = 2_000
MAX_REPLY_CHARS = 20_000

_log = structlog.get_logger(__name__)


class Reply:
    """What one call has sent so far, and what a draft can use of it."""

    def __init__(self, model: str, price: Price | None, passages: Sequence[Passage]) -> None:
        self._model = model
        self._tally = Tally(model, price)
        self._passages = passages
        self._written = WrittenSentences()
        self._is_blank = True
        self._is_cut = False
        self._sentences = 0
        self._pointing_nowhere = 0
        self._not_covered = False

    @property
    def has_begun(self) -> bool:
        """True once the call has cost something."""
        return self._tally.has_begun

    def take(self, chunk: "AIMessageChunk") -> list[DraftSentence]:
        """Return the sentences that a chunk completes.

        Raises:
            FailedCallError: The reply, or one sentence of it, has no end.
        """
        self._tally.take(chunk)
        self._is_cut = self._is_cut or any(
            chunk.response_metadata.get(name) == value for name, value in _CUT
        )
        text = _whole_characters(chunk.text)
        self._is_blank = self._is_blank and not text.strip()
        written = self._written.feed(text)
        if self._written.pending_chars > MAX_SENTENCE_CHARS or self._tally.chars > MAX_REPLY_CHARS:
            raise self._unusable(f"wrote {self._tally.chars} characters without coming to an end")
        return self._drafted(written)

    def finish(self) -> list[DraftSentence]:
        """Return the last sentences; the very last isn't whole where the reply was cut.

        Raises:
            FailedCallError: The reply is empty, or nothing in it cites a passage that exists.
        """
        if self._is_blank:
            raise self._unusable("sent an empty reply")
        left = self._written.finish()
        if self._is_cut:
            _log.warning("reply_cut", model=self._model, chars=self._tally.chars)
            left = left[:-1]
        drafted = self._drafted(left)
        if not self._sentences and self._pointing_nowhere and not self._not_covered:
            raise self._unusable("cited only passages that it wasn't given")
        return drafted

    def usage(self, messages: Sequence[Message], purpose: Purpose, ending: CallEnd) -> Usage:
        """Return the provider's own numbers, or else an estimate that says so."""
        return self._tally.usage(messages, purpose, ending)

    def _drafted(self, written: Sequence[WrittenSentence]) -> list[DraftSentence]:
        sentences = [sentence for each in written if (sentence := self._resolved(each))]
        self._sentences += len(sentences)
        return sentences

    def _resolved(self, written: WrittenSentence) -> DraftSentence | None:
        self._not_covered = self._not_covered or NOT_COVERED in written.text
        if self._not_covered:
            return None
        if any(not 1 <= number <= len(self._passages) for number in written.markers):
            if not self._pointing_nowhere:  # one line a reply: it may be full of them
                self._warn_of(written)
            self._pointing_nowhere += 1
            return None
        cited = [self._passages[number - 1] for number in written.markers]
        citations = tuple(Citation(each, each.chunk.start, each.chunk.end) for each in cited)
        return DraftSentence(written.text, citations) if citations else None

    def _warn_of(self, written: WrittenSentence) -> None:
        _log.warning(
            "marker_points_at_nothing",
            model=self._model,
            markers=written.markers,
            passages=len(self._passages),
        )

    def _unusable(self, fact: str) -> FailedCallError:
        error = ModelOutputError(f"chat model {self._model} {fact}: try again, or set another")
        return FailedCallError(error, worth_retry=False)


def _whole_characters(text: str) -> str:
    """Return `text` with a mark for half of a surrogate pair, which JSON can carry."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
