"""Serves a folder's releases with assistants that only name theirs: `DATA_DIR SOCKET_NUMBER`."""

import socket
import sys
from pathlib import Path

from app.api.application import create_app
from app.api.server import serve
from app.releases.assignment import Assignment
from app.releases.current_serving import ServingPointer
from app.releases.store import RELEASES
from app.served_assistant import ServedAssistant
from app.settings import AppSettings
from app.store.database import open_database
from app.store.sql_conversations import SqlConversations
from app.store.sql_reviews import SqlReviews
from tests.fakes import FixedArticles
from tests.live_server import ARTICLE
from tests.released_shelf import Shelf

if __name__ == "__main__":
    data_dir, number = Path(sys.argv[1]), int(sys.argv[2])
    database = open_database(data_dir)
    pointer = ServingPointer(data_dir / RELEASES)
    application = create_app(
        AppSettings(data_dir=data_dir),
        ServedAssistant(pointer.current, Shelf()),
        SqlConversations(database),
        SqlReviews(database),
        FixedArticles(ARTICLE),
        assignment=Assignment(pointer.current),
    )
    with socket.socket(fileno=number) as listener:
        serve(application, listener)
