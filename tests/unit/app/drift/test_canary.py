from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from app.drift.canaries import Alarm, Canaries, Closing
from app.drift.canary import Canary, Teller
from app.drift.observation import Pass
from app.errors import ConflictError, DriftError, NotFoundError
from app.releases.store import Releases
from tests.drifting import NOW, a_pass, a_reference, an_observation
from tests.fakes import HashEmbedder

REFERENCE = a_reference()
WORSE = a_pass(change=lambda number: an_observation(number, "No.", holds=False))


def ticking() -> Callable[[], datetime]:
    minutes: Iterator[int] = count()
    return lambda: NOW + timedelta(minutes=next(minutes))


def a_canary(tmp_path: Path, teller: Teller | None = None) -> Canary:
    return Canary(
        Canaries(tmp_path), HashEmbedder(), Releases(tmp_path), now=ticking(), teller=teller
    )


def refuse(alarm: Alarm) -> None:
    raise DriftError(f"the webhook didn't take alarm {alarm.id}: status 500")


def close(data_dir: Path, alarm: Alarm) -> None:
    Canaries(data_dir).close(alarm.id, Closing("ann", "Seen to.", NOW))


class TestLook:
    def test_is_kept_and_counted(self, tmp_path: Path) -> None:
        canary = a_canary(tmp_path)

        looks = [canary.look(REFERENCE, a_pass()) for _ in range(2)]

        assert [(look.number, alarm) for look, alarm in looks] == [(1, None), (2, None)]
        assert len(list(Canaries(tmp_path).looks())) == 2
        assert Releases(tmp_path).frozen() is None

    def test_that_sees_a_shift_keeps_an_alarm_side_by_side_and_freezes(
        self, tmp_path: Path
    ) -> None:
        _, alarm = a_canary(tmp_path).look(REFERENCE, WORSE)

        assert alarm is not None
        assert "verdict 1 → 0" in alarm.summary
        assert (alarm.cases[0].before, alarm.cases[0].now) == ("Refunds take 5 days.", "No.")
        assert alarm.cases[0].question == "What of 0?"
        frozen = Releases(tmp_path).frozen()
        assert frozen is not None
        assert alarm.id in frozen.reason

    def test_tells_of_an_alarm(self, tmp_path: Path) -> None:
        told: list[Alarm] = []

        _, alarm = a_canary(tmp_path, told.append).look(REFERENCE, WORSE)

        assert [one.id for one in told] == [alarm.id if alarm else None]
        assert next(Canaries(tmp_path).alarms()).told is not None

    def test_tells_of_an_alarm_where_nothing_can_be_frozen(self, tmp_path: Path) -> None:
        told: list[Alarm] = []
        (tmp_path / "releases").write_text("a file where the folder should be")

        _, alarm = a_canary(tmp_path, told.append).look(REFERENCE, WORSE)

        assert [one.id for one in told] == [alarm.id if alarm else None]

    def test_loses_no_alarm_that_could_not_be_told_and_tells_it_later(self, tmp_path: Path) -> None:
        _, alarm = a_canary(tmp_path, refuse).look(REFERENCE, WORSE)
        told: list[Alarm] = []

        (again,) = a_canary(tmp_path, told.append).tell_again()

        assert alarm is not None
        assert alarm.told is None
        assert again.id == told[0].id == alarm.id
        assert a_canary(tmp_path, told.append).tell_again() == ()

    def test_leaves_an_alarm_closed_that_was_closed_while_it_was_told(self, tmp_path: Path) -> None:
        a_canary(tmp_path, refuse).look(REFERENCE, WORSE)

        (told,) = a_canary(tmp_path, lambda alarm: close(tmp_path, alarm)).tell_again()

        kept = Canaries(tmp_path).alarm(told.id)
        assert kept.told is not None
        assert (kept.closed, kept.why) == (NOW, "Seen to.")

    def test_at_a_model_that_fails_is_no_look_and_spends_nothing(self, tmp_path: Path) -> None:
        failing: Pass = a_pass(change=lambda n: an_observation(n, outcome=None, error="503"))

        look, alarm = a_canary(tmp_path).look(REFERENCE, failing)

        assert (look.number, look.compared, alarm) == (0, None, None)
        assert a_canary(tmp_path).look(REFERENCE, a_pass())[0].number == 1

    def test_at_a_reference_of_a_model_that_failed_is_no_look_and_spends_nothing(
        self, tmp_path: Path
    ) -> None:
        dead: Pass = a_pass(change=lambda n: an_observation(n, outcome=None, error="503"))
        reference = REFERENCE.model_copy(update={"passes": (dead, dead, dead)})

        look, alarm = a_canary(tmp_path).look(reference, WORSE)

        assert (look.number, look.compared, alarm) == (0, None, None)

    def test_refuses_other_questions(self, tmp_path: Path) -> None:
        with pytest.raises(DriftError, match="other questions"):
            a_canary(tmp_path).look(REFERENCE, a_pass(59))


class TestCanaries:
    def test_says_what_to_do_without_a_reference(self, tmp_path: Path) -> None:
        with pytest.raises(DriftError, match="run `candor canary reference`"):
            Canaries(tmp_path).reference()

    def test_gives_back_the_reference_as_it_was(self, tmp_path: Path) -> None:
        Canaries(tmp_path).keep_reference(REFERENCE)

        assert Canaries(tmp_path).reference() == REFERENCE

    def test_tells_of_a_damaged_file(self, tmp_path: Path) -> None:
        Canaries(tmp_path).keep_reference(REFERENCE)
        (tmp_path / "drift" / "reference.json").write_text("{}")

        with pytest.raises(DriftError, match="can't be read"):
            Canaries(tmp_path).reference()

    def test_knows_no_alarm_that_there_is_not(self, tmp_path: Path) -> None:
        with pytest.raises(NotFoundError):
            Canaries(tmp_path).alarm("x")

    def test_reads_an_alarm_from_before_reasons_were_kept(self, tmp_path: Path) -> None:
        _, alarm = a_canary(tmp_path).look(REFERENCE, WORSE)
        assert alarm is not None
        file = tmp_path / "drift" / "alarms" / f"{alarm.id}.json"
        file.write_text(alarm.model_dump_json(exclude={"closed_by", "why"}))

        assert Canaries(tmp_path).alarm(alarm.id) == alarm

    def test_closes_an_alarm_once(self, tmp_path: Path) -> None:
        _, alarm = a_canary(tmp_path).look(REFERENCE, WORSE)
        assert alarm is not None
        close(tmp_path, alarm)

        with pytest.raises(ConflictError, match="closed already"):
            close(tmp_path, alarm)

    def test_closes_no_alarm_that_there_is_not(self, tmp_path: Path) -> None:
        with pytest.raises(NotFoundError):
            Canaries(tmp_path).close("x", Closing("ann", "Seen to.", NOW))
