"""The policy facts that a generation keeps."""

from pathlib import Path

import pytest

from knowledge_base.errors import DamagedGenerationError
from knowledge_base.generations.files import FACTS_FILE
from knowledge_base.generations.ledger import (
    Ledger,
    WrittenFacts,
    changed_facts,
    ledger_fingerprint,
    read_ledger,
    read_names,
    write_ledger,
    written_facts,
)
from tests.builders import an_article

RETURNS = an_article(article_id="returns", body="Send it back within 30 days.")
FEES = an_article(article_id="fees", body="A repair costs 15 USD.")
ARTICLES = {"returns": RETURNS, "fees": FEES}


class TestLedger:
    def test_reads_what_each_article_promises(self) -> None:
        ledger = Ledger(ARTICLES)

        values = {
            article_id: [fact.value for fact in facts] for article_id, facts in ledger.items()
        }

        assert values == {"returns": ["30"], "fees": ["15"]}

    def test_takes_over_what_is_known_as_it_is_written(self) -> None:
        line = Ledger({"fees": FEES}).line("fees").replace(b'"15"', b'"16"')

        ledger = Ledger(ARTICLES, WrittenFacts({"fees": line}))

        assert ledger.line("fees") == line
        assert [fact.value for fact in ledger["fees"]] == ["16"]


class TestReadLedger:
    def test_returns_what_was_written(self, tmp_path: Path) -> None:
        ledger = Ledger(ARTICLES)
        write_ledger(tmp_path, ledger)

        assert read_ledger(tmp_path) == dict(ledger)

    @pytest.mark.parametrize("content", [None, b"{", b'{"article": "a", "facts": [1]}\n', b"\xff"])
    def test_names_a_file_that_can_not_be_read(self, content: bytes | None, tmp_path: Path) -> None:
        if content is not None:
            (tmp_path / FACTS_FILE).write_bytes(content)

        with pytest.raises(DamagedGenerationError, match="policy facts"):
            read_ledger(tmp_path)


class TestWrittenFacts:
    def test_returns_what_was_written(self, tmp_path: Path) -> None:
        odd = an_article(article_id='","facts":[]', body="It costs 5 USD.")
        ledger = Ledger({**ARTICLES, odd.id: odd})
        write_ledger(tmp_path, ledger)

        assert dict(written_facts(tmp_path, ledger)) == dict(ledger)

    @pytest.mark.parametrize(
        "line", [b'{"article":"a","facts":[1]}', b'{"article":"b","facts":[]}']
    )
    def test_names_a_line_that_can_not_be_read(self, line: bytes) -> None:
        written = WrittenFacts({"a": line})

        with pytest.raises(DamagedGenerationError, match="article a"):
            written["a"]

    @pytest.mark.parametrize("content", [None, b"", b"{}\n" * 9])
    def test_names_a_file_that_can_not_be_read(self, content: bytes | None, tmp_path: Path) -> None:
        if content is not None:
            (tmp_path / FACTS_FILE).write_bytes(content)

        with pytest.raises(DamagedGenerationError, match="policy facts"):
            written_facts(tmp_path, ARTICLES)


class TestReadNames:
    def test_returns_what_was_written(self, tmp_path: Path) -> None:
        ledger = Ledger(ARTICLES)
        write_ledger(tmp_path, ledger)

        assert read_names(tmp_path) == ledger.names

    def test_names_a_file_that_can_not_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(DamagedGenerationError, match="names"):
            read_names(tmp_path)


class TestChangedFacts:
    def test_tells_what_changed_and_leaves_out_what_is_the_same(self) -> None:
        longer = an_article(article_id="returns", body="Send it back within 45 days.")

        changes = changed_facts(
            Ledger(ARTICLES), Ledger({**ARTICLES, "returns": longer}), ("returns", "fees")
        )

        assert list(changes) == ["returns"]
        assert "30 → 45 days" in changes["returns"][0]


class TestLedgerFingerprint:
    def test_is_the_same_for_the_same_code(self) -> None:
        ledger_fingerprint.cache_clear()
        first = ledger_fingerprint()
        ledger_fingerprint.cache_clear()

        assert ledger_fingerprint() == first
