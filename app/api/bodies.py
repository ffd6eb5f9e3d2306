"""Response bodies from what the store keeps."""

from dataclasses import asdict

from app.api.schemas import (
    ArticleBody,
    ArticleSummary,
    ConversationBody,
    SentenceBody,
    TurnBody,
)
from app.store.records import Conversation, Turn
from knowledge_base.article import Article


def turn_body(turn: Turn) -> TurnBody:
    """Return a turn as a client sees it."""
    answer, feedback = turn.answer, turn.feedback
    return TurnBody(
        conversation=turn.conversation,
        turn=turn.id,
        question=turn.question,
        outcome=answer.outcome if answer else None,
        text=answer.text if answer else "",
        sentences=tuple(SentenceBody.model_validate(asdict(each)) for each in turn.sentences),
        state=turn.state.value,
        error=turn.error,
        created=turn.created,
        rating=feedback.rating.value if feedback else None,
        generation=answer.generation if answer else None,
        release=answer.release if answer else None,
    )


def conversation_body(conversation: Conversation) -> ConversationBody:
    """Return a conversation as a client sees it."""
    return ConversationBody(
        conversation=conversation.id,
        created=conversation.created,
        turns=tuple(map(turn_body, conversation.turns)),
    )


def article_body(article: Article) -> ArticleBody:
    """Return an article as a client sees it."""
    return ArticleBody(
        article=article.id,
        title=article.title,
        url=article.url,
        updated=article.updated,
        body=article.body,
        valid_from=article.valid_from,
        valid_to=article.valid_to,
    )


def article_summary(article: Article) -> ArticleSummary:
    """Return an article's name and title."""
    return ArticleSummary(article=article.id, title=article.title, url=article.url)
