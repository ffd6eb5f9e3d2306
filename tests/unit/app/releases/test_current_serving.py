import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import ReleaseError
from app.releases.candidate import create_release
from app.releases.current_serving import ServingPointer, serving_now
from app.releases.pointer import SERVING, Serving, read_serving
from app.releases.promotion import Promotions, Reason
from app.releases.promotion_log import LOG, Entry, PromotionLog
from app.releases.store import RELEASES
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.generations import write_generation

TEST = Reason("ann", override="A test.")


class Shop:
    """A data folder in which releases are promoted."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.folder = data_dir / RELEASES
        self.promotions = Promotions(AppSettings(data_dir=data_dir))

    def promoted(self, contact: str, share: float | None = None) -> str:
        release = create_release(AppSettings(data_dir=self.data_dir, contact=contact)).id
        self.promotions.promote(release, TEST, share)
        return release

    def cut(self, name: str = SERVING) -> None:
        """Leave the first half of a file."""
        whole = (self.folder / name).read_bytes()
        (self.folder / name).write_bytes(whole[: len(whole) // 2])

    def lose(self) -> None:
        (self.folder / SERVING).unlink()


Damage = Callable[[Shop], None]
damages = pytest.mark.parametrize("damage", [Shop.cut, Shop.lose])


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    publish(tmp_path, write_generation(tmp_path))
    return Shop(tmp_path)


class TestServingPointer:
    def test_follows_every_promotion_and_rollback(self, shop: Shop) -> None:
        pointer = ServingPointer(shop.folder)
        seen = [pointer.current().releases]

        first = shop.promoted("a")
        seen.append(pointer.current().releases)
        second = shop.promoted("b")
        seen.append(pointer.current().releases)
        shop.promotions.roll_back(TEST)
        seen.append(pointer.current().releases)

        assert seen == [(), (first,), (second,), (first,)]

    @damages
    def test_goes_on_with_what_it_read_last(
        self, shop: Shop, damage: Damage, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop.promoted("a")
        pointer = ServingPointer(shop.folder)
        before = pointer.current()

        damage(shop)
        with caplog.at_level(logging.WARNING):
            after = [pointer.current() for _ in range(3)]

        assert after == [before] * 3
        assert caplog.text.count("what served before goes on") == 1

    @damages
    def test_follows_the_next_promotion_after_that(self, shop: Shop, damage: Damage) -> None:
        first = shop.promoted("a")
        pointer = ServingPointer(shop.folder)
        pointer.current()
        damage(shop)

        second = shop.promoted("b")

        assert pointer.current().releases == (second,)
        assert pointer.current().taken_back().releases == (first,)


class TestServingNow:
    @damages
    def test_takes_what_is_on_record_where_the_pointer_is_damaged(
        self, shop: Shop, damage: Damage, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop.promoted("a")
        shop.promoted("b", share=0.25)
        shop.promoted("c")
        shop.promotions.roll_back(TEST)
        whole = read_serving(shop.folder)

        damage(shop)
        with caplog.at_level(logging.WARNING):
            found = serving_now(shop.folder)

        assert found == whole
        assert [arm.weight for arm in found.arms] == [0.75, 0.25]
        assert f"what {shop.folder / LOG} tells serves" in caplog.text

    @damages
    def test_lets_a_rollback_work_all_the_same(self, shop: Shop, damage: Damage) -> None:
        first = shop.promoted("a")
        shop.promoted("b")
        damage(shop)

        shop.promotions.roll_back(TEST)

        assert read_serving(shop.folder) == Serving(
            arms=serving_now(shop.folder).arms, before=((),)
        )
        assert serving_now(shop.folder).releases == (first,)

    def test_finds_nothing_where_nothing_was_promoted(self, shop: Shop) -> None:
        assert serving_now(shop.folder) == Serving()

    def test_sees_the_first_promotion_of_all_come_meanwhile(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def entries(_log: PromotionLog) -> tuple[Entry, ...]:
            monkeypatch.undo()
            shop.promoted("a")
            return ()  # what was read before that

        monkeypatch.setattr(PromotionLog, "entries", entries)

        found = serving_now(shop.folder)

        assert found == read_serving(shop.folder)
        assert len(found.releases) == 1

    def test_says_what_to_do_where_nothing_is_on_record(self, shop: Shop) -> None:
        shop.promoted("a")
        shop.cut()
        (shop.folder / LOG).unlink()

        with pytest.raises(ReleaseError, match="move both away, then promote") as refused:
            serving_now(shop.folder)

        assert "\n" not in str(refused.value)

    @damages
    def test_guesses_nothing_where_the_record_is_damaged_too(
        self, shop: Shop, damage: Damage
    ) -> None:
        shop.promoted("a")
        damage(shop)
        (shop.folder / LOG).write_text("no entry\n", encoding="utf-8")

        with pytest.raises(ReleaseError, match="move both away, then promote"):
            serving_now(shop.folder)


class TestAPointerThatCannotBeWritten:
    def test_leaves_no_promotion_on_record(self, shop: Shop) -> None:
        (shop.folder / f".{SERVING}.draft").mkdir(parents=True)

        with pytest.raises((ReleaseError, OSError)):
            shop.promoted("a")

        assert serving_now(shop.folder) == Serving()
