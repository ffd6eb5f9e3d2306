"""Serves an assistant that says one sentence and then nothing more: `DATA_DIR SOCKET_NUMBER`."""

import asyncio
import socket
import sys
from pathlib import Path

from app.api.application import create_app
from app.api.server import serve
from app.settings import AppSettings
from app.store.database import open_database
from app.store.sql_conversations import SqlConversations
from app.store.sql_reviews import SqlReviews
from tests.fakes import FixedArticles, ScriptedAssistant
from tests.live_server import ARTICLE, a_sentence

if __name__ == "__main__":
    data_dir, number = Path(sys.argv[1]), int(sys.argv[2])
    settings = AppSettings(data_dir=data_dir, reader_grace_seconds=60)
    database = open_database(data_dir)
    store = SqlConversations(database)
    assistant = ScriptedAssistant(a_sentence(), asyncio.Event())
    application = create_app(
        settings, assistant, store, SqlReviews(database), FixedArticles(ARTICLE)
    )
    with socket.socket(fileno=number) as listener:
        serve(application, listener)
