"""Which articles are in force on a day."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from knowledge_base.validity import Standing, standing, supersessions, today
from tests.builders import an_article

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)
DAY = timedelta(days=1)


class TestStanding:
    def test_is_in_force_always_without_dates(self) -> None:
        assert standing(an_article(), FIRST, {}) is Standing.IN_FORCE

    def test_counts_the_first_and_the_last_day(self) -> None:
        article = an_article(valid_from=FIRST, valid_to=LAST)

        stands = [standing(article, day, {}) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)]

        assert stands == [
            Standing.UPCOMING,
            Standing.IN_FORCE,
            Standing.IN_FORCE,
            Standing.EXPIRED,
        ]

    def test_is_superseded_from_its_successors_first_day_on(self) -> None:
        replaced = supersessions([an_article(supersedes=["old"], valid_from=FIRST)])
        old = an_article(article_id="old")

        assert standing(old, FIRST - DAY, replaced) is Standing.IN_FORCE
        assert standing(old, FIRST, replaced) is Standing.SUPERSEDED

    def test_is_superseded_always_by_a_successor_without_a_first_day(self) -> None:
        replaced = supersessions([an_article(supersedes=["old"])])

        assert standing(an_article(article_id="old"), date.min, replaced) is Standing.SUPERSEDED


class TestSupersessions:
    def test_takes_the_earliest_successor(self) -> None:
        late = an_article(article_id="late", supersedes=["old"], valid_from=LAST)
        early = an_article(article_id="early", supersedes=["old"], valid_from=FIRST)

        assert supersessions([late, early]) == {"old": FIRST}
        assert supersessions([early, late]) == {"old": FIRST}

    def test_lets_a_successor_without_a_first_day_count_always(self) -> None:
        dated = an_article(article_id="dated", supersedes=["old"], valid_from=FIRST)
        always = an_article(article_id="always", supersedes=["old"])

        assert supersessions([dated, always]) == {"old": None}
        assert supersessions([always, dated]) == {"old": None}

    def test_lets_no_article_supersede_itself(self) -> None:
        assert supersessions([an_article(article_id="a", supersedes=["a"])]) == {}

    def test_follows_a_chain(self) -> None:
        second = an_article(article_id="b", supersedes=["a"], valid_from=FIRST)
        third = an_article(article_id="c", supersedes=["b"], valid_from=LAST)

        replaced = supersessions([second, third])

        assert standing(an_article(article_id="a"), LAST, replaced) is Standing.SUPERSEDED
        assert standing(second, LAST - DAY, replaced) is Standing.IN_FORCE
        assert standing(second, LAST, replaced) is Standing.SUPERSEDED
        assert standing(third, LAST, replaced) is Standing.IN_FORCE


class TestToday:
    def test_is_the_day_in_the_time_zone(self) -> None:
        def late_on_new_years_eve(zone: tzinfo) -> datetime:
            return datetime(2026, 12, 31, 23, 30, tzinfo=UTC).astimezone(zone)

        assert today(UTC, late_on_new_years_eve) == date(2026, 12, 31)
        assert today(timezone(timedelta(hours=1)), late_on_new_years_eve) == date(2027, 1, 1)
