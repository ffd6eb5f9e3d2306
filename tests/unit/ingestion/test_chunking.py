"""Articles cut into chunks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.chunking import Chunker
from ingestion.sections import count_words
from knowledge_base.lines import LineKind, read_lines
from tests.builders import an_article

PIECES = [
    *(
        "## A\n\n",
        "### B\n\n",
        "Text. More.\n\n",
        "Look:\n\n",
        "- a\n",
        "  - b c\n",
        "1. one two\n",
    ),
    *("| a | b |\n", "| --- | --- |\n", "    # code\n", "é😀 ", "\n", "x" * 90 + "\n"),
    "long " * 15 + "\n\n",
]
WORDS = "word " * 29 + "end."


def texts(body: str, **fields: int) -> list[str]:
    return [chunk.text for chunk in Chunker(**fields).cut(an_article(body))]


class TestChunker:
    def test_cuts_along_headings_and_keeps_the_path(self) -> None:
        body = f"{WORDS}\n\n## Tents\n\n{WORDS}\n\n### Abroad\n\n{WORDS}\n\n## Stoves\n\n{WORDS}"

        chunks = Chunker(merge_words=0).cut(an_article(body))

        assert [chunk.text for chunk in chunks] == [WORDS] * 4
        assert [chunk.heading_path for chunk in chunks] == [
            (),
            ("Tents",),
            ("Tents", "Abroad"),
            ("Stoves",),
        ]

    def test_merges_small_sections_of_one_parent_and_shows_their_headings(self) -> None:
        body = "## Plans\n\n### Trail\n\n5 USD.\n\n### Summit\n\n9 USD.\n\n## Rentals\n\nMore."

        chunks = Chunker(merge_words=10).cut(an_article(body))

        assert [(chunk.heading_path, chunk.text) for chunk in chunks] == [
            (("Plans",), "### Trail\n\n5 USD.\n\n### Summit\n\n9 USD."),
            (("Rentals",), "More."),
        ]

    def test_puts_a_short_introduction_to_its_first_section(self) -> None:
        body = f"## Returns\n\nIn short:\n\n### Tents\n\n{WORDS}\n\n### Stoves\n\n{WORDS}"

        assert texts(body, target_words=40, merge_words=10) == [
            f"In short:\n\n### Tents\n\n{WORDS}",
            WORDS,
        ]

    def test_fills_chunks_evenly_up_to_the_target(self) -> None:
        body = "\n\n".join([WORDS] * 8)

        sizes = [count_words(text) for text in texts(body, target_words=100)]

        assert sum(sizes) == 240
        assert max(sizes) <= 115
        assert min(sizes) >= 60

    def test_cuts_an_overlong_paragraph_between_sentences(self) -> None:
        body = " ".join(f"Sentence {number} ends here." for number in range(30))

        assert all(text.endswith("here.") for text in texts(body, target_words=20))

    def test_keeps_a_lead_in_with_its_list(self) -> None:
        items = "\n".join(f"- {WORDS}" for _ in range(4))
        body = f"{WORDS}\n\n{WORDS}\n\nYou need:\n\n{items}"

        chunks = texts(body, target_words=70)

        assert any(text.startswith("You need:\n\n- word") for text in chunks)

    def test_keeps_nested_items_and_further_lines_with_their_item(self) -> None:
        item = "1. word word word word word\n   - nested one\n   More on it."
        body = "\n".join([item] * 6)

        assert all(text.count("1. ") == text.count("More") for text in texts(body, target_words=25))

    def test_keeps_a_table_whole_if_it_fits_and_its_header_with_a_row_if_not(self) -> None:
        small = "| Plan | Fee |\n| --- | --- |\n| Trail | 5 |"
        large = small + "\n| Summit | 9 |" * 30

        assert small in texts(f"{WORDS}\n\n{small}", target_words=35)
        assert texts(large, target_words=30)[0].startswith(small)
        assert len(texts(large, target_words=30)) > 1

    def test_repeats_the_end_of_the_chunk_before_if_asked_to(self) -> None:
        body = "\n\n".join(f"Paragraph {number} has five words." for number in range(8))

        plain, overlapping = (
            texts(body, target_words=10),
            texts(body, target_words=10, overlap_words=5),
        )

        assert overlapping[0] == plain[0]
        assert all(text.endswith(plain[i + 1]) for i, text in enumerate(overlapping[1:]))
        assert overlapping[1].startswith("Paragraph 1")

    def test_cuts_text_without_spaces_or_sentences(self) -> None:
        chunks = texts("退款政策" * 1000, target_words=50)

        assert "".join(chunks) == "退款政策" * 1000
        assert max(map(len, chunks)) <= 600

    def test_makes_one_chunk_of_a_body_of_headings(self) -> None:
        body = "## Tents\n\n## Stoves"

        assert texts(body) == [body]

    def test_has_a_fingerprint_that_tells_every_field(self) -> None:
        fingerprints = {
            chunker.fingerprint
            for chunker in (
                Chunker(),
                Chunker(target_words=77),
                Chunker(overlap_words=7),
                Chunker(merge_words=7),
            )
        }

        assert len(fingerprints) == 4

    @pytest.mark.parametrize("overlap", [0, 4])
    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(
            st.sampled_from(PIECES),
            max_size=30,
        ).map("".join),
        st.integers(1, 40),
        st.integers(0, 12),
    )
    def test_loses_no_text_whatever_the_body(
        self, overlap: int, body: str, target: int, merge: int
    ) -> None:
        chunker = Chunker(target_words=target, overlap_words=overlap, merge_words=merge)

        chunks = chunker.cut(an_article(body))

        assert all(chunk.text == body[chunk.start : chunk.end] for chunk in chunks)
        assert all(chunk.text.strip() for chunk in chunks)
        assert [chunk.start for chunk in chunks] == sorted({chunk.start for chunk in chunks})
        covered = {index for chunk in chunks for index in range(chunk.start, chunk.end)}
        for line in read_lines(body):
            if line.kind is not LineKind.HEADING:
                wanted = (i for i in range(line.start, line.end) if not body[i].isspace())
                assert covered.issuperset(wanted)
