from dataclasses import replace
from pathlib import Path

import pytest

from evals.case import Case, Edit, Kind
from evals.edited_articles import EditedArticles
from evals.errors import EvalsError
from evals.settings import EvalsSettings
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.serving import Serving
from tests.eval_builders import a_case

OLD = "Boots can be returned within 30 days."
NEW = "Boots can be returned within 45 days."


def an_edit_of(article: str, old: str = OLD, new: str = NEW) -> Case:
    case = a_case("m1", kind=Kind.MUTATION, articles=(article,))
    return replace(case, edit=Edit(article, old, new))


def edited_articles(tmp_path: Path) -> EditedArticles:
    settings = EvalsSettings(data_dir=tmp_path / "data")
    return EditedArticles(settings, tmp_path / "articles", "mutations")


def a_file(tmp_path: Path, name: str, content: str | bytes) -> None:
    file = tmp_path / "articles" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


class TestApplicable:
    @pytest.mark.parametrize("name", ["a/boots.md", "boots.mdx", "boots.html", "boots.txt"])
    def test_finds_the_file_of_an_article_that_is_named_by_its_path(
        self, tmp_path: Path, name: str
    ) -> None:
        a_file(tmp_path, name, f"{OLD}\n")
        case = an_edit_of(name)

        assert edited_articles(tmp_path).applicable([case]) == (case,)

    def test_takes_an_id_of_the_front_matter_over_another_file_that_mentions_it(
        self, tmp_path: Path
    ) -> None:
        a_file(tmp_path, "one.md", f"---\nid: boots\n---\n\n{OLD}\n")
        a_file(tmp_path, "other.md", f"See boots. {OLD}\n")
        case = an_edit_of("boots")

        assert edited_articles(tmp_path).applicable([case]) == (case,)

    def test_leaves_out_an_edit_of_a_file_that_cannot_be_decoded(self, tmp_path: Path) -> None:
        a_file(tmp_path, "broken.md", OLD.encode() + b"\xc3\xa9\xff\xfe \xe9")
        a_file(tmp_path, "boots.md", f"{OLD}\n")
        broken, whole = an_edit_of("broken.md"), an_edit_of("boots.md")

        assert edited_articles(tmp_path).applicable([broken, whole]) == (whole,)

    def test_refuses_where_no_edit_can_be_made(self, tmp_path: Path) -> None:
        a_file(tmp_path, "boots.md", "Nothing of that kind.\n")

        with pytest.raises(EvalsError, match=r"none of the 1 cases .* --articles the folder"):
            edited_articles(tmp_path).applicable([an_edit_of("boots.md")])

    def test_refuses_a_file_in_place_of_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "articles").write_text(OLD, encoding="utf-8")

        with pytest.raises(EvalsError, match="is a file: name its folder"):
            edited_articles(tmp_path).applicable([an_edit_of("articles")])


class TestPublish:
    def test_indexes_the_edit_of_a_page_in_an_older_encoding(self, tmp_path: Path) -> None:
        page = f"<html><body><h1>Bottés</h1><p>{OLD}</p></body></html>"
        a_file(tmp_path, "boots.html", page.encode("cp1252"))
        edited = edited_articles(tmp_path)

        edited.publish([an_edit_of("boots.html")])

        data_dir = edited.settings.data_dir
        served = Generation.open(data_dir, Serving(data_dir).generation_id())
        assert NEW in served.articles["boots.html"].body

    def test_puts_a_backslash_in_as_it_stands(self, tmp_path: Path) -> None:
        a_file(tmp_path, "boots.txt", f"{OLD}\n")
        edited = edited_articles(tmp_path)

        edited.publish([an_edit_of("boots.txt", new=r"Boots go to C:\1.")])

        copy = edited.settings.data_dir / "articles" / "boots.txt"
        assert copy.read_text(encoding="utf-8") == "Boots go to C:\\1.\n"
