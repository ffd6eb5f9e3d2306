"""The errors of the knowledge base, and the root of every package's tree.

    CandorError
    ├── KnowledgeBaseError
    │   ├── NoGenerationError      nothing has been published yet
    │   ├── DamagedGenerationError a generation's files don't agree with its manifest
    │   └── EmbedderError          the embedding model can't be loaded or doesn't fit the index
    └── BadInputError              a file or a row that a person gave can't be used
"""


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


class EmbedderError(KnowledgeBaseError):
    """The embedding model can't be loaded, or doesn't fit the index."""


class BadInputError(CandorError):
    """A file or a row that a person gave can't be used."""

    status = 422
