"""Edited articles: a copy of a help centre that cases change, indexed beside the live one."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.case import Case, Edit
from evals.errors import EvalsError
from evals.settings import EvalsSettings
from ingestion.article_file import TEXTS
from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.decoding import decode
from ingestion.settings import IngestionSettings
from knowledge_base.article import Article
from knowledge_base.progress import NoProgress

_REUSED = ("models", "embeddings")
"""Folders of the data folder that a scratch copy begins with, so that little is embedded anew."""


class EditedArticles:
    """A folder of articles with the edits of some cases made, published in a data folder aside."""

    def __init__(self, settings: EvalsSettings, articles: Path, name: str) -> None:
        """Take the settings, whose index stays as it is, the articles, and a name for the copy."""
        self._live = settings.data_dir
        self._articles = articles
        scratch = settings.data_dir / name
        self._copy = scratch / "articles"
        self.settings = settings.model_copy(update={"data_dir": scratch, "answer_cache": 0})
        """Those of an assistant that answers each question from the edited articles."""

    def applicable(self, cases: Sequence[Case]) -> tuple[Case, ...]:
        """Return the cases whose old text stands once in the file of their article.

        A file may break its lines elsewhere than the article's body does.

        Raises:
            EvalsError: No case is left, or what holds the articles is no folder.
            SourceError: The articles can't be read.
        """
        if self._articles.is_file():
            raise EvalsError(f"{self._articles} is a file: name its folder with --articles")
        texts = self._texts()
        applied = tuple(case for case in cases if _is_editable(case.edit, texts))
        if not applied:
            raise EvalsError(
                f"none of the {len(cases)} cases can be tried on the articles in {self._articles}: "
                "name with --articles the folder that the suite was made from, and with --suite "
                "cases that edit articles (`candor eval generate` makes them)"
            )
        return applied

    def publish(self, batch: Sequence[Case]) -> None:
        """Make the edits of a batch in a fresh copy of the articles, and index it.

        Raises:
            CandorError: The articles can't be indexed.
        """
        self._begin()
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self._articles, self._copy)
        texts = self._texts()
        for case in batch:
            if case.edit is not None:
                file = texts[case.edit.article]
                file.text = _words_of(case.edit.old).sub(_literal(case.edit.new), file.text)
                (self._copy / file.path).write_text(file.text, encoding="utf-8")
        settings = self._ingestion()
        build_reindexing(settings, NoProgress()).run(open_sources(settings, [self._copy]))

    def _begin(self) -> None:
        for name in _REUSED:
            target = self.settings.data_dir / name
            if (self._live / name).is_dir() and not target.exists():
                shutil.copytree(self._live / name, target)

    def _texts(self) -> dict[str, "_File"]:
        """Return the files that can be edited as text, by the article that reindexing finds there.

        Raises:
            SourceError: The articles can't be read.
        """
        sources = open_sources(self._ingestion(), [self._articles]).values()
        read = [one for source in sources for one in source.read() if isinstance(one, Article)]
        return {
            one.id: _File(one.path, decode((self._articles / one.path).read_bytes()))
            for one in read
            if Path(one.path).suffix.lower() in TEXTS
        }

    def _ingestion(self) -> IngestionSettings:
        return IngestionSettings(data_dir=self.settings.data_dir)


@dataclass(slots=True)
class _File:
    """A file of an article, and its text with the edits made so far."""

    path: str
    text: str


def batches(
    cases: Sequence[Case], go_together: Callable[[Case, Case], bool]
) -> Iterator[tuple[Case, ...]]:
    """Yield the cases in batches that can be made at once, as few as one pass finds."""
    left = list(cases)
    while left:
        batch: list[Case] = []
        for case in left:
            if all(go_together(case, other) for other in batch):
                batch.append(case)
        yield tuple(batch)
        left = [case for case in left if case not in batch]


def _is_editable(edit: Edit | None, texts: Mapping[str, _File]) -> bool:
    file = texts.get(edit.article) if edit else None
    return bool(edit and file and len(_words_of(edit.old).findall(file.text)) == 1)


def _words_of(text: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, text.split())))


def _literal(text: str) -> str:
    """Return a replacement that `re` puts in as it stands."""
    return text.replace("\\", r"\\")
