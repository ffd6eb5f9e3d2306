from collections.abc import Callable, Sequence

from app.answer import CacheHit, Citation, DraftSentence
from app.answering.answer_cache import AnswerCache
from knowledge_base.embedding.embedder import Vectors
from tests.builders import a_passage, a_question
from tests.fakes import HashEmbedder, one_vector

PASSAGE = a_passage("Refunds take 5 days.")
DRAFT = DraftSentence("Refunds take 5 days.", (Citation(PASSAGE, 0, 20),))
REFUND = a_question("How long does a refund take?")
NEAR = a_question("how long does a refund take, please?")


def a_cache(
    *, entries: int = 10, near: bool = True, embed: Callable[[Sequence[str]], Vectors] = one_vector
) -> AnswerCache:
    cache = AnswerCache(embed, entries=entries, near=near)
    cache.keep(REFUND, [DRAFT])
    return cache


class TestRecall:
    def test_gives_the_draft_for_the_same_question(self) -> None:
        recalled = a_cache().recall(a_question("how long does  a refund take?"), [PASSAGE])

        assert recalled is not None
        assert (recalled.hit, recalled.drafts) == (CacheHit.EXACT, (DRAFT,))

    def test_gives_the_draft_for_a_question_that_asks_the_same(self) -> None:
        recalled = a_cache().recall(NEAR, [PASSAGE])

        assert recalled is not None
        assert recalled.hit is CacheHit.NEAR

    def test_gives_nothing_near_where_that_is_switched_off(self) -> None:
        assert a_cache(near=False).recall(NEAR, [PASSAGE]) is None

    def test_gives_nothing_near_that_the_embedding_model_finds_far(self) -> None:
        assert a_cache(embed=HashEmbedder().embed).recall(NEAR, [PASSAGE]) is None

    def test_gives_nothing_for_another_scope(self) -> None:
        assert a_cache().recall(a_question(REFUND.text, plan="Summit"), [PASSAGE]) is None

    def test_gives_nothing_for_another_meaning_in_the_conversation(self) -> None:
        follow_up = a_question(REFUND.text, query="How long does an EU refund take?")

        assert a_cache().recall(follow_up, [PASSAGE]) is None

    def test_gives_nothing_where_its_passages_were_not_found(self) -> None:
        assert a_cache().recall(REFUND, [a_passage("Refunds take 9 days.")]) is None

    def test_forgets_the_least_recently_used(self) -> None:
        cache = a_cache(entries=1)

        cache.keep(a_question("Is shipping free?"), [DRAFT])

        assert cache.recall(REFUND, [PASSAGE]) is None
        assert cache.recall(NEAR, [PASSAGE]) is None
