import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.written_sentences import WrittenSentence, WrittenSentences

REPLY = """Returns are free within 30 days [1]. Refunds take 5 days. [2]
See e.g. the form [1, 3][2].

## Fees

- Gift cards [1]
- Opened food
[2]
| Summit | 65 USD | [3]

Costs 1.5 kg [1"""
SENTENCES = [
    WrittenSentence("Returns are free within 30 days.", (1,)),
    WrittenSentence("Refunds take 5 days.", (2,)),
    WrittenSentence("See e.g. the form.", (1, 3, 2)),
    WrittenSentence("Gift cards", (1,)),
    WrittenSentence("Opened food", (2,)),
    WrittenSentence("| Summit | 65 USD |", (3,)),
    WrittenSentence("Costs 1.5 kg [1", ()),
]


def cut(*pieces: str) -> list[WrittenSentence]:
    stream = WrittenSentences()
    return [each for piece in pieces for each in stream.feed(piece)] + list(stream.finish())


class TestWrittenSentences:
    def test_cuts_a_reply_into_sentences_with_their_markers(self) -> None:
        assert cut(REPLY) == SENTENCES

    @pytest.mark.parametrize("size", [1, 2, 3, 7])
    def test_cuts_alike_however_the_text_arrives(self, size: int) -> None:
        pieces = [REPLY[start : start + size] for start in range(0, len(REPLY), size)]

        assert cut(*pieces) == SENTENCES

    def test_gives_a_sentence_back_as_soon_as_the_next_one_begins(self) -> None:
        stream = WrittenSentences()

        before = stream.feed("Returns are free. [1")
        marker = stream.feed("] ")
        after = stream.feed("Ref")

        assert (before, marker) == ((), ())
        assert after == (WrittenSentence("Returns are free.", (1,)),)

    def test_gives_a_marker_before_all_text_to_the_first_sentence(self) -> None:
        assert cut("[2] Returns are free.") == [WrittenSentence("Returns are free.", (2,))]

    def test_reads_a_number_of_any_length(self) -> None:
        (sentence,) = cut(f"Returns are free [{'9' * 5000}].")

        assert sentence.markers == (999_999_999,)

    def test_says_how_much_waits_for_its_sentence_to_end(self) -> None:
        stream = WrittenSentences()

        stream.feed("Returns are free. Refunds [")

        assert stream.pending_chars == len("Refunds [")

    @given(st.lists(st.text(alphabet="aB. \n[]12,-|#", max_size=12), max_size=12))
    def test_takes_any_text(self, pieces: list[str]) -> None:
        for sentence in cut(*pieces):
            assert sentence.text.strip()
