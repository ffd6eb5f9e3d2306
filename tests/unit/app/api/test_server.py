import time
from pathlib import Path
from threading import Event, Thread

from structlog.testing import capture_logs

from app.api.server import keep_open
from app.errors import ReleaseError
from app.releases.candidate import create_release
from app.releases.current_serving import ServingPointer
from app.releases.promotion import Promotions, Reason
from app.releases.store import RELEASES
from app.served_assistant import ServedAssistant
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.generations import write_generation
from tests.released_shelf import Shelf

TEST = Reason("ann", override="A test.")


class TestKeepOpen:
    def test_opens_a_second_release_before_anybody_asks(self, tmp_path: Path) -> None:
        publish(tmp_path, write_generation(tmp_path))
        promotions = Promotions(AppSettings(data_dir=tmp_path))
        first, second = (
            create_release(AppSettings(data_dir=tmp_path, contact=contact)).id
            for contact in ("a", "b")
        )
        promotions.promote(first, TEST)
        shelf = Shelf()
        served = ServedAssistant(ServingPointer(tmp_path / RELEASES).current, shelf)
        stopping = Event()
        looking = Thread(target=keep_open, args=(served.open_ahead, stopping, 0.01))
        looking.start()

        promotions.promote(second, TEST, share=0.5)

        for _ in range(6000):
            if second in shelf.openings:
                break
            time.sleep(0.01)
        stopping.set()
        looking.join()
        assert shelf.openings == [first, second]

    def test_goes_on_where_what_serves_cannot_be_read(self) -> None:
        stopping = Event()
        looks = []

        def fail() -> None:
            looks.append(1)
            if len(looks) == 2:
                stopping.set()
            raise ReleaseError("serving.json names no release")

        with capture_logs() as said:
            keep_open(fail, stopping, 0.01)

        assert [one["event"] for one in said] == ["releases_not_opened"] * 2
