from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import pytest

from app.errors import NotFoundError, ReleaseError
from app.releases.candidate import create_release
from app.releases.pointer import Arm, Serving
from app.releases.promotion import Promotions, Reason
from app.releases.promotion_log import Act
from app.releases.release import Release
from app.releases.store import Releases
from app.settings import AppSettings
from knowledge_base.errors import DamagedGenerationError
from knowledge_base.generations.archive import Generations
from knowledge_base.generations.pins import read_pins
from knowledge_base.generations.publication import publish
from tests.generations import CREATED, flip, write_generation
from tests.releases import measure

ANN = Reason("ann", "The new prompt answers more.")


class FrozenMeanwhile(AppSettings):
    """Settings of a shop whose promotions are frozen while a release is checked."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        Releases(self.data_dir).freeze("The canary drifted.")
        return super().model_copy(update=update, deep=deep)


class Shop:
    """A data folder with published generations, and what makes and promotes releases of it."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.releases = Releases(data_dir)
        self.promotions = Promotions(AppSettings(data_dir=data_dir))
        self._hours = 0

    def reindexed(self) -> str:
        self._hours += 1
        generation = write_generation(self.data_dir, CREATED + timedelta(hours=self._hours))
        publish(self.data_dir, generation)
        return generation

    def created(self, contact: str = "help@shop.example") -> Release:
        return create_release(AppSettings(data_dir=self.data_dir, contact=contact))

    def promoted(self, contact: str = "help@shop.example") -> Release:
        release = self.created(contact)
        self.promotions.promote(release.id, Reason("ann", override="A test."))
        return release


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """One with a first generation."""
    made = Shop(tmp_path)
    made.reindexed()
    return made


class TestPromote:
    def test_lets_a_release_serve_that_the_gate_has_passed(self, shop: Shop) -> None:
        release = shop.created()
        run = measure(shop.data_dir, release.pinned)

        serving = shop.promotions.promote(release.id, ANN)

        assert serving.arms == (Arm(release=release.id, weight=1.0),)
        assert shop.releases.serving() == serving
        (entry,) = shop.releases.log()
        assert (entry.act, entry.who, entry.run, entry.override) == (
            Act.PROMOTE,
            "ann",
            run.name,
            None,
        )

    def test_refuses_one_that_it_has_not(self, shop: Shop) -> None:
        release = shop.created()
        measure(shop.data_dir, shop.created("other@shop.example").pinned)

        with pytest.raises(ReleaseError, match="no run has measured exactly this set"):
            shop.promotions.promote(release.id, ANN)

        assert shop.releases.serving() == Serving()
        assert shop.releases.log() == ()

    def test_keeps_the_reason_of_an_override_on_record(self, shop: Shop) -> None:
        release = shop.created()

        shop.promotions.promote(release.id, Reason("ann", override="The shop is on fire."))

        (entry,) = shop.releases.log()
        assert (entry.override, entry.run) == ("The shop is on fire.", None)

    def test_takes_no_empty_reason_for_an_override(self, shop: Shop) -> None:
        release = shop.created()

        with pytest.raises(ReleaseError, match="--override"):
            shop.promotions.promote(release.id, Reason("ann", override="  "))

    def test_refuses_while_promotion_is_frozen_even_with_an_override(self, shop: Shop) -> None:
        release = shop.created()
        shop.releases.freeze("The provider's model changed.")

        with pytest.raises(ReleaseError, match=r"The provider's model changed\."):
            shop.promotions.promote(release.id, Reason("ann", override="Now!"))

    def test_refuses_where_promotion_is_frozen_while_the_release_is_checked(
        self, shop: Shop
    ) -> None:
        release = shop.created()
        promotions = Promotions(FrozenMeanwhile(data_dir=shop.data_dir))

        with pytest.raises(ReleaseError, match=r"The canary drifted\."):
            promotions.promote(release.id, Reason("ann", override="Now!"))

        assert shop.releases.serving() == Serving()

    def test_refuses_a_release_whose_model_has_no_price_where_a_budget_is_set(
        self, shop: Shop
    ) -> None:
        release = create_release(AppSettings(data_dir=shop.data_dir, model="openai:unpriced"))
        budgeted = AppSettings(data_dir=shop.data_dir, budget_request_usd=0.01)

        with pytest.raises(ReleaseError, match="the price of openai:unpriced"):
            Promotions(budgeted).promote(release.id, Reason("ann", override="Now!"))

        assert shop.releases.serving() == Serving()

    def test_refuses_a_release_whose_generation_is_damaged(self, shop: Shop) -> None:
        release = shop.created()
        flip(shop.data_dir / "generations" / release.pinned.generation / "chunks.jsonl")

        with pytest.raises(DamagedGenerationError):
            shop.promotions.promote(release.id, Reason("ann", override="Now!"))

        assert shop.releases.serving() == Serving()

    def test_refuses_a_release_that_is_not_there(self, shop: Shop) -> None:
        shop.created()

        with pytest.raises(NotFoundError):
            shop.promotions.promote("r9-00000000", ANN)


