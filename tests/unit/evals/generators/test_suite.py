from pathlib import Path

import pytest

from evals.case import Kind, load_suite
from evals.generators.suite import kinds_named, make
from evals.generators.writing import write_by_kind, write_suite
from knowledge_base.errors import BadInputError
from tests.askable_articles import a_source


class TestMake:
    def test_gives_the_same_cases_for_the_same_seed(self) -> None:
        kinds = kinds_named(None)

        once, again = (make(a_source(), kinds, seed=3) for _ in range(2))
        other = make(a_source(), kinds, seed=4)

        assert [one.cases for one in once] == [one.cases for one in again]
        assert [one.cases for one in once] != [one.cases for one in other]

    def test_makes_a_kind_the_same_whatever_is_made_beside_it(self) -> None:
        alone = make(a_source(), {Kind.TRAP}, seed=3)

        beside = make(a_source(), {Kind.TRAP, Kind.GOLDEN}, seed=3)

        assert alone[0].cases == beside[-1].cases

    def test_keeps_to_the_limit(self) -> None:
        (made,) = make(a_source(), {Kind.TRAP}, seed=3, limit=5)

        assert [case.id for case in made.cases] == [f"trap-000{n}" for n in range(1, 6)]


class TestKindsNamed:
    def test_refuses_a_kind_that_no_generator_makes(self) -> None:
        with pytest.raises(BadInputError, match="no generator makes 'riddle': choose from golden"):
            kinds_named(["riddle"])


class TestWriteSuite:
    def test_writes_cases_that_load_and_a_datasheet_that_counts_them(self, tmp_path: Path) -> None:
        source = a_source()
        made = make(source, {Kind.TRAP, Kind.GOLDEN}, seed=3)

        path = write_suite(tmp_path, "mine.v1", made, source, seed=3)

        suite = load_suite(path)
        assert suite.cases == tuple(case for one in made for case in one.cases)
        sheet = (tmp_path / "mine.v1.md").read_text(encoding="utf-8")
        assert (
            f"holds {len(suite.cases)} cases, made by `candor eval generate` with seed 3" in sheet
        )
        assert source.help_centre.fingerprint in sheet

    def test_writes_a_file_a_kind_and_none_for_a_kind_without_cases(self, tmp_path: Path) -> None:
        source = a_source()
        made = make(source, {Kind.GOLDEN, Kind.POISON}, seed=3)

        files = write_by_kind(tmp_path, made, source, seed=3)

        assert [file.name for file in files] == ["golden.jsonl"]
