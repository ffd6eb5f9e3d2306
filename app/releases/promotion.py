"""Promotion and rollback: which releases serve, decided in one place and written down first.

The log is written before the pointer, so that nothing serves that isn't on record; what a rollback
can go back to is held fast before the pointer moves, so that no prune removes it meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import NotFoundError, ReleaseError
from app.releases.budgets import check_budgets
from app.releases.evidence import open_evidence, why_not
from app.releases.pinning import pinned_now, settings_of
from app.releases.pointer import Arm, Serving, write_serving
from app.releases.promotion_log import Act, Entry, PromotionLog
from app.releases.release import Evaluation, Release
from app.releases.store import Releases
from app.settings import AppSettings
from knowledge_base.generations.generation import whole_manifest
from knowledge_base.generations.pins import Pins, write_pins
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.whole_files import locked


@dataclass(frozen=True, slots=True)
class Reason:
    """Who wants it, and why."""

    who: str
    why: str = ""
    override: str | None = None
    """Why a release is promoted without a gate that passes; None where one must."""


class Promotions:
    """Lets the releases of one data folder serve, and takes them back."""

    def __init__(
        self, settings: AppSettings, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._settings = settings
        self._data_dir: Path = settings.data_dir
        self._releases = Releases(settings.data_dir, now)
        self._evidence = open_evidence(settings)
        self._log = PromotionLog(self._releases.folder)
        self._now = now

    def promote(self, name: str, reason: Reason, share: float | None = None) -> Serving:
        """Let a release serve, and return what serves: all conversations, or a share of them.

        Raises:
            NotFoundError: There is no such release.
            ReleaseError: Promotion is frozen, no gate has passed exactly this set, this machine
                can't serve it as it is pinned or within its budgets, or nothing serves that it
                could share with.
            KnowledgeBaseError: Its generation isn't what was written.
        """
        release = self._releases.release(name)
        self._check_not_frozen()
        evaluation = self._let_through(release, reason)
        self._check_servable(release)
        with locked(self._releases.folder):
            self._check_not_frozen()  # again: what was checked since takes its time
            arms = _arms(self._releases.serving(), name, share)
            entry = Entry(
                at=self._now(),
                act=Act.PROMOTE,
                who=reason.who,
                why=reason.why,
                release=name,
                arms=arms,
                run=evaluation.run if evaluation else None,
                override=reason.override if evaluation is None else None,
            )
            return self._serve(entry, lambda before: before.followed_by(arms))

    def roll_back(self, reason: Reason) -> Serving:
        """Let what served before the last promotion serve again, and return it.

        It needs no gate and ignores a freeze: it must be there when nothing else works.

        Raises:
            ReleaseError: Nothing served before, or the pointer can't be written.
        """
        self._check_any()
        with locked(self._releases.folder):
            earlier = self._releases.serving().taken_back()
            entry = Entry(
                at=self._now(),
                act=Act.ROLL_BACK,
                who=reason.who,
                why=reason.why,
                arms=earlier.arms,
            )
            return self._serve(entry, lambda _: earlier)

    def _check_any(self) -> None:
        if not self._releases.folder.is_dir():
            raise ReleaseError("there are no releases yet; `candor release create` makes one")

    def _check_not_frozen(self) -> None:
        frozen = self._releases.frozen()
        if frozen is not None:
            raise ReleaseError(
                f"promotion is frozen since {frozen.since:%Y-%m-%d %H:%M} UTC ({frozen.reason}); "
                "`candor release thaw` lifts it, `candor release rollback` works meanwhile"
            )

    def _let_through(self, release: Release, reason: Reason) -> Evaluation | None:
        evaluation = self._evidence.letting_through(release.pinned)
        if evaluation is None and not (reason.override or "").strip():
            told = why_not(self._evidence.of(release.pinned))
            raise ReleaseError(
                f"release {release.id} has passed no evaluation gate ({told}); run `candor eval "
                f"run --release {release.id}` and `candor eval gate`, or give a reason with "
                "--override"
            )
        return evaluation

    def _check_servable(self, release: Release) -> None:
        """Refuse a release that would serve otherwise than it was pinned and measured."""
        manifest = whole_manifest(self._data_dir / GENERATIONS / release.pinned.generation)
        now = pinned_now(settings_of(release.pinned, self._settings), manifest)
        if now != release.pinned:
            raise ReleaseError(
                f"release {release.id} was pinned with another version of the program or of its "
                "gate than this one; create a release anew and evaluate that"
            )
        check_budgets(release, self._settings)

    def _serve(self, entry: Entry, change: Callable[[Serving], Serving]) -> Serving:
        before = self._releases.serving()
        after = change(before)
        self._hold(before, (*before.within_reach, *after.within_reach))
        write_serving(self._releases.folder, before)  # so that a pointer that is gone was lost
        self._log.add(entry)
        write_serving(self._releases.folder, after)
        self._hold(after, after.within_reach)
        return after

    def _hold(self, serving: Serving, within_reach: tuple[str, ...]) -> None:
        serve = dict.fromkeys(self._generations(serving.releases))
        kept = dict.fromkeys(self._generations(within_reach))
        write_pins(
            self._data_dir,
            Pins(releases=serving.releases, serving=tuple(serve), kept=tuple(kept)),
        )

    def _generations(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the generations of the releases that can be read: no other one can serve."""
        for name in names:
            with suppress(NotFoundError, ReleaseError):
                yield self._releases.release(name).pinned.generation


def _arms(serving: Serving, name: str, share: float | None) -> tuple[Arm, ...]:
    if share is None or share == 1:
        return (Arm(release=name, weight=1.0),)
    if not 0 < share < 1:
        raise ReleaseError(f"a share of {share} is none: give one above 0 and at most 1")
    others = [arm for arm in serving.arms if arm.release != name]
    if not others:
        raise ReleaseError(f"no other release serves: promote {name} without a share")
    keeps = max(others, key=lambda arm: arm.weight).release
    return (Arm(release=keeps, weight=round(1 - share, 6)), Arm(release=name, weight=share))
