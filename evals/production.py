"""Cases from production: questions that customers asked, with what a person said is right."""

import json
from collections.abc import Sequence
from pathlib import Path

from app.answer import Outcome
from app.store.database import open_database
from app.store.reviews import Accepted, Candidate, ReviewQueue
from app.store.sql_reviews import SqlReviews
from evals.case import Kind, Part, load_suite
from evals.errors import EvalsError
from evals.settings import EvalsSettings


def open_queue(settings: EvalsSettings) -> ReviewQueue:
    """Return the review queue of the configured database.

    Raises:
        StoreError: The database can't be opened.
    """
    return SqlReviews(open_database(settings.data_dir, settings.database_url))


def write_cases(accepted: Sequence[Accepted], path: Path) -> int:
    """Write a suite of the accepted questions, and return how many cases it has.

    Raises:
        EvalsError: Nothing has been accepted yet, or the file can't be written.
    """
    if not accepted:
        raise EvalsError(
            "no answer has been made a case yet: the page Evaluations has the review queue"
        )
    rows = (json.dumps(case_row(one), ensure_ascii=False) + "\n" for one in accepted)
    try:
        path.write_text("".join(rows), encoding="utf-8")
    except OSError as error:
        raise EvalsError(f"{path} can't be written: {error.strerror}") from error
    return len(load_suite(path).cases)


def case_row(accepted: Accepted) -> dict[str, object]:
    """Return the line of a suite that an accepted question becomes."""
    asked, right = accepted.candidate, accepted.right
    return {
        "id": f"turn-{asked.turn}",
        "kind": _kind(accepted),
        "part": Part.PRODUCTION,
        "question": asked.question,
        "history": asked.history,
        "at": asked.at.isoformat(),
        "outcomes": right.outcomes,
        "articles": right.articles,
        "must": right.must,
        "must_not": right.must_not,
        "note": right.note,
    }


def candidate_row(candidate: Candidate) -> dict[str, object]:
    """Return an answer that waits, as a program reads it."""
    return {
        "turn": candidate.turn,
        "question": candidate.question,
        "history": candidate.history,
        "asked": candidate.asked.isoformat(timespec="seconds"),
        "outcome": candidate.outcome,
        "text": candidate.text,
        "occasions": candidate.occasions,
        "comment": candidate.comment,
    }


def _kind(accepted: Accepted) -> Kind:
    if accepted.candidate.history:
        return Kind.FOLLOW_UP
    outcomes = accepted.right.outcomes
    is_uncovered = Outcome.ABSTAINED in outcomes and Outcome.ANSWERED not in outcomes
    return Kind.UNCOVERED if is_uncovered else Kind.ANSWERABLE
