import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.article_texts import ArticleTexts, texts_of
from evals.comparison import compare_runs
from evals.html_report import html_report
from evals.metrics.score import Score
from evals.recorded import RecordedRun
from evals.results import Result, Span
from knowledge_base.article import Article
from tests.eval_builders import (
    a_case,
    a_recorded_run,
    a_scored_result,
    a_sentence,
    an_abstention,
    an_answer,
    passed,
)

HOSTILE = (
    "</mark></details><script>alert(1)</script><img src=//evil.example onerror=x>"
    "<a href='http://evil.example'>{{ 7 * 7 }}</a>"
)
BODY = "Boots can be returned within 30 days. Skis within 10 days."


def texts(body: str = BODY, *, marks: bool = True) -> ArticleTexts:
    article = Article(id="returns", title="Returns", body=body, path="returns.md")
    return ArticleTexts({"returns": article}, marks=marks, note="generation g1")


def a_wrong_result(words: str = "Within 45 days.", *, reason: str = "missing: 30 days") -> Result:
    answer = an_answer(a_sentence(words, cites=BODY))
    return a_scored_result(
        a_case("a1", question=f"How long? {words}"),
        passed(right=False, reason=reason),
        answer=answer,
    )


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.marked: list[str] = []
        self._in_mark = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        names = {"src", "href", "srcset", "data", "action", "poster", "xlink:href", "style"}
        self.addresses += [value or "" for name, value in attrs if name in names]
        self._in_mark = tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._in_mark:
            self.marked.append(data)
            self._in_mark = False


def page_of(
    run: RecordedRun, texts_shown: ArticleTexts | None = None, baseline: RecordedRun | None = None
) -> str:
    compared = compare_runs(baseline, run) if baseline else None
    return html_report(run, texts_shown or texts(), compared)


class TestHtmlReport:
    def test_shows_a_failure_with_its_reason_beside_the_words_it_cites(self) -> None:
        page = page_of(a_recorded_run(a_wrong_result()))

        assert "missing: 30 days" in page
        assert "Within 45 days." in page
        assert Page(page).marked == [BODY]

    def test_escapes_what_answers_articles_and_reasons_hold(self) -> None:
        run = a_recorded_run(a_wrong_result(HOSTILE, reason=HOSTILE))

        page = page_of(run, texts(HOSTILE + BODY), baseline=a_recorded_run(a_wrong_result(HOSTILE)))

        parsed = Page(page)
        assert not {"script", "img", "a", "iframe", "object", "link"} & set(parsed.tags)
        assert "{{ 7 * 7 }}" in page
        assert "&lt;script&gt;" in page

    def test_loads_nothing(self) -> None:
        page = page_of(a_recorded_run(a_wrong_result()), baseline=a_recorded_run(a_wrong_result()))

        assert Page(page).addresses == []
        assert not re.search(r"https?:|//\w|@import|url\(", page)
        assert "default-src 'none'" in page

    def test_shows_what_has_no_value_in_columns_and_draws_no_bar_for_it(self) -> None:
        nothing = a_scored_result(a_case(), Score.unscored("passed", "the judge was away"))

        page = page_of(a_recorded_run(nothing))

        assert 'class="value"' not in page
        assert "nan" not in page.lower()
        assert re.search(
            r"<td>–</td><td>–</td><td>0</td><td>0</td><td>1</td><td>0</td><td>0</td>", page
        )

    def test_shows_what_changed_from_the_baseline(self) -> None:
        right = a_scored_result(a_case("a1", question="How long? x"), passed(right=True))
        wrong = a_wrong_result("x")

        page = page_of(a_recorded_run(wrong), baseline=a_recorded_run(right, name="before"))

        assert "before → run: 1 cases in common" in page
        assert "passed, cases changed: 1" in page

    def test_shows_an_error_and_an_abstention(self) -> None:
        abstained = a_scored_result(a_case("b"), passed(right=False), answer=an_abstention())
        run = a_recorded_run(Result(a_case("a"), 1.0, error="ModelTimeoutError: late"), abstained)

        page = page_of(run)

        assert "ModelTimeoutError: late" in page
        assert "Our articles don&#39;t cover this." in page

    def test_says_that_nothing_went_wrong(self) -> None:
        page = page_of(a_recorded_run(a_scored_result(a_case(), passed(right=True))))

        assert "0 of 1 wrong" in page
        assert "Nothing." in page


class TestArticleTexts:
    def test_marks_each_cited_span_and_joins_what_overlaps(self) -> None:
        spans = [Span("returns", 22, 37), Span("returns", 0, 5), Span("returns", 30, 38)]

        pieces = texts().pieces("returns", spans)

        assert [piece.text for piece in pieces if piece.is_cited] == [BODY[:5], BODY[22:38]]
        assert "".join(piece.text for piece in pieces) == BODY

    def test_marks_nothing_in_texts_of_another_generation(self) -> None:
        pieces = texts(marks=False).pieces("returns", [Span("returns", 0, 5)])

        assert [(piece.text, piece.is_cited) for piece in pieces] == [(BODY, False)]

    def test_shortens_a_long_article_around_what_is_cited(self) -> None:
        long = "a" * 10_000 + BODY + "b" * 10_000

        pieces = texts(long).pieces("returns", [Span("returns", 10_000, 10_005)])

        assert [piece.text for piece in pieces if piece.is_cited] == ["Boots"]
        assert sum(len(piece.text) for piece in pieces) < 2_000

    def test_has_no_text_of_an_article_that_is_gone(self) -> None:
        assert texts().pieces("gone", []) == ()
        assert texts().title("gone") == "gone"


class TestTextsOf:
    def test_says_why_there_are_none(self, tmp_path: Path) -> None:
        found = texts_of(a_recorded_run(a_wrong_result()), tmp_path)

        assert found.articles == {}
        assert found.note.startswith("no article texts: ")

    @pytest.mark.parametrize("marks", [True, False])
    def test_marks_texts_that_were_built_from_the_same_articles(
        self, data_dir: Path, *, marks: bool
    ) -> None:
        (generation,) = (each.name for each in (data_dir / "generations").iterdir())
        asked = f"20200101T000000000Z-{generation.rpartition('-')[2] if marks else 'other'}"
        run = a_recorded_run(a_wrong_result())

        found = texts_of(RecordedRun(run.path, {**run.config, "generation": asked}, ()), data_dir)

        assert found.marks is marks
        assert "returns" in found.articles
