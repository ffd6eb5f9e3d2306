from dataclasses import replace

from app.neighbours import REACH, widened
from knowledge_base.article import Chunk, Passage
from tests.builders import an_article

ARTICLE = an_article("0123456789")
CHUNKS = tuple(Chunk("refunds", (), at, at + 1, str(at)) for at in range(10))


def a_passage_of(chunk: Chunk, score: float) -> Passage:
    return Passage(chunk=chunk, article=ARTICLE, score=score)


class TestWidened:
    def test_adds_what_stands_beside_a_passage(self) -> None:
        found = a_passage_of(CHUNKS[5], 1.0)

        passages = widened([found], {"refunds": CHUNKS})

        starts = {passage.chunk.start for passage in passages}
        assert starts == set(range(5 - REACH, 5 + REACH + 1))

    def test_keeps_what_was_found_first_and_once(self) -> None:
        found = (a_passage_of(CHUNKS[0], 2.0), a_passage_of(CHUNKS[1], 1.0))

        passages = widened(found, {"refunds": CHUNKS[:2]})

        assert passages == found

    def test_ranks_a_neighbour_with_the_least_of_its_article(self) -> None:
        found = (a_passage_of(CHUNKS[0], 2.0), a_passage_of(CHUNKS[1], 1.0))

        passages = widened(found, {"refunds": CHUNKS[:3]})

        assert passages[-1].score == 1.0

    def test_leaves_the_passages_alone_where_no_chunks_are_known(self) -> None:
        found = (a_passage_of(CHUNKS[0], 2.0),)

        passages = widened(found, {})

        assert passages == found

    def test_says_no_more_of_a_neighbour_than_its_article_does(self) -> None:
        blanked = replace(ARTICLE, body="01234 6789")
        found = (Passage(chunk=CHUNKS[4], article=blanked, score=1.0),)

        passages = widened(found, {"refunds": CHUNKS})

        assert "5" not in [passage.chunk.text for passage in passages]
