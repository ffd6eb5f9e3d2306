"""The gate decides for each drafted sentence what the customer may see of it.

A quote is released as it is. A sentence that a model wrote is released only if it stands, word for
word or nearly so, in a passage that it cites; otherwise the sentence of that passage that comes
closest is quoted, and where none comes close nothing is released. A gate that errors blocks.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import structlog

from app.answer import Citation, DraftSentence, Sentence
from app.grounding.quote import quote
from app.grounding.verbatim import is_near_verbatim
from knowledge_base.article import Passage
from knowledge_base.keywords import stems
from knowledge_base.sentences import SentenceKind, split_sentences

CLOSE_ENOUGH = 0.3
"""Share of a draft's word stems, rare ones counting more, that a sentence must hold to be quoted.

A judgement, not a measurement: below it, the draft is about something else than the passage.
"""

_log = structlog.get_logger(__name__)


class Gate:
    """Releases what its passages say."""

    def release(
        self,
        draft: DraftSentence,
        passages: Sequence[Passage],
        released: Sequence[Sentence] = (),
    ) -> tuple[Sentence, ...]:
        """Return what may be shown of `draft`: one sentence, or none.

        Args:
            draft: The sentence, with the passages that it cites.
            passages: What was retrieved for the question; citations of anything else don't count.
            released: What the customer has read already: it isn't said a second time.
        """
        try:
            sentence = _checked(draft, passages)
            if sentence is None or _is_told(sentence, released):
                return ()
            return (_without_repeated_lead_in(sentence, released),)
        except Exception:  # noqa: BLE001 — whatever goes wrong in here must not let anything out
            _log.exception("gate_blocked")
            return ()


@dataclass(frozen=True, slots=True)
class _Stated:
    """A sentence, list item or table row of a cited passage."""

    passage: Passage
    start: int
    end: int
    kind: SentenceKind

    @property
    def text(self) -> str:
        return self.passage.article.body[self.start : self.end]


def _checked(draft: DraftSentence, passages: Sequence[Passage]) -> Sentence | None:
    cited = [citation for citation in draft.citations if citation.passage in passages]
    if any(_is_quote(draft, citation) for citation in cited):
        return Sentence(draft.text, draft.citations)
    cited_once = {citation.passage.chunk.id: citation.passage for citation in cited}
    stated = [one for passage in cited_once.values() for one in _stated(passage)]
    return _near_verbatim(draft, stated) or _quoted(_closest(draft, stated))


def _is_quote(draft: DraftSentence, citation: Citation) -> bool:
    """Say whether the draft is what `quote` makes of one of its citations, to the letter."""
    return draft == quote(citation.passage, citation.start, citation.end)


def _stated(passage: Passage) -> Iterator[_Stated]:
    start = passage.chunk.start
    for span in split_sentences(passage.article.body[start : passage.chunk.end]):
        yield _Stated(passage, start + span.start, start + span.end, span.kind)


def _near_verbatim(draft: DraftSentence, stated: Sequence[_Stated]) -> Sentence | None:
    """Return the draft with its citation narrowed to the words it repeats."""
    for one in stated:
        if is_near_verbatim(draft.text, one.text):
            return _said(draft, one, one)
    for one, following in pairwise(stated):
        if one.passage is following.passage and is_near_verbatim(
            draft.text, one.text, following.text
        ):
            return _said(draft, one, following)
    return None


def _said(draft: DraftSentence, first: _Stated, last: _Stated) -> Sentence:
    """Return prose as it was drafted; a list item or a row as a quote, with its lead-in."""
    if SentenceKind.PROSE is first.kind is last.kind:
        return Sentence(draft.text, (Citation(first.passage, first.start, last.end),))
    quoted = quote(first.passage, first.start, last.end)
    return Sentence(quoted.text, quoted.citations)


def _closest(draft: DraftSentence, stated: Sequence[_Stated]) -> _Stated | None:
    """Return the sentence that holds most of the draft's words, rare ones counting more."""
    wanted = set(stems(draft.text))
    held = [set(stems(one.text)) for one in stated]
    spread = Counter(stem for those in held for stem in those)
    whole = sum(1 / max(1, spread[stem]) for stem in wanted)
    best, best_share = None, CLOSE_ENOUGH
    for one, those in zip(stated, held, strict=True):
        share = sum(1 / spread[stem] for stem in wanted & those) / whole if whole else 0.0
        if share > best_share:
            best, best_share = one, share
    return best


def _quoted(stated: _Stated | None) -> Sentence | None:
    if stated is None:
        return None
    quoted = quote(stated.passage, stated.start, stated.end)
    return Sentence(quoted.text, quoted.citations)


def _is_told(sentence: Sentence, released: Sequence[Sentence]) -> bool:
    """Say whether the words that a sentence rests on were released before."""
    told = [citation for earlier in released for citation in earlier.citations]
    main = sentence.citations[0]
    return any(
        earlier.passage.article.id == main.passage.article.id
        and earlier.start <= main.start
        and main.end <= earlier.end
        for earlier in told
    )


def _without_repeated_lead_in(sentence: Sentence, released: Sequence[Sentence]) -> Sentence:
    """Return a quote without its lead-ins where the sentence before it had the same ones."""
    main, *lead_ins = sentence.citations
    if not released or not lead_ins or tuple(lead_ins) != released[-1].citations[1:]:
        return sentence
    return Sentence(main.quote, sentence.citations)
