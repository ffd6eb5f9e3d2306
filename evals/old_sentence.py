"""Old sentences: what an article said before an edit, put to the gate against what it says now."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.answer import Citation, DraftSentence, Question
from app.grounding.case import Hearing
from app.grounding.gate import Gate
from app.grounding.grounds import Grounds
from evals.case import Case
from evals.wording import states
from knowledge_base.article import Passage
from knowledge_base.bootstrap import open_embedder
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.ledger import read_ledger
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.generations.serving import Serving
from knowledge_base.scope import Scopes
from knowledge_base.settings import KnowledgeBaseSettings
from knowledge_base.statements import cells


@dataclass(frozen=True, slots=True)
class OldSentences:
    """The gate of one generation, asked whether it would still release what was edited."""

    passages: Mapping[str, tuple[Passage, ...]]
    """All of each article, by its id."""
    grounds: Grounds
    scopes: Scopes
    day: date

    @classmethod
    def of_served(cls, settings: KnowledgeBaseSettings, day: date) -> "OldSentences":
        """Return the gate of the generation that serves."""
        data_dir = settings.data_dir
        served = Serving(data_dir).generation_id()
        generation = Generation.open(data_dir, served)
        scopes = Scopes(generation.articles.values())
        passages: dict[str, list[Passage]] = defaultdict(list)
        for chunk in generation.chunks:
            article = generation.articles[chunk.article_id]
            passages[article.id].append(Passage(chunk, article, score=1.0))
        grounds = Grounds.of(
            facts=read_ledger(data_dir / GENERATIONS / served),
            embedder=open_embedder(settings),
            scopes=scopes,
            generation=served,
            versions=generation.manifest.articles,
        )
        return cls({one: tuple(all_) for one, all_ in passages.items()}, grounds, scopes, day)

    async def is_rejected(self, case: Case) -> bool:
        """Tell whether nothing that the gate shows for the old sentence states the old value.

        The sentence cites every passage of its article as it reads now.
        """
        if case.edit is None:
            return False
        passages = self.passages[case.edit.article]
        citations = tuple(Citation(one, 0, len(one.chunk.text)) for one in passages)
        draft = DraftSentence(_as_sentence(case.edit.old), citations)
        settled = self.scopes.settled([case.question])
        asked = Question(case.question, case.question, self.day, settled)
        receipt = await Gate().release(draft, Hearing(asked, passages, self.grounds))
        shown = receipt.sentence.text if receipt.sentence else ""
        return not any(states(shown, old) for old in case.must_not)


def _as_sentence(text: str) -> str:
    return ", ".join(cells(text)) if text.startswith("|") else text
