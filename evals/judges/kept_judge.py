"""A judge's model that isn't asked the same twice: its replies are kept by content."""

from collections.abc import Sequence

from app.answer import Usage
from app.answering.kept_replies import KeptReplies
from app.price import Price
from app.prompts.registry import Message
from evals.judges.chat import ChatReply, JudgeModel


class KeptJudgeModel:
    """A model before which the replies that it gave stand; see `JudgeModel`."""

    def __init__(self, model: JudgeModel, base_url: str | None, replies: KeptReplies) -> None:
        self._model = model
        self._base_url = base_url
        self._replies = replies

    @property
    def model(self) -> str:
        """The model's name at its server."""
        return self._model.model

    @property
    def price(self) -> Price | None:
        """What its tokens cost when it is asked."""
        return self._model.price

    async def ask(self, messages: Sequence[Message], *, repeat: int = 0) -> ChatReply:
        """Return a kept reply, which took nothing, or else the model's own; see `JudgeModel`."""
        asked = {
            "judge": self.model,
            "base_url": self._base_url,
            "messages": [[message.role, message.text] for message in messages],
            "repeat": repeat,
        }
        kept = self._replies.get(asked)
        if kept is not None:
            return ChatReply(kept, nothing_asked(self.model))
        reply = await self._model.ask(messages, repeat=repeat)
        if reply.text.strip():
            self._replies.keep(asked, reply.text)
        return reply


def nothing_asked(model: str | None) -> Usage:
    """Return what a judgement took that was kept."""
    return Usage(model or "", 0, 0, cost_usd=0.0, from_cache=True)
