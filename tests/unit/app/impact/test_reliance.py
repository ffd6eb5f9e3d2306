"""Who relied on what: receipts of three editions against one change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.impact.changes import Ground
from app.impact.edition import Edition, Editions
from app.impact.reliance import Affected, BlastRadius, resting_on
from app.store.reliances import Reliance
from knowledge_base.article import Article
from knowledge_base.policy.reader import FactReader
from tests.builders import an_article

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
OLDEST = "20261001T000000000Z-00000000"
OLD = "20261002T000000000Z-00000000"
NEW = "20261003T000000000Z-00000000"
NEWER = "20261004T000000000Z-00000000"

WINDOW = "You can return shoes within 30 days."
FEE = "Each return costs 5 USD."
HOW = "Ask in a shop for a label."
RETURNS = an_article(f"{WINDOW}\n\n{FEE}\n\n{HOW}", article_id="returns")
CHANGED = replace(RETURNS, body=RETURNS.body.replace("30 days", "45 days"))


def an_edition(generation: str, *articles: Article) -> Edition:
    reader = FactReader()
    return Edition(
        generation,
        {one.id: one for one in articles},
        {one.id: reader.read(one) for one in articles},
        {one.id: str(hash(repr(one))) for one in articles},
    )


def a_reliance(words: str, edition: Edition, article: str = "returns") -> Reliance:
    start = edition.articles[article].body.index(words)
    return Reliance(
        turn=words,
        conversation="c",
        asked=NOW,
        last_asked=NOW + timedelta(hours=1),
        question="How long?",
        shown=words,
        article=article,
        version=edition.versions[article],
        generation=edition.generation,
        start=start,
        end=start + len(words),
    )


def kept(*editions: Edition) -> Editions:
    return {one.generation: one for one in editions}.get


def found_in(
    before: Edition, after: Edition, reliances: Sequence[Reliance], *others: Edition
) -> tuple[Affected, ...]:
    return BlastRadius(before, after, kept(before, after, *others)).affected(reliances)


class TestAffected:
    def test_holds_who_was_told_the_value_that_changed_and_nobody_else(self) -> None:
        before, after = an_edition(OLD, RETURNS), an_edition(NEW, CHANGED)
        told = [a_reliance(words, before) for words in (WINDOW, FEE, HOW)]

        found = found_in(before, after, told)

        assert [(one.reliance.shown, one.ground) for one in found] == [(WINDOW, Ground.FACT)]
        assert "30 → 45 days" in found[0].told[0]
        assert found[0].is_stated

    def test_finds_the_words_where_they_moved(self) -> None:
        moved = replace(RETURNS, body=f"Welcome to our shop.\n\n{RETURNS.body}")
        before, after = an_edition(OLD, RETURNS), an_edition(NEW, moved)

        found = found_in(before, after, [a_reliance(words, before) for words in (WINDOW, FEE)])

        assert found == ()

    def test_holds_who_rested_on_words_that_are_gone_without_a_fact_in_them(self) -> None:
        reworded = replace(RETURNS, body=RETURNS.body.replace(HOW, "Print a label at home."))
        before, after = an_edition(OLD, RETURNS), an_edition(NEW, reworded)

        found = found_in(before, after, [a_reliance(words, before) for words in (WINDOW, HOW)])

        assert [(one.reliance.shown, one.ground) for one in found] == [(HOW, Ground.WORDS)]

    def test_holds_everybody_who_rested_on_an_article_that_is_gone(self) -> None:
        before, after = an_edition(OLD, RETURNS), an_edition(NEW)

        found = found_in(before, after, [a_reliance(words, before) for words in (WINDOW, HOW)])

        assert [one.ground for one in found] == [Ground.REMOVED, Ground.REMOVED]

    def test_holds_everybody_who_rested_on_an_article_that_ends(self) -> None:
        ending = replace(RETURNS, valid_to=date(2026, 12, 31))
        before, after = an_edition(OLD, RETURNS), an_edition(NEW, ending)

        found = found_in(before, after, [a_reliance(HOW, before)])

        assert [one.ground for one in found] == [Ground.VALIDITY]

    def test_holds_an_answer_of_an_older_generation_that_said_the_same(self) -> None:
        other_fee = replace(RETURNS, body=RETURNS.body.replace("5 USD", "9 USD"))
        oldest = an_edition(OLDEST, other_fee)
        before, after = an_edition(OLD, RETURNS), an_edition(NEW, CHANGED)
        told = [a_reliance(WINDOW, oldest), a_reliance("Each return costs 9 USD.", oldest)]

        found = found_in(before, after, told, oldest)

        assert [one.reliance.shown for one in found] == [WINDOW]

    def test_leaves_out_who_was_answered_from_the_new_generation_or_a_later_one(self) -> None:
        before, after = an_edition(OLD, RETURNS), an_edition(NEW, CHANGED)
        later = an_edition(NEWER, replace(CHANGED, body=CHANGED.body.replace("45", "60")))
        told = [
            a_reliance("You can return shoes within 45 days.", after),
            a_reliance("You can return shoes within 60 days.", later),
        ]

        assert found_in(before, after, told, later) == ()

    def test_says_so_where_the_article_as_it_was_is_gone(self) -> None:
        before, after = an_edition(OLD, RETURNS), an_edition(NEW, CHANGED)
        forgotten = an_edition(OLDEST, replace(RETURNS, title="Sending back"))

        found = found_in(before, after, [a_reliance(FEE, forgotten)])

        assert [one.ground for one in found] == [Ground.UNKNOWN]


class TestRestingOn:
    def test_finds_a_fact_in_every_generation_that_has_it(self) -> None:
        moved = an_edition(OLDEST, replace(RETURNS, body=f"Welcome.\n\n{RETURNS.body}"))
        now = an_edition(OLD, RETURNS)
        fact = next(one for one in now.facts["returns"] if one.value == "30")
        told = [a_reliance(words, edition) for edition in (moved, now) for words in (WINDOW, FEE)]

        found = list(resting_on([fact], told, kept(moved, now)))

        assert [one.reliance.shown for one in found] == [WINDOW, WINDOW]
