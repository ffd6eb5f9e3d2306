"""`candor forget`: removes a conversation from every store."""

from typing import Annotated

import typer


def forget(
    conversation: Annotated[str, typer.Argument(help="Id of the conversation.")],
) -> None:
    """Remove a conversation and everything that is kept of it."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    settings = AppSettings()  # before the long import: a mistake in it is told at once
    from app.store.database import open_database  # noqa: PLC0415
    from app.store.sql_conversations import SqlConversations  # noqa: PLC0415

    store = SqlConversations(open_database(settings.data_dir, settings.database_url))
    try:
        removed = store.forget(conversation)
    finally:
        store.close()
    rows = ", ".join(f"{name} {count}" for name, count in sorted(removed.items()))
    typer.echo(f"Conversation {conversation} is forgotten: {rows}.")
