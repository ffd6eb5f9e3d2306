"""The errors of the knowledge base, and the root of every package's tree.

CandorError
├── KnowledgeBaseError
│   ├── NoGenerationError      nothing has been published yet
│   ├── DamagedGenerationError a generation's files don't agree with its manifest
│   ├── UnknownGenerationError there is no such generation
│   ├── EmbedderError          the embedding model can't be loaded or doesn't fit the index
│   └── StorageError           the data folder can't be read or written
└── BadInputError              a file or a row that a person gave can't be used
"""

import textwrap

_LONGEST_REASON = 200


class CandorError(Exception):
    """A fact that went wrong and what to do next, in one line that a person can read."""

    status = 500
    """The HTTP status that the API answers with."""


class KnowledgeBaseError(CandorError):
    """The knowledge base can't do what was asked."""


class NoGenerationError(KnowledgeBaseError):
    """Nothing has been published yet."""

    status = 503


class DamagedGenerationError(KnowledgeBaseError):
    """A generation's files don't agree with its manifest."""

    status = 503


class UnknownGenerationError(KnowledgeBaseError):
    """There is no such generation in the data folder."""

    status = 404


class EmbedderError(KnowledgeBaseError):
    """The embedding model can't be loaded, or doesn't fit the index."""


class StorageError(KnowledgeBaseError):
    """The data folder can't be read or written."""


class BadInputError(CandorError):
    """A file or a row that a person gave can't be used."""

    status = 422


def in_one_line(error: BaseException) -> str:
    """Return what `error` says, on one line of bearable length."""
    return textwrap.shorten(str(error) or type(error).__name__, _LONGEST_REASON, placeholder=" …")