class TestPromoteWithAShare:
    def test_lets_it_serve_beside_what_serves(self, shop: Shop) -> None:
        first, second = shop.promoted(), shop.created("other@shop.example")

        serving = shop.promotions.promote(second.id, Reason("ann", override="A test."), 0.1)

        assert serving.arms == (
            Arm(release=first.id, weight=0.9),
            Arm(release=second.id, weight=0.1),
        )

    def test_changes_the_share_of_one_that_serves(self, shop: Shop) -> None:
        first, second = shop.promoted(), shop.created("other@shop.example")
        reason = Reason("ann", override="A test.")
        shop.promotions.promote(second.id, reason, 0.1)

        serving = shop.promotions.promote(second.id, reason, 0.5)

        assert [(arm.release, arm.weight) for arm in serving.arms] == [
            (first.id, 0.5),
            (second.id, 0.5),
        ]

    @pytest.mark.parametrize("share", [0.0, -0.1, 1.5, float("nan")])
    def test_refuses_what_is_no_share(self, shop: Shop, share: float) -> None:
        shop.promoted()
        second = shop.created("other@shop.example")

        with pytest.raises(ReleaseError, match="share"):
            shop.promotions.promote(second.id, Reason("ann", override="A test."), share)

    def test_refuses_where_nothing_serves(self, shop: Shop) -> None:
        release = shop.created()

        with pytest.raises(ReleaseError, match="without a share"):
            shop.promotions.promote(release.id, Reason("ann", override="A test."), 0.5)


class TestRollBack:
    def test_lets_what_served_before_serve_again(self, shop: Shop) -> None:
        first = shop.promoted()
        shop.promoted("other@shop.example")

        serving = shop.promotions.roll_back(ANN)

        assert serving.releases == (first.id,)
        assert shop.releases.log()[0].act is Act.ROLL_BACK

    def test_takes_back_the_first_promotion_too(self, shop: Shop) -> None:
        shop.promoted()

        serving = shop.promotions.roll_back(ANN)

        assert serving == Serving()

    def test_works_while_promotion_is_frozen(self, shop: Shop) -> None:
        first = shop.promoted()
        shop.promoted("other@shop.example")
        shop.releases.freeze("The provider's model changed.")

        assert shop.promotions.roll_back(ANN).releases == (first.id,)

    def test_works_where_what_serves_is_damaged(self, shop: Shop) -> None:
        first, second = shop.promoted(), shop.promoted("other@shop.example")
        (shop.releases.folder / f"{second.id}.json").write_text("{", encoding="utf-8")

        assert shop.promotions.roll_back(ANN).releases == (first.id,)

    def test_refuses_where_nothing_served_before(self, shop: Shop) -> None:
        shop.created()

        with pytest.raises(ReleaseError, match="nothing to go back to"):
            shop.promotions.roll_back(ANN)


class TestPinnedGenerations:
    def test_are_not_pruned_while_a_rollback_can_reach_them(self, shop: Shop) -> None:
        first = shop.promoted()
        for _ in range(3):
            shop.reindexed()
        second = shop.promoted()

        removed = Generations(shop.data_dir).prune(keep=1)

        kept = Generations(shop.data_dir).ids()
        assert {first.pinned.generation, second.pinned.generation} <= set(kept)
        assert removed
        assert read_pins(shop.data_dir).serving == (second.pinned.generation,)

    def test_serve_while_what_is_published_waits(self, shop: Shop) -> None:
        release = shop.promoted()
        published = shop.reindexed()

        serves = {one.id: one.serves for one in Generations(shop.data_dir).listed()}

        assert serves == {published: False, release.pinned.generation: True}
