"""The errors of the assistant.

CandorError
└── AppError
    ├── AnswererError           a chat model failed, and so did its fallback
    │   ├── ModelTimeoutError   it didn't answer within the deadline
    │   ├── ModelRateLimitError it refused for now
    │   └── ModelOutputError    what it sent can't be read
    ├── BudgetReachedError      a budget lets no further model call be made
    ├── BudgetError             the budgets that are set can't be kept
    ├── PromptError             a prompt file is missing, damaged, or rendered with wrong inputs
    ├── NotFoundError           no such conversation, turn or article
    ├── ConflictError           the request doesn't fit the state of what it names
    ├── SignatureError          a webhook isn't signed as it should be
    ├── PrivacyError            personal data can't be masked as the settings want it
    ├── ReleaseError            a release can't be made, read, or promoted as things stand
    ├── DriftError              the canary has nothing to compare, or its files can't be used
    ├── StoreError              the database can't be used
    └── ServeError              the API can't be started
"""

import traceback

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


class BudgetReachedError(AppError):
    """A budget lets no further model call be made."""


class BudgetError(AppError):
    """The budgets that are set can't be kept."""


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


class ReleaseError(AppError):
    """A release can't be made, read, or promoted as things stand."""

    status = 409


class DriftError(AppError):
    """The canary has nothing to compare, or its files can't be used."""


class StoreError(AppError):
    """The database can't be used."""

    status = 503


class ServeError(AppError):
    """The API can't be started."""


def where(error: Exception) -> str:
    """Return an error's kind and place; its message might repeat what a customer wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
