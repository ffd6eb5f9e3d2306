"""Two servers of one data folder, which must both follow a promotion and a rollback at once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.releases.candidate import create_release
from app.releases.pointer import SERVING
from app.releases.promotion import Promotions, Reason
from app.releases.promotion_log import LOG
from app.releases.release import Release
from app.releases.store import RELEASES
from app.settings import AppSettings
from knowledge_base.generations.publication import publish
from tests.api.test_serve import start
from tests.faults.server_process import PATIENCE_SECONDS, ServerProcess
from tests.generations import write_generation

LONGEST_SECONDS = 2
"""Within which a rollback holds; how long an answer takes then is the machine's affair."""
TALKS = 40
"""That one of two equal shares gets none of them happens once in 500,000,000,000 times."""
TEST = Reason("ann", override="A test.")


class Server(ServerProcess):
    """One of them, as its own process."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__("tests.faults.released_server", data_dir)

    def release_of_an_answer(self, conversation: str | None = None) -> tuple[str, str]:
        """Ask, and return the release that answered, and the conversation."""
        asked = {"question": "How long do refunds take?"}
        asked |= {"conversation": conversation} if conversation else {}
        headers = {"accept": "application/json"}
        answered = self.http.post("/v1/chat", json=asked, headers=headers).json()
        turn = self.http.get(f"/v1/turns/{answered['turn']}").json()
        return turn["release"], turn["conversation"]


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Release, Release]:
    """Two releases, the second one serving after the first."""
    publish(tmp_path, write_generation(tmp_path))
    made = [
        create_release(AppSettings(data_dir=tmp_path, contact=contact)) for contact in ("a", "b")
    ]
    for release in made:
        promotions(tmp_path).promote(release.id, TEST)
    return made[0], made[1]


@pytest.fixture
def servers(tmp_path: Path, releases: tuple[Release, Release]) -> Iterator[tuple[Server, Server]]:
    """Two servers of the releases."""
    del releases
    running = Server(tmp_path), Server(tmp_path)
    yield running
    for one in running:
        one.close()


def promotions(data_dir: Path) -> Promotions:
    return Promotions(AppSettings(data_dir=data_dir))


def asked_at(server: Server, conversation: str) -> tuple[str, float]:
    """Ask, and return the release that answered, and the moment at which it was asked."""
    asked = time.monotonic()
    return server.release_of_an_answer(conversation)[0], asked


def cut_in_half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


class TestARollback:
    def test_holds_in_every_process_from_the_next_question_on(
        self,
        tmp_path: Path,
        releases: tuple[Release, Release],
        servers: tuple[Server, Server],
    ) -> None:
        first, second = releases
        before = [one.release_of_an_answer() for one in servers]

        promotions(tmp_path).roll_back(Reason("ann"))
        began = time.monotonic()
        with ThreadPoolExecutor(len(servers)) as threads:
            talks = (talk for _, talk in before)
            after = list(threads.map(asked_at, servers, talks))

        assert [release for release, _ in before] == [second.id, second.id]
        assert [release for release, _ in after] == [first.id, first.id]
        assert all(asked - began < LONGEST_SECONDS for _, asked in after)


class TestTwoReleasesSideBySide:
    def test_share_the_conversations_and_keep_them_whichever_server_answers(
        self,
        tmp_path: Path,
        releases: tuple[Release, Release],
        servers: tuple[Server, Server],
    ) -> None:
        first, second = releases
        promotions(tmp_path).promote(first.id, TEST, share=0.5)

        began = [servers[number % 2].release_of_an_answer() for number in range(TALKS)]
        again = [
            servers[(number + 1) % 2].release_of_an_answer(talk)[0]
            for number, (_, talk) in enumerate(began)
        ]

        assert again == [release for release, _ in began]
        assert {release for release, _ in began} == {first.id, second.id}


class TestADamagedPointer:
    def test_changes_nothing_for_servers_that_run_or_start(
        self,
        tmp_path: Path,
        releases: tuple[Release, Release],
        servers: tuple[Server, Server],
    ) -> None:
        first, second = releases
        running, _ = servers
        talk = running.release_of_an_answer()[1]

        cut_in_half(tmp_path / RELEASES / SERVING)
        later = Server(tmp_path)
        answered = [running.release_of_an_answer(talk)[0], later.release_of_an_answer()[0]]
        promotions(tmp_path).roll_back(Reason("ann"))
        taken_back = [one.release_of_an_answer()[0] for one in (running, later)]
        later.close()

        assert answered == [second.id, second.id]
        assert taken_back == [first.id, first.id]

    def test_is_told_in_one_line_at_the_start_where_nothing_is_on_record(
        self, tmp_path: Path, releases: tuple[Release, Release]
    ) -> None:
        del releases
        cut_in_half(tmp_path / RELEASES / SERVING)
        (tmp_path / RELEASES / LOG).unlink()

        process = start(tmp_path, {})
        _, told = process.communicate(timeout=PATIENCE_SECONDS)

        assert process.returncode == 1
        assert len(told.splitlines()) == 1
        assert "move both away, then promote a release" in told
