"""The errors of the assistant.

CandorError
└── AppError
    ├── AnswererError           a chat model failed, and so did its fallback
    │   ├── ModelTimeoutError   it didn't answer within the deadline
    │   ├── ModelRateLimitError it refused for now
    │   └── ModelOutputError    what it sent can't be read
    ├── PromptError             a prompt file is missing, damaged, or rendered with wrong inputs
    ├── NotFoundError           no such conversation, turn or article
    ├── ConflictError           the request doesn't fit the state of what it names
    ├── SignatureError          a webhook isn't signed as it should be
    ├── PrivacyError            personal data can't be masked as the settings want it
    ├── StoreError              the database can't be used
    └── ServeError              the API can't be started
"""

from knowledge_base.errors import CandorError


class AppError(CandorError):
    """The assistant can't do what was asked."""


class AnswererError(AppError):
    """A chat model failed, and so did its fallback."""

    status = 502


class ModelTimeoutError(AnswererError):
    """The model didn't answer within the deadline."""

    status = 504


class ModelRateLimitError(AnswererError):
    """The model's provider refused for now."""

    status = 503


class ModelOutputError(AnswererError):
    """What the model sent can't be read."""


class PromptError(AppError):
    """A prompt file is missing, damaged, or was rendered with the wrong inputs."""


class NotFoundError(AppError):
    """No such conversation, turn or article."""

    status = 404


class ConflictError(AppError):
    """The request doesn't fit the state of what it names."""

    status = 409


class SignatureError(AppError):
    """A webhook isn't signed as it should be."""

    status = 401


class PrivacyError(AppError):
    """Personal data can't be masked as the settings want it."""


class StoreError(AppError):
    """The database can't be used."""

    status = 503


class ServeError(AppError):
    """The API can't be started."""
