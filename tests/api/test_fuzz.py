"""Whatever a client sends, it is answered, and never with the news that the server broke."""

import json
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import httpx
import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from app.api.application import create_app
from app.jobs import Jobs, ProcessJobs
from app.settings import AppSettings
from app.store.database import open_database
from app.store.sql_conversations import SqlConversations
from app.store.sql_live import SqlLiveTurns
from app.store.sql_reviews import SqlReviews
from knowledge_base.generations.publication import publish
from tests.fakes import FixedArticles, ScriptedAssistant
from tests.generations import write_generation
from tests.live_server import ARTICLE, an_answer

TRIES = settings(max_examples=150, deadline=None, database=None)

text = st.text(st.characters(exclude_categories=())) | st.sampled_from(["", "\x00", "\ud800", "1"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | text
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(text, inner), max_leaves=10
)
fields = st.sampled_from(
    ["question", "conversation", "at", "rating", "reason", "comment", "kind", "why"]
)
documents = st.dictionaries(fields | text, values, max_size=5) | values
bodies = st.binary() | documents.map(lambda document: json.dumps(document).encode())
header_text = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"])).map(str.strip)
headers = st.fixed_dictionaries(
    {},
    optional={
        "accept": header_text,
        "content-type": st.just("application/json") | header_text,
        "last-event-id": header_text | st.integers().map(str),
    },
)
posts = st.sampled_from(
    [
        "/v1/chat",
        "/v1/conversations",
        "/v1/turns/TURN/feedback",
        "/v1/admin/jobs",
        "/v1/admin/generations/rollback",
        "/v1/admin/operations/canary/alarms/TURN/close",
    ]
)
gets = st.sampled_from(
    [
        "/v1/turns/TURN/events",
        "/v1/turns/TURN/receipts",
        "/v1/turns/{}",
        "/v1/conversations/{}",
        "/v1/articles/{}",
        "/v1/admin/articles",
        "/v1/admin/articles/{}",
        "/v1/admin/jobs/{}",
        "/v1/admin/generations/{}",
        "/v1/admin/generations/{}/diff/{}",
        "/v1/admin/releases/{}/diff/{}",
        "/v1/admin/operations/turns",
        "/{}",
    ]
)
KEY = "a key of sixteen characters"
EDITOR = {"authorization": f"Bearer {KEY}"}


def idle_jobs() -> Jobs:
    """Return what runs a job that does nothing."""
    return ProcessJobs(lambda: datetime.now(UTC), (sys.executable, "-c", ""))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    data_dir = tmp_path_factory.mktemp("fuzz")
    publish(data_dir, write_generation(data_dir))
    chosen = AppSettings(data_dir=data_dir, admin_key=SecretStr(KEY))
    database = open_database(data_dir)
    store = SqlConversations(database)
    application = create_app(
        chosen,
        ScriptedAssistant(an_answer()),
        store,
        SqlReviews(database),
        FixedArticles(ARTICLE),
        new_jobs=idle_jobs,
        live=SqlLiveTurns(database),
    )
    server = uvicorn.Server(uvicorn.Config(application, log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with httpx.Client(base_url=address, timeout=60, headers=EDITOR) as http:
            yield http
        server.should_exit = True
        thread.join()
    store.close()


@pytest.fixture(scope="module")
def turn(client: httpx.Client) -> str:
    answer = client.post("/v1/chat", json={"question": "?"}, headers={"accept": "application/json"})
    return str(answer.json()["turn"])


class TestAnyRequest:
    @TRIES
    @given(path=posts, body=bodies, sent=headers)
    def test_with_a_body_is_served_or_refused(
        self, client: httpx.Client, turn: str, path: str, body: bytes, sent: dict[str, str]
    ) -> None:
        encoded = {name.encode(): value.encode("latin-1") for name, value in sent.items()}

        response = client.post(path.replace("TURN", turn), content=body, headers=encoded)

        assert_is_no_fault_of_the_server(response)

    @TRIES
    @given(
        path=gets,
        name=st.text(),
        parameters=st.dictionaries(
            st.sampled_from(["query", "limit", "offset", "generation", "day", "release"]), st.text()
        ),
        sent=headers,
    )
    def test_to_read_is_served_or_refused(
        self,
        *,
        client: httpx.Client,
        turn: str,
        path: str,
        name: str,
        parameters: dict[str, str],
        sent: dict[str, str],
    ) -> None:
        address = path.replace("TURN", turn).replace("{}", quote(name, safe="/"))
        encoded = {key.encode(): value.encode("latin-1") for key, value in sent.items()}

        response = client.get(address, params=parameters, headers=encoded)

        assert_is_no_fault_of_the_server(response)


def assert_is_no_fault_of_the_server(response: httpx.Response) -> None:
    assert response.status_code < 500
    if response.status_code >= 400:
        assert response.headers["content-type"] == "application/problem+json"
